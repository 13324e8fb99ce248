import Skeleton

/// A source whose frames stand in another order than their numbers, held in memory and put right: people of one picture
/// together, and pictures by number where all have one.
final class OrderedFrames: KeypointSource {
    let topology: SkeletonTopology?
    let units: [KeypointUnit]
    let framesPerSecond: Double?
    let namesPictures: Bool
    let forgivesFrames: Bool
    private let source: any KeypointSource
    private var frames: [KeypointFrame] = []
    private var failure: RecordingsError?
    private var position = 0

    /// Reads all there is, up to a fault that `next` throws in its turn.
    init(_ source: any KeypointSource) {
        self.source = source
        topology = source.topology
        units = source.units
        framesPerSecond = source.framesPerSecond
        namesPictures = source.namesPictures
        forgivesFrames = source.forgivesFrames
        var places: [ImageName: Int] = [:]
        do throws(RecordingsError) {
            while let frame = try source.next() {
                if let image = frame.image, let place = places[image] {
                    frames[place].people += frame.people
                } else {
                    if let image = frame.image { places[image] = frames.count }
                    frames.append(frame)
                }
            }
        } catch {
            failure = error
        }
        let numbers = frames.map { $0.number ?? $0.image?.frameNumber }
        guard numbers.allSatisfy({ $0 != nil }) else { return }
        let order = frames.indices.sorted { (numbers[$0] ?? 0, $0) < (numbers[$1] ?? 0, $1) }
        frames = order.map { frames[$0] }
    }

    var notes: [String] { source.notes }

    /// Begins anew.
    func rewind() { position = 0 }

    func next() throws(RecordingsError) -> KeypointFrame? {
        guard position < frames.count else {
            if let failure { throw failure }
            return nil
        }
        position += 1
        return frames[position - 1]
    }
}
