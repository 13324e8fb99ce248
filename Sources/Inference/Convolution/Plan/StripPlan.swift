/// How many rows and blocks of channels a separable step works on at a time, so that they stay in the cache.
struct StripPlan {
    /// Rows of the result in a strip.
    let rows: Int
    /// Blocks of channels in a chunk.
    let blocks: Int
    /// Rows of the picture kept while a strip is made, and cells in one, margins included.
    let ringRows: Int
    let ringWidth: Int
    private let resultWidth: Int

    /// Numbers of the ring (with its row of zeros) and of a strip of results.
    var ringCount: Int { (ringRows * blocks + 1) * ringWidth * BlockedPicture.block }
    var stripCount: Int { blocks * rows * resultWidth * BlockedPicture.block }

    /// How many numbers ring and strip may hold together: a part of a common second-level cache (1 MB), of which
    /// weights and pictures need the rest.
    private static let budget = 300 * 1024 / MemoryLayout<Float>.stride
    /// Blocks of a chunk: more hardly save any partial sums, and what is in the making would leave the nearest cache.
    private static let mostBlocks = 9

    init(
        height: Int, width: Int, result: BlockedPicture, window: Window, hasOneChunk: Bool, widens: Bool, narrows: Bool
    ) {
        resultWidth = result.width
        ringWidth = max(
            window.before.width + width, (result.width - 1) * window.stride.width + window.reach.width)
        let ringWidth = ringWidth
        func ringRows(_ rows: Int) -> Int {
            min(height, (rows - 1) * window.stride.height + window.reach.height)
        }
        func count(_ rows: Int, _ blocks: Int) -> Int {
            ((ringRows(rows) * ringWidth + rows * result.width) * blocks + ringWidth) * BlockedPicture.block
        }
        // Whole pictures in chunks of blocks where at least three blocks fit; otherwise all blocks in strips of rows.
        let least = widens || narrows ? min(3, result.blocks) : 1
        if !hasOneChunk, count(result.height, least) <= Self.budget {
            var chunk = least
            while narrows, chunk + 3 <= min(result.blocks, Self.mostBlocks),
                count(result.height, chunk + 3) <= Self.budget
            {
                chunk += 3
            }
            blocks = chunk
            rows = result.height
        } else {
            blocks = hasOneChunk || widens || narrows ? result.blocks : 1
            var strip = 1
            while strip < result.height, count(strip + 1, blocks) <= Self.budget { strip += 1 }
            rows = strip
        }
        self.ringRows = ringRows(rows)
    }
}
