import CLibAV
import Imaging

/// How a decoder's pictures are to be shown, by what container, stream and picture say.
struct PictureShape: Equatable {
    /// Size as stored.
    let storedWidth: Int
    let storedHeight: Int
    let aspect: PixelAspect
    let orientation: Orientation
    /// A shape of pixels that was stated and is none.
    let absurdAspect: String?

    /// Of two that speak, the container is believed before the stream within it, as players do.
    init(_ picture: UnsafeMutablePointer<AVFrame>, of stream: UnsafeMutablePointer<AVStream>) {
        storedWidth = Int(picture.pointee.width)
        storedHeight = Int(picture.pointee.height)
        let stated = [stream.pointee.sample_aspect_ratio, picture.pointee.sample_aspect_ratio]
            .filter { $0.num != 0 && $0.den != 0 }
        aspect = stated.lazy.compactMap { PixelAspect(Int($0.num), Int($0.den)) }.first ?? .square
        absurdAspect = stated.first { PixelAspect(Int($0.num), Int($0.den)) == nil }.map { "\($0.num):\($0.den)" }
        let matrix = laban_stream_display_matrix(stream) ?? laban_frame_display_matrix(picture)
        orientation =
            matrix.map { Orientation(displayMatrix: Array(UnsafeBufferPointer(start: $0, count: 9))) } ?? .upright
    }

    /// Size in square pixels, before the picture is turned.
    var width: Int { aspect.squareSize(width: storedWidth, height: storedHeight).width }
    var height: Int { aspect.squareSize(width: storedWidth, height: storedHeight).height }

    /// Whether both look alike but for their size, so that one may be scaled to the other.
    func isAlike(_ other: PictureShape) -> Bool {
        let ratio = Double(width) * Double(other.height) / (Double(height) * Double(other.width))
        return orientation == other.orientation && abs(ratio - 1) < 0.01
    }

    /// What was done about pixels that are no squares; nil where nothing was.
    var note: String? {
        if let absurdAspect { return "pixels taken as \(aspect): no picture has pixels of \(absurdAspect), as stated" }
        if aspect.isSquare { return nil }
        return "pixels of \(aspect) made square: \(width)x\(height) from \(storedWidth)x\(storedHeight)"
    }
}
