/// Three corners of a surface.
private typealias Triangle = (Vector3, Vector3, Vector3)

/// Covers surfaces with few capsules that stick out little.
///
/// A capsule holds all that lies between places it holds, so triangles are given whole to one or another. The part whose capsule
/// gains most is cut in two where its middle is, across the axis that serves best, until nothing is gained by it.
package enum CapsuleFitting {
    private static let mostParts = 6
    /// A cut must make the part's volume smaller than this share.
    private static let worthwhile = 0.8
    /// Triangles are cut to this share of the surface's extent, so that a long one does not hold parts together.
    private static let longestEdge = 1.0 / 8
    private static let mostTriangles = 400_000

    private struct Part {
        var triangles: [Triangle]
        var capsule: LinkCapsule
        /// The best cut, and what both capsules' volume is.
        var cut: (parts: [Part], volume: Double)?
    }

    /// Capsules that hold a surface together; none where there is no triangle.
    ///
    /// - Parameter corners: three of each triangle, in the link's frame.
    package static func capsules(link: Int, covering corners: [Vector3]) -> [LinkCapsule] {
        let small = divided(
            stride(from: 0, to: corners.count - 2, by: 3).map { (corners[$0], corners[$0 + 1], corners[$0 + 2]) })
        guard !small.isEmpty else { return [] }
        var parts = [part(link, small)]
        parts[0].cut = cut(parts[0])
        while parts.count < mostParts {
            let gains = parts.map { $0.capsule.volume - ($0.cut?.volume ?? .infinity) }
            guard let best = parts.indices.max(by: { gains[$0] < gains[$1] }), let found = parts[best].cut,
                found.volume < worthwhile * parts[best].capsule.volume
            else { break }
            parts.remove(at: best)
            for var part in found.parts {
                part.cut = cut(part)
                parts.append(part)
            }
        }
        return parts.map(\.capsule)
    }

    private static func part(_ link: Int, _ triangles: [Triangle]) -> Part {
        var places: [Vector3] = []
        places.reserveCapacity(3 * triangles.count)
        for triangle in triangles { places += [triangle.0, triangle.1, triangle.2] }
        return Part(triangles: triangles, capsule: LinkCapsule(link: link, holding: places))
    }

    private static func cut(_ whole: Part) -> (parts: [Part], volume: Double)? {
        var best: (parts: [Part], volume: Double)?
        let middles = whole.triangles.map { ($0.0 + $0.1 + $0.2) / 3 }
        for axis in LinkCapsule.principalAxes(middles) {
            let along = middles.map { dot($0, axis) }
            let (low, high) = (along.min()!, along.max()!)
            for share in [0.35, 0.5, 0.65] {
                let border = low + (high - low) * share
                var sides: ([Triangle], [Triangle]) = ([], [])
                for (triangle, place) in zip(whole.triangles, along) {
                    if place < border { sides.0.append(triangle) } else { sides.1.append(triangle) }
                }
                guard !sides.0.isEmpty, !sides.1.isEmpty else { continue }
                let parts = [part(whole.capsule.link, sides.0), part(whole.capsule.link, sides.1)]
                let volume = parts[0].capsule.volume + parts[1].capsule.volume
                if best.map({ volume < $0.volume }) ?? true { best = (parts, volume) }
            }
        }
        return best
    }

    /// The same surface in triangles without long edges.
    private static func divided(_ triangles: [Triangle]) -> [Triangle] {
        var (low, high) = (Vector3(repeating: .infinity), Vector3(repeating: -.infinity))
        for triangle in triangles {
            for place in [triangle.0, triangle.1, triangle.2] {
                (low, high) = (pointwiseMin(low, place), pointwiseMax(high, place))
            }
        }
        let longest = (high - low).length * longestEdge
        var open = triangles
        var done: [Triangle] = []
        done.reserveCapacity(triangles.count)
        while let (a, b, c) = open.popLast() {
            let edges = ((b - a).length, (c - b).length, (a - c).length)
            guard max(edges.0, edges.1, edges.2) > longest, open.count + done.count < mostTriangles else {
                done.append((a, b, c))
                continue
            }
            if edges.0 >= edges.1, edges.0 >= edges.2 {
                open += [(a, (a + b) / 2, c), ((a + b) / 2, b, c)]
            } else if edges.1 >= edges.2 {
                open += [(a, b, (b + c) / 2), (a, (b + c) / 2, c)]
            } else {
                open += [(a, b, (c + a) / 2), ((c + a) / 2, b, c)]
            }
        }
        return done
    }
}
