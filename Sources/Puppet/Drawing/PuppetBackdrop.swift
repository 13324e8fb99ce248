import Foundation
import Imaging

/// The room behind the people: a wall, a floor with boards, a skirting board and a window.
struct PuppetBackdrop: Sendable {
    var wall = Color(206, 204, 196)
    var floor = Color(158, 132, 104)
    var skirting = Color(236, 234, 228)
    /// Distance of the wall behind the origin, metres.
    var wallDistance: Float = 3.2

    /// The empty room as the painter's camera sees it.
    func picture(_ painter: PuppetPainter) -> PixelBuffer {
        var picture = PixelBuffer(width: painter.width, height: painter.height, color: wall)
        let axes = painter.camera.axes
        let position = painter.camera.position
        let away = normalized(SIMD3(axes.away.x, 0, axes.away.z))
        let across = SIMD3<Float>(-away.z, 0, away.x)
        // Along the line of sight over the floor, as far as the wall.
        let reach = dot(SIMD3(0, 0, 0) - position, away) + wallDistance
        func place(_ side: Float, _ height: Float, _ far: Float) -> SIMD3<Float> {
            let start = SIMD3(position.x, 0, position.z)
            return painter.camera.local(start + away * far + across * side + SIMD3(0, height, 0))
        }
        func quad(_ corners: [SIMD3<Float>], _ color: Color) {
            painter.draw(.init(depth: 0, shapes: [.polygon(corners, color: color)]), on: &picture)
        }
        let near: Float = 0.35
        let wide: Float = 14
        for band in 0..<6 {
            let low = Float(band) * 0.55
            quad(
                [
                    place(-wide, low, reach), place(wide, low, reach), place(wide, low + 0.56, reach),
                    place(-wide, low + 0.56, reach),
                ],
                wall.mixed(with: .white, Float(band) * 0.05))
        }
        quad([place(-wide, 0, near), place(wide, 0, near), place(wide, 0, reach), place(-wide, 0, reach)], floor)
        for board in -16...16 {
            let x = Float(board) * 0.45
            quad(
                [
                    place(x - 0.008, 0, near), place(x + 0.008, 0, near), place(x + 0.008, 0, reach),
                    place(x - 0.008, 0, reach),
                ],
                floor.darkened(0.12))
        }
        quad(
            [place(-wide, 0, reach), place(wide, 0, reach), place(wide, 0.12, reach), place(-wide, 0.12, reach)],
            skirting)
        let frame = [
            place(-2.6, 1.3, reach), place(-1.2, 1.3, reach), place(-1.2, 2.4, reach), place(-2.6, 2.4, reach),
        ]
        let glass = [
            place(-2.5, 1.4, reach), place(-1.3, 1.4, reach), place(-1.3, 2.3, reach), place(-2.5, 2.3, reach),
        ]
        quad(frame, skirting)
        quad(glass, Color(168, 200, 222))
        return picture
    }
}
