import Foundation
package import Inference

/// Moves parameters against their gradients: AdamW or SGD with momentum, and a running average of the result.
package struct Optimiser: Sendable {
    package let settings: OptimiserSettings
    private let layout: ParameterLayout
    private let steps: Int
    /// Steps taken.
    package private(set) var step = 0
    /// First and second moments of the gradient (momentum alone for SGD), laid out as the parameters.
    package private(set) var first: [Float]
    package private(set) var second: [Float]
    /// The running average of the parameters: what is saved.
    package private(set) var averaged: [Float]

    package init(settings: OptimiserSettings, layout: ParameterLayout, parameters: [Float], steps: Int) {
        self.settings = settings
        self.layout = layout
        self.steps = steps
        first = [Float](repeating: 0, count: layout.count)
        second = [Float](repeating: 0, count: layout.count)
        averaged = parameters
    }

    /// Goes on from a checkpoint.
    package mutating func restore(step: Int, first: [Float], second: [Float], averaged: [Float]) {
        self.step = step
        self.first = first
        self.second = second
        self.averaged = averaged
    }

    /// The learning rate of the next step: a linear rise, then half a cosine (Loshchilov and Hutter 2017).
    package var learningRate: Float {
        let warmUp = settings.warmUp * Float(steps)
        let now = Float(step)
        if now < warmUp { return settings.learningRate * (now + 1) / (warmUp + 1) }
        let share = (now - warmUp) / max(1, Float(steps) - warmUp)
        return settings.learningRate * (0.005 + 0.995 * (1 + cos(.pi * min(1, share))) / 2)
    }

    /// Takes one step.
    ///
    /// - Parameter gradient: laid out as the parameters; in the places of running statistics, the batch's own.
    package mutating func update(_ parameters: inout [Float], gradient: [Float]) {
        let rate = learningRate
        step += 1
        let norm = layout.slots.reduce(0.0) { sum, slot in
            slot.role == .statistic ? sum : gradient[slot.range].reduce(sum) { $0 + Double($1 * $1) }
        }.squareRoot()
        let clip = Float(min(1, Self.longestGradient / max(norm, 1e-12)))
        for slot in layout.slots {
            switch slot.role {
            case .statistic:
                for i in slot.range { parameters[i] += 0.1 * (gradient[i] - parameters[i]) }
            case .weight, .offset:
                let decay = slot.role == .weight ? rate * settings.weightDecay : 0
                switch settings.kind {
                case .adamw: adam(&parameters, gradient, slot.range, rate: rate, decay: decay, clip: clip)
                case .sgd: momentum(&parameters, gradient, slot.range, rate: rate, decay: decay, clip: clip)
                }
            }
        }
        // Early averages look back less far, so that they do not remember the random start.
        let keep = min(settings.averaging, Float(step) / Float(step + 10))
        for i in averaged.indices { averaged[i] += (1 - keep) * (parameters[i] - averaged[i]) }
    }

    /// Gradients longer than this are shortened (Pascanu et al. 2013).
    private static let longestGradient = 5.0

    private mutating func adam(
        _ parameters: inout [Float], _ gradient: [Float], _ range: Range<Int>, rate: Float, decay: Float, clip: Float
    ) {
        let correctFirst = 1 / (1 - pow(0.9, Float(step)))
        let correctSecond = 1 / (1 - pow(0.999, Float(step)))
        for i in range {
            let g = gradient[i] * clip
            first[i] = 0.9 * first[i] + 0.1 * g
            second[i] = 0.999 * second[i] + 0.001 * g * g
            parameters[i] -=
                rate * first[i] * correctFirst / ((second[i] * correctSecond).squareRoot() + 1e-8)
                + decay * parameters[i]
        }
    }

    private mutating func momentum(
        _ parameters: inout [Float], _ gradient: [Float], _ range: Range<Int>, rate: Float, decay: Float, clip: Float
    ) {
        for i in range {
            first[i] = settings.momentum * first[i] + gradient[i] * clip
            parameters[i] -= rate * first[i] + decay * parameters[i]
        }
    }
}
