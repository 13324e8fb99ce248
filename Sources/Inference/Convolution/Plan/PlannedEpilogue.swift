import CConvolution

/// What a kernel does to a sum before it stores it: a curve, a sum with another value, a curve again.
struct PlannedEpilogue {
    enum Curve: Equatable {
        case none
        case clamp(low: Float, high: Float)
        case slopes(ConstantPool.Place)
    }

    var first = Curve.none
    /// Buffer of the value added.
    var addend: Int?
    /// How it lies there; it may have fewer channels than the sum.
    var addendPicture = BlockedPicture(height: 0, width: 0, channels: 0)
    var second = Curve.none

    func resolved(_ memory: StepMemory) -> laban_epilogue {
        laban_epilogue(
            first: Self.resolved(first, memory), addend: addend.map { UnsafePointer(memory.buffer($0)) },
            addend_block: addendPicture.plane,
            addend_channels: addendPicture.channels, second: Self.resolved(second, memory))
    }

    private static func resolved(_ curve: Curve, _ memory: StepMemory) -> laban_curve {
        switch curve {
        case .none: laban_curve(low: -.infinity, high: .infinity, slopes: nil)
        case .clamp(let low, let high): laban_curve(low: low, high: high, slopes: nil)
        case .slopes(let place): laban_curve(low: -.infinity, high: .infinity, slopes: memory.constant(place))
        }
    }
}
