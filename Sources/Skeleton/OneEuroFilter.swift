/// A low-pass filter whose cut-off rises with speed: still things are steady, fast things are not late
/// (One-Euro filter, Casiez et al. 2012).
///
/// It works on time stamps, so dropped frames and any frame rate are fine.
package struct OneEuroFilter: Sendable {
    /// How strongly a filter smooths.
    package struct Parameters: Sendable, Hashable {
        /// Cut-off frequency of a thing at rest, in hertz.
        package var minimumCutoff: Float
        /// Growth of the cut-off frequency with speed, in hertz per (scaled unit a second).
        package var beta: Float
        /// Cut-off frequency of the speed itself, in hertz.
        package var derivativeCutoff: Float

        package init(minimumCutoff: Float, beta: Float, derivativeCutoff: Float = 1) {
            self.minimumCutoff = minimumCutoff
            self.beta = beta
            self.derivativeCutoff = derivativeCutoff
        }

        /// How far, in seconds, the output trails a value that moves at a steady speed, in scaled units a second.
        ///
        /// A first-order low-pass trails a ramp by its time constant, 1 / (2π cut-off).
        package func delay(atSpeed speed: Float) -> Float {
            1 / (2 * .pi * (minimumCutoff + beta * abs(speed)))
        }
    }

    package let parameters: Parameters
    private var raw: SIMD3<Float> = .zero
    private var value: SIMD3<Float> = .zero
    private var speed: SIMD3<Float> = .zero
    private var time: Duration?

    package init(_ parameters: Parameters) { self.parameters = parameters }

    /// The filtered position; each axis is smoothed on its own.
    ///
    /// - Parameters:
    ///   - position: the new measurement.
    ///   - time: when it was made; a time that is not later than the last one changes nothing.
    ///   - scale: what speeds are multiplied with before they raise the cut-off, such as 1 / size of the body.
    package mutating func update(_ position: SIMD3<Float>, at time: Duration, scale: Float = 1) -> SIMD3<Float> {
        guard let last = self.time else {
            self.time = time
            raw = position
            value = position
            return position
        }
        let elapsed = Float((time - last).inSeconds)
        guard elapsed > 0 else { return value }
        self.time = time
        let measured = (position - raw) * (scale / elapsed)
        raw = position
        speed += (measured - speed) * Self.weight(cutoff: SIMD3(repeating: parameters.derivativeCutoff), elapsed)
        let steepness = SIMD3(abs(speed.x), abs(speed.y), abs(speed.z))
        let cutoff = SIMD3(repeating: parameters.minimumCutoff) + parameters.beta * steepness
        value += (position - value) * Self.weight(cutoff: cutoff, elapsed)
        return value
    }

    /// How fast the filtered thing moves, in scaled units a second.
    package var currentSpeed: Float { (speed * speed).sum().squareRoot() }

    /// How far, in seconds, the output trails the input at the present speed.
    package var currentDelay: Float { parameters.delay(atSpeed: currentSpeed) }

    /// Forgets everything: the next position passes unchanged.
    package mutating func reset() {
        time = nil
        speed = .zero
    }

    /// The share of a new measurement in the output of a first-order low-pass.
    private static func weight(cutoff: SIMD3<Float>, _ elapsed: Float) -> SIMD3<Float> {
        let angle = cutoff * (2 * .pi * elapsed)
        return angle / (angle + 1)
    }
}
