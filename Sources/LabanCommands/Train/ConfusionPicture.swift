import Imaging
import Training

/// The confusion table of an evaluation as a picture: rows are what it was, columns what it was taken for, the shade is
/// the share of the row.
struct ConfusionPicture {
    private let evaluation: Evaluation

    private static let cell = 34
    private static let textHeight: Float = 15
    private static let margin = 12
    private static let ink = Color(32, 36, 44)
    /// Shades of clips classified correctly and wrongly, at their darkest.
    private static let right = SIMD3<Float>(24, 92, 160)
    private static let wrong = SIMD3<Float>(196, 72, 32)

    init(_ evaluation: Evaluation) { self.evaluation = evaluation }

    func rendered() -> PixelBuffer {
        let names = evaluation.classes.enumerated().map { "\($0.offset + 1) \($0.element)" }
        let count = names.count
        let widest = names.map { PixelBuffer.textWidth($0, height: Self.textHeight) }.max() ?? 0
        let left = 2 * Self.margin + Int(widest.rounded(.up))
        let top = 3 * Self.margin + 2 * Int(Self.textHeight)
        let title = "top-1 \(Self.percent(evaluation.top1)), \(evaluation.clips) clips"
        let titleWidth = Int(PixelBuffer.textWidth(title, height: Self.textHeight).rounded(.up))
        var picture = PixelBuffer(
            width: max(left + count * Self.cell, titleWidth + Self.margin) + Self.margin,
            height: top + count * Self.cell + Self.margin,
            color: .white)
        write(title, at: SIMD2(Float(Self.margin), Float(Self.margin)), on: &picture)
        for index in 0..<count {
            let middle = Float(index * Self.cell) + Float(Self.cell) / 2
            write(
                names[index], at: SIMD2(Float(Self.margin), Float(top) + middle - Self.textHeight / 2), on: &picture)
            write(
                "\(index + 1)", centredAt: SIMD2(Float(left) + middle, Float(top) - Self.textHeight / 2 - 4),
                on: &picture)
        }
        for row in 0..<count {
            let clips = evaluation.perClass[row].clips
            for column in 0..<count {
                let found = evaluation.confusion[row][column]
                let share = clips > 0 ? Float(found) / Float(clips) : 0
                let low = SIMD2(Float(left + column * Self.cell), Float(top + row * Self.cell))
                let dark = row == column ? Self.right : Self.wrong
                let paint = SIMD3<Float>(repeating: 246) * (1 - share) + dark * share
                picture.fillRectangle(
                    from: low + 1, to: low + Float(Self.cell) - 1, cornerRadius: 3,
                    color: Color(UInt8(paint.x), UInt8(paint.y), UInt8(paint.z)))
                guard found > 0 else { continue }
                write(
                    "\(found)", centredAt: low + Float(Self.cell) / 2, color: share > 0.45 ? .white : Self.ink,
                    on: &picture)
            }
        }
        return picture
    }

    private static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return "\(tenths / 10).\(tenths % 10) %"
    }

    private func write(_ text: String, at origin: SIMD2<Float>, on picture: inout PixelBuffer) {
        picture.drawText(text, at: origin, height: Self.textHeight, color: Self.ink)
    }

    private func write(
        _ text: String, centredAt center: SIMD2<Float>, color: Color = Self.ink, on picture: inout PixelBuffer
    ) {
        let size = SIMD2(PixelBuffer.textWidth(text, height: Self.textHeight), Self.textHeight)
        picture.drawText(text, at: center - size / 2, height: Self.textHeight, color: color)
    }
}
