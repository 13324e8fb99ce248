import Foundation

/// A link's body for the check that the robot does not hit itself: all within `radius` of a line in the link's frame.
package struct LinkCapsule: Sendable, Hashable {
    /// Index into the links.
    package var link: Int
    package var start: Vector3
    package var end: Vector3
    /// Metres.
    package var radius: Double

    package init(link: Int, start: Vector3, end: Vector3, radius: Double) {
        self.link = link
        self.start = start
        self.end = end
        self.radius = radius
    }

    /// The smallest capsule along one of the three ways in which some places are spread that holds them all.
    package init(link: Int, holding places: [Vector3]) {
        let middle = places.reduce(.zero, +) / Double(max(1, places.count))
        self = Self.principalAxes(places)
            .map { LinkCapsule(link: link, holding: places, round: middle, along: $0) }
            .min { $0.volume < $1.volume }!
    }

    /// Cubic metres.
    package var volume: Double { .pi * radius * radius * ((end - start).length + 4 / 3 * radius) }

    private init(link: Int, holding places: [Vector3], round middle: Vector3, along axis: Vector3) {
        // The line in the middle of the places as seen along it.
        let side = abs(axis.x) < 0.7 ? Vector3(1, 0, 0) : Vector3(0, 1, 0)
        let u = cross(axis, side).direction ?? [1, 0, 0]
        let v = cross(axis, u)
        func extent(_ way: Vector3) -> (Double, Double) {
            var (low, high) = (Double.infinity, -Double.infinity)
            for place in places {
                (low, high) = (min(low, dot(place - middle, way)), max(high, dot(place - middle, way)))
            }
            return (low, high)
        }
        let (across, up) = (extent(u), extent(v))
        let center = middle + u * ((across.0 + across.1) / 2) + v * ((up.0 + up.1) / 2)
        let radius = places.reduce(0) { most, place in
            let off = place - center
            return max(most, (off - axis * dot(off, axis)).length)
        }
        var (low, high) = (Double.infinity, -Double.infinity)
        for place in places {
            let off = place - center
            let along = dot(off, axis)
            let room = max(0, radius * radius - dot(off, off) + along * along).squareRoot()
            (low, high) = (min(low, along + room), max(high, along - room))
        }
        if low > high { (low, high) = ((low + high) / 2, (low + high) / 2) }
        self.init(link: link, start: center + axis * low, end: center + axis * high, radius: radius)
    }

    /// The way in which places are spread most, the next, and the one across both.
    static func principalAxes(_ places: [Vector3]) -> [Vector3] {
        let middle = places.reduce(.zero, +) / Double(max(1, places.count))
        var columns = [Vector3](repeating: .zero, count: 3)
        for place in places {
            let off = place - middle
            for axis in 0..<3 { columns[axis] += off * off[axis] }
        }
        let first = principalAxis(columns) ?? [0, 0, 1]
        // What is left of the spread across the first.
        var left = [Vector3](repeating: .zero, count: 3)
        for place in places {
            let off = place - middle - first * dot(place - middle, first)
            for axis in 0..<3 { left[axis] += off * off[axis] }
        }
        let side = abs(first.x) < 0.7 ? Vector3(1, 0, 0) : Vector3(0, 1, 0)
        let next = principalAxis(left) ?? side
        let second = (next - first * dot(next, first)).direction ?? cross(first, side).direction!
        return [first, second, cross(first, second)]
    }

    /// The way in which a covariance is largest, by squaring it again and again; nil where there is none.
    private static func principalAxis(_ covariance: [Vector3]) -> Vector3? {
        var columns = covariance
        for _ in 0..<24 {
            let trace = columns[0].x + columns[1].y + columns[2].z
            guard trace > 1e-300 else { return nil }
            let m = columns.map { $0 / trace }
            columns = m.map { m[0] * $0.x + m[1] * $0.y + m[2] * $0.z }
        }
        return columns.max { $0.length < $1.length }!.direction
    }
}

extension RobotDescription {
    /// A capsule for each simple body of each link, some for a mesh; what cannot be told is added to the warnings.
    ///
    /// - Parameter urdf: path of the URDF file, from which meshes are looked for.
    package mutating func capsules(urdf: String) -> [LinkCapsule] {
        var capsules: [LinkCapsule] = []
        for body in bodies {
            do throws(RobotsError) {
                let corners = try corners(of: body, urdf)
                if case .mesh = body.shape {
                    capsules += CapsuleFitting.capsules(link: body.link, covering: corners)
                } else {
                    capsules.append(LinkCapsule(link: body.link, holding: corners))
                }
            } catch {
                warnings.append(
                    "\(urdf):\(body.line): link \(links[body.link]): \(error.message); it is not kept clear of others")
            }
        }
        return capsules
    }

    private func corners(of body: RobotBody, _ urdf: String) throws(RobotsError) -> [Vector3] {
        var corners: [Vector3] = []
        switch body.shape {
        case .sphere(let radius):
            for axis in 0..<3 {
                var end = Vector3.zero
                end[axis] = radius
                corners += [end, -end]
            }
        case .cylinder(let radius, let length):
            for step in 0..<16 {
                let angle = Double(step) * .pi / 8
                for z in [-length / 2, length / 2] { corners.append([radius * cos(angle), radius * sin(angle), z]) }
            }
        case .box(let size):
            for corner in 0..<8 {
                let signs = Vector3(corner & 1 == 0 ? -1 : 1, corner & 2 == 0 ? -1 : 1, corner & 4 == 0 ? -1 : 1)
                corners.append(size * signs / 2)
            }
        case .mesh(let name, let scale):
            guard name.lowercased().hasSuffix(".stl") else {
                throw RobotsError(file: urdf, message: "expected a STL mesh, found \(name.suffix(60))")
            }
            guard let path = MeshPlace.find(name, from: urdf) else {
                throw RobotsError(file: urdf, message: "expected the mesh \(name.suffix(80)), found no such file")
            }
            corners = try STLReader.read(path).map { $0 * scale }
        }
        return corners.map { body.origin * $0 }
    }
}

/// Where the meshes of a URDF file lie.
enum MeshPlace {
    /// The file that a URDF names, relative to it, or as `package://NAME/REST` in a folder above it, where the first folders
    /// of the name may be missing.
    static func find(_ name: String, from urdf: String) -> String? {
        let folder = URL(filePath: urdf).deletingLastPathComponent().standardizedFileURL
        func file(_ url: URL) -> String? {
            FileManager.default.fileExists(atPath: url.path) ? url.path : nil
        }
        if name.hasPrefix("file://") { return file(URL(filePath: String(name.dropFirst(7)))) }
        guard name.hasPrefix("package://") else { return file(URL(filePath: name, relativeTo: folder)) }
        let words = name.dropFirst(10).split(separator: "/")
        guard (2...12).contains(words.count), !words.contains("..") else { return nil }
        // Who copies a robot out of its package seldom copies the folders above it too.
        let ends = words.indices.dropLast().map { words[$0...].joined(separator: "/") }
        var above = folder
        for _ in 0..<12 {
            for end in ends { if let found = file(above.appending(path: end)) { return found } }
            let next = above.deletingLastPathComponent()
            guard next.path != above.path else { break }
            above = next
        }
        return nil
    }
}
