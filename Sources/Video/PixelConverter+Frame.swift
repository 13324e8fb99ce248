import CLibAV
import Imaging

extension PixelConverter {
    /// Converts pictures like this one: of its size, turned as it or its stream says.
    convenience init(
        for picture: UnsafeMutablePointer<AVFrame>, of stream: UnsafeMutablePointer<AVStream>, path: String
    ) {
        let matrix = laban_stream_display_matrix(stream) ?? laban_frame_display_matrix(picture)
        let orientation =
            matrix.map { Orientation(displayMatrix: Array(UnsafeBufferPointer(start: $0, count: 9))) } ?? .upright
        self.init(
            width: Int(picture.pointee.width), height: Int(picture.pointee.height), orientation: orientation,
            path: path)
    }

    /// A decoded picture as a frame; the memory of `used` is taken unless somebody else holds it too.
    func frame(
        from picture: UnsafeMutablePointer<AVFrame>, index: Int, at time: Duration, reusing used: consuming Frame? = nil
    ) throws(VideoError) -> Frame {
        var pixels: PixelBuffer
        if let used = used.take()?.pixels, used.width == shownWidth, used.height == shownHeight {
            pixels = used
        } else {
            let count = shownWidth * shownHeight * 3
            pixels = PixelBuffer(
                width: shownWidth, height: shownHeight,
                bytes: [UInt8](unsafeUninitializedCapacity: count) { $1 = count })
        }
        try pixels.bytes.withUnsafeMutableBufferPointer { (bytes) throws(VideoError) in
            try convert(picture, into: bytes)
        }
        return Frame(index: index, presentationTime: time, pixels: pixels)
    }
}
