import CLibAV
import Files
import Foundation
package import Imaging

/// Writes pictures as an H.264 video (MPEG-4 part 2 where the H.264 encoder is missing) that any player plays.
///
/// The container follows the path's ending: mp4, m4v, mov or mkv. Times are kept to 1/90000 s (MPEG-4 part 2: 1/30000 s;
/// mkv: 1 ms). The video
/// grows under another name and takes its own only in `finish()`, so nothing half-written is ever found at `path`.
/// The same pictures at the same times give the same bytes.
package final class VideoWriter {
    /// The file to be written.
    package let path: String
    /// Size of the pictures that are taken.
    package let width: Int
    package let height: Int
    /// Frames appended so far.
    package private(set) var frameCount = 0
    /// The encoder at work, such as `libx264`.
    package let encoderName: String

    private let partial: PartialFile
    private let context: UnsafeMutablePointer<AVFormatContext>
    private let stream: UnsafeMutablePointer<AVStream>
    private let encoder: UnsafeMutablePointer<AVCodecContext>
    private let frame: UnsafeMutablePointer<AVFrame>
    private let packet: UnsafeMutablePointer<AVPacket>
    private let scaler: OpaquePointer
    private let ticksPerSecond: Double
    private let ticksPerFrame: Int64
    private var lastTick: Int64?
    private var isOpen = true

    /// What encoders take along an edge.
    private static let greatestSide = 8192
    private static let endings = ["mp4", "m4v", "mov", "mkv"]

    /// Starts a video of `width` × `height` pictures; odd sizes are made even by doubling the last column or row.
    ///
    /// - Parameters:
    ///   - frameRate: about how many frames a second will come; the real times are those given to `append`.
    ///   - quality: H.264's constant rate factor, 0…51, smaller is better and bigger in bytes.
    ///   - encoders: the library's encoders to take the first one present of.
    package init(
        path: String, width: Int, height: Int, frameRate: Double, quality: Int = 23,
        encoders: [String] = ["libx264", "mpeg4"]
    ) throws(VideoError) {
        guard (1...Self.greatestSide).contains(width), (1...Self.greatestSide).contains(height) else {
            let limit = Self.greatestSide
            throw VideoError(path, "expected pictures of at most \(limit)x\(limit) to write, found \(width)x\(height)")
        }
        precondition(frameRate > 0 && frameRate <= 1000, "a frame rate is positive and at most 1000 a second")
        MediaLibrary.prepare()
        self.path = path
        self.width = width
        self.height = height
        let place = URL(fileURLWithPath: path)
        guard Self.endings.contains(place.pathExtension.lowercased()) else {
            throw VideoError(
                path,
                "expected a name ending in .\(Self.endings.joined(separator: ", .")), "
                    + "found '\(place.lastPathComponent)'")
        }
        partial = PartialFile(for: path)
        try partial.checkPlace()
        var parts = Parts()
        do throws(VideoError) {
            encoderName = try parts.open(
                path: path, partialPath: partial.growingPath, ending: place.pathExtension.lowercased(),
                size: (width, height), frameRate: frameRate, quality: quality, encoders: encoders)
        } catch {
            parts.free()
            partial.remove()
            throw error
        }
        context = parts.context!
        stream = parts.stream!
        encoder = parts.encoder!
        frame = parts.frame!
        packet = parts.packet!
        scaler = parts.scaler!
        ticksPerSecond = Double(encoder.pointee.time_base.den)
        ticksPerFrame = max(1, Int64((ticksPerSecond / frameRate).rounded()))
    }

    deinit {
        close()
        partial.remove()
    }

    /// Adds a picture shown from `time` on; times must grow.
    package func append(_ pixels: PixelBuffer, at time: Duration) throws(VideoError) {
        precondition(isOpen, "a finished video takes no more frames")
        guard pixels.width == width, pixels.height == height else {
            throw VideoError(
                path, "expected pictures of \(width)x\(height), found one of \(pixels.width)x\(pixels.height)")
        }
        var tick = Int64((time / .seconds(1) * ticksPerSecond).rounded())
        if let lastTick {
            guard tick >= lastTick else {
                let last = Double(lastTick) / ticksPerSecond
                throw VideoError(path, "expected a frame later than \(last) s, found one at \(time / .seconds(1)) s")
            }
            tick = max(tick, lastTick + 1)
        }
        lastTick = tick
        try MediaLibrary.check(av_frame_make_writable(frame), path, "cannot reuse a frame")
        try convert(pixels)
        frame.pointee.pts = tick
        frame.pointee.pict_type = AV_PICTURE_TYPE_NONE
        try MediaLibrary.check(avcodec_send_frame(encoder, frame), path, "cannot encode a frame")
        try writeReadyPackets()
        frameCount += 1
    }

    /// Ends the video and gives it its name, replacing what was there.
    package func finish() throws(VideoError) {
        precondition(isOpen, "a video is finished once")
        try MediaLibrary.check(avcodec_send_frame(encoder, nil), path, "cannot end the encoding")
        try writeReadyPackets()
        try MediaLibrary.check(av_write_trailer(context), path, "cannot end the file")
        try MediaLibrary.check(avio_closep(&context.pointee.pb), path, "cannot write the file")
        close()
        try partial.takeName()
    }

    private func convert(_ pixels: PixelBuffer) throws(VideoError) {
        let rows = pixels.bytes.withUnsafeBufferPointer { bytes in
            var source = bytes.baseAddress
            var sourceStride = Int32(pixels.stride)
            let planes = UnsafeRawPointer(frame.pointer(to: \.data)!)
                .assumingMemoryBound(to: UnsafeMutablePointer<UInt8>?.self)
            let strides = UnsafeRawPointer(frame.pointer(to: \.linesize)!).assumingMemoryBound(to: Int32.self)
            return sws_scale(scaler, &source, &sourceStride, 0, Int32(height), planes, strides)
        }
        guard rows == Int32(height) else { throw VideoError(path, "a picture could not be converted for encoding") }
        // The chroma planes already cover the even size; the luma plane lacks its last column or row.
        let luma = frame.pointee.data.0!
        let stride = Int(frame.pointee.linesize.0)
        if width % 2 == 1 {
            for y in 0..<height { luma[y * stride + width] = luma[y * stride + width - 1] }
        }
        if height % 2 == 1 {
            (luma + height * stride).update(from: luma + (height - 1) * stride, count: (width + 1) / 2 * 2)
        }
    }

    private func writeReadyPackets() throws(VideoError) {
        while true {
            let code = avcodec_receive_packet(encoder, packet)
            if code == laban_AVERROR(EAGAIN) || code == laban_AVERROR_EOF() { return }
            try MediaLibrary.check(code, path, "cannot encode a frame")
            if packet.pointee.duration == 0 { packet.pointee.duration = ticksPerFrame }
            av_packet_rescale_ts(packet, encoder.pointee.time_base, stream.pointee.time_base)
            packet.pointee.stream_index = stream.pointee.index
            try MediaLibrary.check(av_interleaved_write_frame(context, packet), path, "cannot write the file")
        }
    }

    private func close() {
        guard isOpen else { return }
        isOpen = false
        var parts = Parts(
            context: context, stream: stream, encoder: encoder, frame: frame, packet: packet, scaler: scaler)
        parts.free()
    }
}
