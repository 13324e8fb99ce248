import Foundation
import Imaging

/// A chair of a scene.
package struct PuppetChair: Sendable, Equatable {
    /// The middle of the seat on the floor (x, z), metres.
    package var place: SIMD2<Float>
    /// To where somebody on it faces, radians from z towards x.
    package var heading: Float
    /// Of the seat above the floor, metres.
    package var height: Float = 0.44

    /// The chair as the camera sees it; it counts as standing behind who sits on it.
    func part(_ camera: PuppetCamera) -> PuppetPainter.Part {
        let turn = Quaternion.turn(heading)
        let base = SIMD3(place.x, 0, place.y)
        func at(_ x: Float, _ y: Float, _ z: Float) -> SIMD3<Float> { camera.local(base + turn * SIMD3(x, y, z)) }
        let wood = Color(134, 92, 58)
        var shapes: [PuppetPainter.Shape] = []
        for (x, z) in [(Float(-0.2), Float(-0.2)), (0.2, -0.2), (-0.2, 0.2), (0.2, 0.2)] {
            shapes.append(
                .stroke(from: at(x, 0, z), to: at(x, height, z), radii: SIMD2(0.02, 0.02), color: wood.darkened(0.15)))
        }
        for x in [Float(-0.2), 0.2] {
            shapes.append(
                .stroke(
                    from: at(x, height, -0.2), to: at(x, height + 0.45, -0.24), radii: SIMD2(0.02, 0.02), color: wood))
        }
        shapes.append(
            .polygon(
                [
                    at(-0.2, height + 0.28, -0.225), at(0.2, height + 0.28, -0.225), at(0.2, height + 0.45, -0.24),
                    at(-0.2, height + 0.45, -0.24),
                ],
                color: wood))
        shapes.append(
            .polygon(
                [at(-0.22, height, -0.22), at(0.22, height, -0.22), at(0.22, height, 0.22), at(-0.22, height, 0.22)],
                color: wood.lightened(0.1)))
        shapes.append(
            .polygon(
                [
                    at(-0.22, height, 0.22), at(0.22, height, 0.22), at(0.22, height - 0.04, 0.22),
                    at(-0.22, height - 0.04, 0.22),
                ],
                color: wood.darkened(0.1)))
        return PuppetPainter.Part(depth: camera.local(base).z + 0.6, shapes: shapes)
    }
}
