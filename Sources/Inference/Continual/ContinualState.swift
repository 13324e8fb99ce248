/// What a network remembers of one person between frames: one allocation, made once and reset for the next person.
package final class ContinualState {
    let memory: UnsafeMutablePointer<Float>
    /// Frames taken so far.
    package private(set) var frames = 0
    private let arena: FloatArena
    let count: Int

    package init(_ network: ContinualNetwork) {
        count = network.stateCount
        arena = FloatArena(capacity: FloatArena.rounded(count))
        memory = arena.take(count)
    }

    /// Forgets the person. What lies in memory is not read before it is written again.
    package func reset() { frames = 0 }

    func takeFrame() { frames += 1 }
}

/// What came of one frame.
package enum StepOutcome: Sendable, Equatable {
    /// Too little has been seen of the person: that many frames are missing before the first prediction.
    case warmingUp(missing: Int)
    /// A network with strides predicts every few frames: that many to the next.
    case waiting(frames: Int)
    /// There is a prediction.
    case prediction

    /// What comes of a person's frame when `frames` have been seen, it included.
    init(frames: Int, network: ContinualNetwork) {
        let past = frames - network.warmUp
        let stride = network.receptiveField.stride
        if past < 0 {
            self = .warmingUp(missing: -past)
        } else {
            self = past % stride == 0 ? .prediction : .waiting(frames: stride - past % stride)
        }
    }
}
