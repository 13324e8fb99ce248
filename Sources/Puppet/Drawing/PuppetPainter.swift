import Foundation
package import Imaging

/// Draws figures as a camera sees them: flat shading, the farthest part first.
package struct PuppetPainter: Sendable {
    package let camera: PuppetCamera
    package let width: Int
    package let height: Int

    /// A thing with a depth, drawn when its turn comes.
    struct Part {
        var depth: Float
        var shapes: [Shape]
    }

    /// A shape in the camera's own axes, metres.
    enum Shape {
        case limb(from: SIMD3<Float>, to: SIMD3<Float>, radii: SIMD2<Float>, color: Color)
        /// A limb without light and shade.
        case stroke(from: SIMD3<Float>, to: SIMD3<Float>, radii: SIMD2<Float>, color: Color)
        case ellipse(center: SIMD3<Float>, axis: SIMD3<Float>, radii: SIMD2<Float>, color: Color)
        case polygon([SIMD3<Float>], color: Color)
    }

    package init(camera: PuppetCamera, width: Int, height: Int) {
        precondition(width > 0 && height > 0, "a picture has at least one pixel")
        var camera = camera
        camera.aspectRatio = Float(width) / Float(height)
        self.camera = camera
        self.width = width
        self.height = height
    }

    /// Draws people over a picture of this painter's size.
    package func draw(_ people: [PuppetAppearance], on picture: inout PixelBuffer) {
        draw(people, with: [], on: &picture)
    }

    /// Draws people among other parts, everything in the order of its depth.
    func draw(_ people: [PuppetAppearance], with others: [Part], on picture: inout PixelBuffer) {
        for person in people { drawShadow(of: person.skeleton, on: &picture) }
        // Two people never interleave: the nearer one is drawn wholly after the farther one.
        var groups: [(depth: Float, parts: [Part])] = people.map { person in
            (camera.local(person.skeleton.pelvis).z, parts(of: person).sorted { $0.depth > $1.depth })
        }
        for part in others { groups.append((part.depth, [part])) }
        groups.sort { $0.depth > $1.depth }
        for group in groups {
            for part in group.parts { draw(part, on: &picture) }
        }
    }

    /// Pixels of a place in camera axes, and pixels a metre there; nil behind the lens.
    func project(_ point: SIMD3<Float>) -> (place: SIMD2<Float>, scale: Float)? {
        guard point.z > 0.1, let place = camera.picture(ofLocal: point) else { return nil }
        return (place * SIMD2(Float(width), Float(height)), camera.focalLength * Float(height) / point.z)
    }

    func draw(_ part: Part, on picture: inout PixelBuffer) {
        for shape in part.shapes {
            switch shape {
            case .limb(let start, let end, let radii, let color):
                drawLimb(from: start, to: end, radii: radii, color: color, on: &picture)
            case .stroke(let start, let end, let radii, let color):
                guard let a = project(start), let b = project(end) else { continue }
                picture.fillCapsule(from: a.place, to: b.place, radii: radii * SIMD2(a.scale, b.scale), color: color)
            case .ellipse(let center, let axis, let radii, let color):
                guard let a = project(center), let b = project(center + axis * 0.1) else { continue }
                let way = b.place - a.place
                // An axis that points at the camera foreshortens towards the other radius.
                let seen = min(1, (way * way).sum().squareRoot() / (0.1 * a.scale))
                let long = radii.y + (radii.x - radii.y) * seen
                picture.fillEllipse(
                    center: a.place, radii: SIMD2(long, radii.y) * a.scale, angle: atan2(way.y, way.x), color: color)
            case .polygon(let corners, let color):
                let places = corners.compactMap { project($0)?.place }
                if places.count == corners.count { picture.fillPolygon(places, color: color) }
            }
        }
    }

    /// A round limb: dark at the rim, lit from the upper left.
    private func drawLimb(
        from start: SIMD3<Float>, to end: SIMD3<Float>, radii: SIMD2<Float>, color: Color,
        on picture: inout PixelBuffer
    ) {
        guard let a = project(start), let b = project(end) else { return }
        let pixels = radii * SIMD2(a.scale, b.scale)
        picture.fillCapsule(from: a.place, to: b.place, radii: pixels, color: color.darkened(0.22))
        let light = SIMD2<Float>(-0.14, -0.12)
        picture.fillCapsule(
            from: a.place + light * pixels.x, to: b.place + light * pixels.y, radii: pixels * 0.8, color: color)
        picture.fillCapsule(
            from: a.place + 2.2 * light * pixels.x, to: b.place + 2.2 * light * pixels.y, radii: pixels * 0.4,
            color: color.lightened(0.12), opacity: 0.5)
    }

    /// A soft patch on the floor under all that is near it.
    private func drawShadow(of skeleton: PuppetSkeleton, on picture: inout PixelBuffer) {
        var points: [SIMD2<Float>] = []
        for joint in skeleton.joints + [skeleton.pelvis] where joint.y < 0.7 || joint == skeleton.pelvis {
            for corner in 0..<8 {
                let angle = Float(corner) / 8 * 2 * .pi
                points.append(SIMD2(joint.x + 0.11 * cos(angle), joint.z + 0.11 * sin(angle)))
            }
        }
        let places = Self.hull(of: points).map { project(camera.local(SIMD3($0.x, 0, $0.y)))?.place }
        let outline = places.compactMap(\.self)
        if outline.count == places.count { picture.fillPolygon(outline, color: .black, opacity: 0.2) }
    }

    /// The corners of the convex hull of points, in order (Andrew 1979).
    private static func hull(of points: [SIMD2<Float>]) -> [SIMD2<Float>] {
        let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        func half(_ points: [SIMD2<Float>]) -> [SIMD2<Float>] {
            var chain: [SIMD2<Float>] = []
            for point in points {
                while chain.count > 1 {
                    let a = chain[chain.count - 1] - chain[chain.count - 2]
                    let b = point - chain[chain.count - 1]
                    if a.x * b.y - a.y * b.x > 0 { break }
                    chain.removeLast()
                }
                chain.append(point)
            }
            return Array(chain.dropLast())
        }
        return half(sorted) + half(sorted.reversed())
    }
}
