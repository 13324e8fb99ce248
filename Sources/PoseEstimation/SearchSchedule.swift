import Imaging
import Skeleton

/// Decides which parts of which frame are searched for newcomers, so that the whole picture and all its tiles have
/// been seen once in every sweep while no single frame costs much.
struct SearchSchedule {
    /// Edge of a tile over the picture's shorter edge: people from a fifth of that edge upwards are found in it.
    static let tileShare: Float = 0.65
    /// The least share of a tile that its neighbour sees as well.
    static let tileOverlap: Float = 0.4

    private let settings: PoseEstimatorSettings
    /// The whole picture first, then the tiles, spread so that neighbours do not follow each other.
    private var squares: [CropRegion] = []
    private var size = SIMD2(0, 0)
    private var next = 0
    /// Searches that are due, whole and part.
    private var due: Float = 0
    private var lastTime: Duration?

    init(settings: PoseEstimatorSettings) { self.settings = settings }

    /// The squares to search in this frame; the first frame of a source gets a whole sweep.
    ///
    /// - Parameter knowsSomebody: false makes sweeps quicker and adds the whole picture to every frame.
    mutating func squares(of pixels: PixelBuffer, at time: Duration, knowsSomebody: Bool) -> [CropRegion] {
        let isFirst = lastTime == nil
        if size != SIMD2(pixels.width, pixels.height) {
            size = SIMD2(pixels.width, pixels.height)
            squares = [CropRegion(holding: pixels)]
            if settings.searchesTiles { squares += Self.tiles(width: pixels.width, height: pixels.height) }
            next = 0
        }
        let elapsed = lastTime.map { Float((time - $0).inSeconds) } ?? 0
        lastTime = time
        if isFirst { return squares }

        let period = knowsSomebody ? settings.sweepPeriod : settings.idleSweepPeriod
        due += Float(squares.count) * max(0, elapsed) / max(1e-3, Float(period.inSeconds))
        let limit = max(1, min(settings.maximumSearchesPerFrame, squares.count))
        let count = min(Int(due), limit)
        due = count == limit ? 0 : due - Float(count)
        var chosen = knowsSomebody ? [] : [squares[0]]
        for _ in 0..<count {
            if !chosen.contains(squares[next]) { chosen.append(squares[next]) }
            next = (next + 1) % squares.count
        }
        return chosen
    }

    /// Overlapping upright squares that cover a picture.
    static func tiles(width: Int, height: Int) -> [CropRegion] {
        let side = (Float(min(width, height)) * tileShare).rounded()
        let rows = centers(along: Float(height), side: side)
        let tiles = rows.flatMap { y in
            centers(along: Float(width), side: side).map { x in CropRegion(center: SIMD2(x, y), side: side) }
        }
        // A step that shares no factor with the count visits each tile once.
        let count = tiles.count
        let stride = (count / 2 + 1...count + 1).first { greatestCommonDivisor($0, count) == 1 } ?? 1
        return (0..<count).map { tiles[$0 * stride % count] }
    }

    private static func centers(along length: Float, side: Float) -> [Float] {
        guard side < length else { return [length / 2] }
        let steps = Int(((length - side) / (side * (1 - tileOverlap))).rounded(.up))
        return (0...steps).map { side / 2 + (length - side) * Float($0) / Float(steps) }
    }

    private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
        b == 0 ? a : greatestCommonDivisor(b, a % b)
    }
}
