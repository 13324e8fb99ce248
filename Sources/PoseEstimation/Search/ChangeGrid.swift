import Imaging
import Skeleton

/// Remembers when each part of the picture last looked different, so that what has not changed need not be searched
/// again.
struct ChangeGrid {
    /// Cells along the shorter edge of the picture.
    private static let cellsAcross = 45
    /// Mean brightness, of 255, that a cell must differ by to have changed; noise of a cell's mean stays below.
    private static let threshold = 5
    /// A cell someone known was in so recently shows what that person has uncovered, not somebody new.
    private static let wake: Duration = .milliseconds(300)

    private let size: SIMD2<Int>
    private let columns: Int
    private let rows: Int
    private var brightness: [UInt8] = []
    private var changedAt: [Duration]
    private var coveredUntil: [Duration]

    init(width: Int, height: Int) {
        size = SIMD2(width, height)
        let shorter = min(width, height)
        columns = max(1, width * Self.cellsAcross / max(shorter, Self.cellsAcross))
        rows = max(1, height * Self.cellsAcross / max(shorter, Self.cellsAcross))
        changedAt = Array(repeating: .zero, count: columns * rows)
        coveredUntil = Array(repeating: .zero, count: columns * rows)
    }

    /// Takes in the next picture.
    ///
    /// - Parameters:
    ///   - known: boxes round those who are followed for sure: what moves there is explained.
    ///   - doubtful: boxes where a person may be; they count as changed.
    mutating func update(_ picture: Picture, at time: Duration, known: [PixelBox], doubtful: [PixelBox]) {
        for box in known {
            let margin = (box.high - box.low) * 0.1
            forEachCell(in: PixelBox(low: box.low - margin, high: box.high + margin)) { cell in
                coveredUntil[cell] = time + Self.wake
            }
        }
        let now = picture.brightness(columns: columns, rows: rows)
        let isFirst = brightness.isEmpty
        if isFirst { brightness = now }
        for cell in now.indices {
            if coveredUntil[cell] > time {
                brightness[cell] = now[cell]
            } else if isFirst || abs(Int(now[cell]) - Int(brightness[cell])) > Self.threshold {
                brightness[cell] = now[cell]
                changedAt[cell] = time
            }
        }
        for box in doubtful { forEachCell(in: box) { changedAt[$0] = time } }
    }

    /// How many cells of a square have changed after a moment.
    func changes(in region: CropRegion, since time: Duration) -> Int {
        var count = 0
        let reach = SIMD2(repeating: region.side / 2)
        forEachCell(in: PixelBox(low: region.center - reach, high: region.center + reach)) { cell in
            if changedAt[cell] > time { count += 1 }
        }
        return count
    }

    /// Calls `body` with the number of every cell that a box touches.
    private func forEachCell(in box: PixelBox, _ body: (Int) -> Void) {
        let cells = SIMD2(Float(columns), Float(rows))
        let scale = cells / SIMD2(Float(size.x), Float(size.y))
        let low = pointwiseMax(box.low * scale, .zero)
        let high = pointwiseMin(box.high * scale, cells)
        guard low.x < high.x, low.y < high.y else { return }
        for row in Int(low.y)..<Int(high.y.rounded(.up)) {
            for column in Int(low.x)..<Int(high.x.rounded(.up)) { body(row * columns + column) }
        }
    }
}
