import CLibAV
import Imaging

extension PixelConverter {
    /// Makes pictures of a shape.
    convenience init(_ shape: PictureShape, path: String) {
        self.init(width: shape.width, height: shape.height, orientation: shape.orientation, path: path)
    }

    /// A decoded picture as a frame; the picture may be moved out of `decoded`.
    func frame(
        from decoded: UnsafeMutablePointer<AVFrame>, index: Int, at time: Duration
    ) throws(VideoError) -> Frame {
        if let planes = takePlanes(from: decoded) {
            return Frame(index: index, presentationTime: time, picture: .planar(planes))
        }
        let count = shownWidth * shownHeight * 3
        var pixels = PixelBuffer(
            width: shownWidth, height: shownHeight, bytes: [UInt8](unsafeUninitializedCapacity: count) { $1 = count })
        try pixels.bytes.withUnsafeMutableBufferPointer { (bytes) throws(VideoError) in
            try convert(decoded, into: bytes)
        }
        return Frame(index: index, presentationTime: time, picture: .interleaved(pixels))
    }

    /// The decoder's planes as they are, without a copy; nil, and nothing moved, where a conversion is called for.
    private func takePlanes(from decoded: UnsafeMutablePointer<AVFrame>) -> PlanarPixels? {
        let format = AVPixelFormat(decoded.pointee.format)
        guard decoded.pointee.width == width, decoded.pointee.height == height,
            let description = av_pix_fmt_desc_get(format), Self.isPlain(description.pointee),
            decoded.pointee.linesize.1 == decoded.pointee.linesize.2,
            let luma = Self.memory(of: decoded, plane: 0, at: decoded.pointee.data.0),
            let cb = Self.memory(of: decoded, plane: 1, at: decoded.pointee.data.1),
            let cr = Self.memory(of: decoded, plane: 2, at: decoded.pointee.data.2),
            let holder = DecodedPicture()
        else { return nil }
        let layout = PlanarPixels.Layout(
            width: width, height: height, columnShift: Int(description.pointee.log2_chroma_w),
            rowShift: Int(description.pointee.log2_chroma_h), lumaStride: Int(decoded.pointee.linesize.0),
            chromaStride: Int(decoded.pointee.linesize.1))
        let colors = ColorConversion(Self.matrix(of: decoded), isFullRange: Self.isFullRange(decoded))
        guard
            let planes = PlanarPixels(
                layout: layout, luma: luma, cb: cb, cr: cr, colors: colors, orientation: orientation, owner: holder)
        else { return nil }
        holder.take(decoded)
        return planes
    }

    /// Whether a pixel format is three planes of bytes, luma first.
    private static func isPlain(_ description: AVPixFmtDescriptor) -> Bool {
        let odd = AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_HWACCEL
        guard description.nb_components == 3, description.flags & UInt64(odd) == 0 else { return false }
        let components = [description.comp.0, description.comp.1, description.comp.2]
        return zip(components, 0...).allSatisfy { component, plane in
            component.plane == plane && component.step == 1 && component.offset == 0 && component.shift == 0
                && component.depth == 8
        }
    }

    /// A plane's memory from its first value to the end of its buffer; nil where the buffer does not hold that value.
    private static func memory(
        of decoded: UnsafeMutablePointer<AVFrame>, plane: Int32, at start: UnsafeMutablePointer<UInt8>?
    ) -> UnsafeBufferPointer<UInt8>? {
        guard let start, let buffer = av_frame_get_plane_buffer(decoded, plane), let first = buffer.pointee.data
        else { return nil }
        let count = first + Int(buffer.pointee.size) - start
        return start >= first && count > 0 ? UnsafeBufferPointer(start: start, count: count) : nil
    }
}
