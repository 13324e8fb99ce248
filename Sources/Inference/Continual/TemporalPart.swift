/// The part of a block that looks along time, together with the path around the block.
protocol TemporalPart: Sendable {
    var receptiveField: ReceptiveField { get }
    /// Numbers it remembers of one person.
    var memoryCount: Int { get }
    /// Channels that come out.
    var outputChannels: Int { get }
    /// Multiply-adds of one output frame.
    var multiplyAdds: Int { get }
    /// Multiply-adds of one input frame, whether or not an output is due.
    var inputMultiplyAdds: Int { get }
    /// Numbers it keeps for one frame on the way.
    var rowFloats: Int { get }
    /// Frames it lists for each output frame.
    var taps: Int { get }

    /// Where a step wants the graph convolution's frame of this time; nil where it may lie in passing.
    func intake(_ memory: UnsafeMutablePointer<Float>, time: Int) -> UnsafeMutablePointer<Float>?

    /// The clip form: zeros before the first and after the last frame.
    ///
    /// - Parameters:
    ///   - x: the block's input, (clips, frames, joints, width).
    ///   - hidden: the graph convolution's output, likewise.
    ///   - mid: room for (clips · frames) frames of `rowFloats`.
    ///   - y: (clips, output frames, joints, width).
    func clip(
        x: FrameBlock, hidden: FrameBlock, mid: UnsafeMutablePointer<Float>, clips: Int, frames: Int, y: FrameBlock,
        scratch: LayerScratch)

    /// The step form: takes one frame of each person, gives one of those for whom an output is finished, whom it
    /// leaves in the batch.
    ///
    /// - Parameters:
    ///   - x: the block's input, a frame for each person of the batch.
    ///   - hidden: the graph convolution's output, where `intake` gave no place.
    ///   - y: receives a frame for each person that stays.
    func step(_ batch: inout StepBatch, x: FrameBlock, hidden: FrameBlock, y: FrameBlock, scratch: LayerScratch)
}
