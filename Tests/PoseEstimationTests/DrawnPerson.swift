import Imaging
import Skeleton

/// A flat-shaded figure with known joints: enough of a person for the pose networks.
struct DrawnPerson {
    /// Middle of the hips, in pixels.
    var hips: SIMD2<Float>
    /// From head to foot, in pixels.
    var height: Float
    /// How far both arms are raised sideways: 0 down … 1 straight out.
    var arms: Float = 0.4

    /// Joints that are drawn, by name, in pixels.
    var joints: [String: SIMD2<Float>] {
        var joints: [String: SIMD2<Float>] = ["nose": at(0, -0.42)]
        for (side, name) in [(Float(1), "left"), (-1, "right")] {
            joints[name + "Shoulder"] = at(0.1 * side, -0.3)
            joints[name + "Elbow"] = at((0.13 + 0.13 * arms) * side, -0.15 - 0.15 * arms)
            joints[name + "Wrist"] = at((0.15 + 0.25 * arms) * side, -0.02 - 0.28 * arms)
            joints[name + "Hip"] = at(0.06 * side, 0)
            joints[name + "Knee"] = at(0.075 * side, 0.24)
            joints[name + "Ankle"] = at(0.08 * side, 0.47)
        }
        return joints
    }

    func draw(on pixels: inout PixelBuffer) {
        let joints = joints
        let skin = Color(224, 172, 140)
        let shirt = Color(40, 90, 170)
        let trousers = Color(50, 50, 60)
        func limb(_ from: String, _ to: String, _ wide: Float, _ narrow: Float, _ color: Color) {
            pixels.fillCapsule(
                from: joints[from]!, to: joints[to]!, radii: SIMD2(wide, narrow) * height, color: color)
        }
        for side in ["left", "right"] {
            limb(side + "Hip", side + "Knee", 0.05, 0.038, trousers)
            limb(side + "Knee", side + "Ankle", 0.036, 0.025, trousers)
            let ankle = joints[side + "Ankle"]!
            pixels.fillCapsule(
                from: ankle, to: ankle + SIMD2(side == "left" ? 0.03 : -0.03, 0.03) * height,
                radii: SIMD2(repeating: 0.022 * height), color: Color(30, 30, 30))
        }
        pixels.fillPolygon(
            [at(-0.1, -0.32), at(0.1, -0.32), at(0.085, 0.03), at(-0.085, 0.03)], color: shirt)
        for side in ["left", "right"] {
            limb(side + "Shoulder", side + "Elbow", 0.036, 0.03, shirt)
            limb(side + "Elbow", side + "Wrist", 0.027, 0.02, skin)
            pixels.fillCircle(center: joints[side + "Wrist"]!, radius: 0.026 * height, color: skin)
        }
        pixels.fillCapsule(from: at(0, -0.36), to: at(0, -0.32), radii: SIMD2(repeating: 0.028 * height), color: skin)
        pixels.fillEllipse(center: at(0, -0.45), radii: SIMD2(0.058, 0.07) * height, color: Color(60, 40, 25))
        pixels.fillEllipse(center: at(0, -0.425), radii: SIMD2(0.048, 0.06) * height, color: skin)
        for side in [Float(-1), 1] {
            pixels.fillEllipse(center: at(0.018 * side, -0.44), radii: SIMD2(0.009, 0.006) * height, color: .white)
            pixels.fillCircle(center: at(0.018 * side, -0.44), radius: 0.005 * height, color: .black)
        }
        pixels.fillCapsule(
            from: at(0, -0.43), to: at(0, -0.415), radii: SIMD2(0.004, 0.008) * height, color: Color(200, 140, 110))
        pixels.fillEllipse(center: at(0, -0.39), radii: SIMD2(0.016, 0.005) * height, color: Color(150, 50, 50))
    }

    /// A room with a wall, a floor and these people.
    static func picture(of people: [DrawnPerson], width: Int, height: Int) -> Picture {
        var pixels = PixelBuffer(width: width, height: height, color: Color(205, 205, 200))
        let horizon = Float(height) * 0.7
        pixels.fillPolygon(
            [
                SIMD2(0, horizon), SIMD2(Float(width), horizon), SIMD2(Float(width), Float(height)),
                SIMD2(0, Float(height)),
            ], color: Color(140, 120, 100))
        for person in people { person.draw(on: &pixels) }
        return .interleaved(pixels)
    }

    private func at(_ x: Float, _ y: Float) -> SIMD2<Float> { hips + SIMD2(x, y) * height }
}
