import CLibAV
import Files
import Foundation
package import Imaging

/// Single pictures in files.
package enum PictureFile {
    /// Reads a picture (PNG, JPEG, WebP, BMP, TIFF, …), upright; transparency is left out.
    package static func read(_ path: String) throws(VideoError) -> PixelBuffer {
        let file = try VideoFile(path: path)
        guard file.formatName.contains("image2") || file.formatName.hasSuffix("_pipe") else {
            throw VideoError(path, "expected a picture, found \(file.formatName) data")
        }
        guard let frame = try file.next() else { throw VideoError(path, "expected a picture, found none") }
        return frame.picture.rgb()
    }

    /// Writes a picture as PNG, replacing what was there; the file appears whole or not at all.
    package static func write(_ pixels: PixelBuffer, to path: String) throws(VideoError) {
        let partial = PartialFile(for: path)
        try partial.checkPlace()
        let data = try encode(pixels, path: path)
        do {
            try data.write(to: URL(fileURLWithPath: partial.growingPath))
        } catch {
            partial.remove()
            throw VideoError(
                path, "cannot write the file: \(error.localizedDescription)",
                isDiskFull: (error as? CocoaError)?.code == .fileWriteOutOfSpace)
        }
        try partial.takeName()
    }

    private static func encode(_ pixels: PixelBuffer, path: String) throws(VideoError) -> Data {
        MediaLibrary.prepare()
        guard let codec = avcodec_find_encoder(AV_CODEC_ID_PNG) else {
            throw VideoError(path, "expected a PNG encoder, found none in the installed libraries")
        }
        var encoder = avcodec_alloc_context3(codec)
        var frame = av_frame_alloc()
        var packet = av_packet_alloc()
        defer {
            avcodec_free_context(&encoder)
            av_frame_free(&frame)
            av_packet_free(&packet)
        }
        guard let encoder, let frame, let packet else { throw VideoError(path, "out of memory") }
        encoder.pointee.width = Int32(clamping: pixels.width)
        encoder.pointee.height = Int32(clamping: pixels.height)
        encoder.pointee.pix_fmt = AV_PIX_FMT_RGB24
        encoder.pointee.time_base = AVRational(num: 1, den: 1)
        encoder.pointee.thread_count = 1
        try MediaLibrary.check(avcodec_open2(encoder, codec, nil), path, "cannot start the PNG encoder")
        frame.pointee.format = AV_PIX_FMT_RGB24.rawValue
        frame.pointee.width = encoder.pointee.width
        frame.pointee.height = encoder.pointee.height
        try MediaLibrary.check(av_frame_get_buffer(frame, 0), path, "cannot make a frame")
        let target = frame.pointee.data.0!
        let targetStride = Int(frame.pointee.linesize.0)
        pixels.bytes.withUnsafeBufferPointer { bytes in
            for y in 0..<pixels.height {
                (target + y * targetStride).update(from: bytes.baseAddress! + y * pixels.stride, count: pixels.stride)
            }
        }
        try MediaLibrary.check(avcodec_send_frame(encoder, frame), path, "cannot encode the picture")
        try MediaLibrary.check(avcodec_send_frame(encoder, nil), path, "cannot encode the picture")
        try MediaLibrary.check(avcodec_receive_packet(encoder, packet), path, "cannot encode the picture")
        return Data(bytes: packet.pointee.data, count: Int(packet.pointee.size))
    }
}
