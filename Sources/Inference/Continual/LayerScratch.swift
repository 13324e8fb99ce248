/// What layers need while they run and leave nothing in: lists of frames and room for rows. One a thread.
final class LayerScratch {
    /// Most frames that go through a layer in one piece; more are done piece by piece, so that rows stay near.
    let group: Int
    /// The frames a layer gets.
    let inputs: FrameList
    /// The frames a product reads, tap by tap.
    let sources: FrameList
    /// The frames around each output frame, place by place.
    let window: FrameList
    let addends: FrameList
    let targets: TargetList
    /// Frames within `rows`.
    let rowTargets: TargetList
    let rows: UnsafeMutablePointer<Float>
    /// A frame of zeros.
    let zeros: UnsafePointer<Float>
    private let arena: FloatArena
    private let lists: [FrameList]

    /// - Parameters:
    ///   - frames: most frames at once.
    ///   - taps: most taps of a product, or frames around an output frame.
    ///   - rowFloats: most numbers a layer keeps for one frame on the way.
    ///   - frameFloats: most numbers of one frame.
    init(frames: Int, joints: Int, taps: Int, rowFloats: Int, frameFloats: Int) {
        group = Self.group(joints: joints)
        let rowCount = group * rowFloats
        arena = FloatArena(capacity: FloatArena.rounded(rowCount) + FloatArena.rounded(frameFloats))
        rows = arena.take(rowCount)
        zeros = UnsafePointer(arena.take(frameFloats))
        lists = [frames, frames * taps, frames * taps, frames].map { capacity in
            let list = FrameList.allocate(capacity: capacity)
            list.initialize(repeating: nil, count: capacity)
            return list
        }
        inputs = lists[0]
        sources = lists[1]
        window = lists[2]
        addends = lists[3]
        targets = .allocate(capacity: frames)
        targets.initialize(repeating: nil, count: frames)
        rowTargets = .allocate(capacity: group)
        rowTargets.initialize(repeating: nil, count: group)
    }

    deinit {
        for list in lists { list.deallocate() }
        targets.deallocate()
        rowTargets.deallocate()
    }

    static func group(joints: Int) -> Int { max(1, 256 / joints) }
}
