import Imaging

/// What a network is shown: a square of the picture, with those people painted over that it should not look at. The
/// networks are made for one person; of two who stand close together they read limbs of both, or see one in the middle.
struct RegionView {
    let region: CropRegion
    /// What is painted over, in 0…1 of the square.
    private(set) var covers: [PixelBox] = []

    /// Who stands nearer than this beside the person, in body sizes, is hidden …
    private static let reach: Float = 0.55
    /// … if not so near that it is rather before or behind.
    private static let inLine: Float = 0.08
    /// Nobody is beside who is higher or lower by more than this, in body sizes, or smaller or larger by this factor.
    private static let rise: Float = 0.3
    private static let sizeFactor: Float = 1.7
    /// So much of a body lies to each side of its middle, in body sizes.
    private static let halfWidth: Float = 0.21

    /// The square as it is.
    init(_ region: CropRegion) { self.region = region }

    /// The square of one person, cut off halfway to whoever stands beside; but so much of the person as may be their own
    /// is shown, and never anything beyond the other's middle.
    ///
    /// - Parameters:
    ///   - bodySize: diameter of the circle that holds the body, in pixels.
    ///   - others: the people not to be shown.
    init(_ region: CropRegion, bodySize: Float, apartFrom others: some Sequence<BodyReading>) {
        self.region = region
        let share = max(bodySize, 1) / max(region.side, 1)
        for other in others {
            let offset = (region.unit(at: other.hipCenter) - 0.5) / share
            guard Self.isBeside(offset, sizes: other.bodySize / max(bodySize, 1)) else { continue }
            let distance = abs(offset.x)
            let edge = max(distance / 2, min(Self.halfWidth, distance)) * share
            covers.append(
                offset.x > 0
                    ? PixelBox(low: SIMD2(0.5 + edge, 0), high: SIMD2(1, 1))
                    : PixelBox(low: SIMD2(0, 0), high: SIMD2(0.5 - edge, 1)))
        }
    }

    /// A square in which somebody not yet known is looked for: the trunks and legs of those known are hidden.
    init(_ region: CropRegion, hiding known: some Sequence<BodyReading>) {
        self.region = region
        for reading in known {
            let half = Self.halfWidth * reading.bodySize
            let low = region.unit(at: SIMD2(reading.hipCenter.x - half, reading.box.low.y))
            let high = region.unit(at: SIMD2(reading.hipCenter.x + half, reading.box.high.y))
            guard low.x < 1, low.y < 1, high.x > 0, high.y > 0 else { continue }
            covers.append(PixelBox(low: low, high: high))
        }
    }

    private static func isBeside(_ offset: SIMD2<Float>, sizes ratio: Float) -> Bool {
        abs(offset.y) < rise && abs(offset.x) > inLine && abs(offset.x) < reach && ratio < sizeFactor
            && ratio > 1 / sizeFactor
    }

    /// Whether two stand so close beside each other that one may be taken for the other.
    static func stand(_ a: BodyReading, beside b: BodyReading) -> Bool {
        let region = a.nextRegion
        let offset = (region.unit(at: b.hipCenter) - 0.5) * region.side / max(a.bodySize, 1)
        return isBeside(offset, sizes: b.bodySize / max(a.bodySize, 1))
    }

    /// Samples the picture as a network wants it; what is covered becomes grey.
    ///
    /// - Parameters:
    ///   - side: samples along each edge of the tensor.
    ///   - tensor: receives shape (side, side, 3).
    func sample(
        _ picture: Picture, side: Int, range: ClosedRange<Float>, border: CropBorder,
        into tensor: UnsafeMutableBufferPointer<Float>
    ) {
        picture.sample(region, side: side, range: range, border: border, into: tensor)
        let grey = (range.lowerBound + range.upperBound) / 2
        for cover in covers {
            func cell(_ place: Float) -> Int { Int((max(0, min(1, place)) * Float(side)).rounded()) }
            for row in cell(cover.low.y)..<max(cell(cover.low.y), cell(cover.high.y)) {
                let first = (row * side + cell(cover.low.x)) * 3
                let last = (row * side + max(cell(cover.low.x), cell(cover.high.x))) * 3
                UnsafeMutableBufferPointer(rebasing: tensor[first..<last]).update(repeating: grey)
            }
        }
    }
}
