import CLibAV

/// A stream's decoder: packets in, pictures in showing order out.
final class Decoder {
    enum Receipt {
        /// A picture; it is the caller's until the next call.
        case frame(UnsafeMutablePointer<AVFrame>)
        case needsPacket
        case end
        /// A picture was lost, with the library's words.
        case damaged(String)
    }

    /// What it decodes.
    var codec: AVCodecID { context.pointee.codec_id }
    /// Pictures a second where the coded stream itself tells, known once a picture was decoded; nil otherwise.
    var frameRate: Double? {
        let rate = context.pointee.framerate
        return rate.num > 0 && rate.den > 0 ? Double(rate.num) / Double(rate.den) : nil
    }
    private let context: UnsafeMutablePointer<AVCodecContext>
    private let frame: UnsafeMutablePointer<AVFrame>

    /// Pictures beyond this many pixels are refused, so that a hostile file cannot ask for all memory.
    private static let largestPicture: Int64 = 8192 * 8192

    init(for stream: UnsafeMutablePointer<AVStream>, threads: Int, path: String) throws(VideoError) {
        guard let parameters = stream.pointee.codecpar, let codec = avcodec_find_decoder(parameters.pointee.codec_id)
        else {
            let name = stream.pointee.codecpar.map { String(cString: avcodec_get_name($0.pointee.codec_id)) }
            throw VideoError(path, "expected pictures that can be decoded, found \(name ?? "no codec")")
        }
        var created = avcodec_alloc_context3(codec)
        var picture = av_frame_alloc()
        guard let context = created, let frame = picture else { throw VideoError(path, "out of memory") }
        do throws(VideoError) {
            try MediaLibrary.check(
                avcodec_parameters_to_context(context, parameters), path, "cannot set up the decoder")
            context.pointee.pkt_timebase = stream.pointee.time_base
            context.pointee.thread_count = Int32(clamping: max(1, threads))
            context.pointee.max_pixels = Self.largestPicture
            try MediaLibrary.check(
                avcodec_open2(context, codec, nil), path,
                "cannot start the \(String(cString: codec.pointee.name)) decoder")
        } catch {
            avcodec_free_context(&created)
            av_frame_free(&picture)
            throw error
        }
        self.context = context
        self.frame = frame
    }

    deinit {
        var context: UnsafeMutablePointer<AVCodecContext>? = context
        avcodec_free_context(&context)
        var frame: UnsafeMutablePointer<AVFrame>? = frame
        av_frame_free(&frame)
    }

    /// Hands over a packet, or nil after the last one. Gives the library's words when the packet is damaged.
    func send(_ packet: UnsafeMutablePointer<AVPacket>?) -> String? {
        let code = avcodec_send_packet(context, packet)
        return code >= 0 || code == laban_AVERROR_EOF() ? nil : MediaLibrary.words(for: code)
    }

    /// The next picture that is ready.
    func receive() -> Receipt {
        let code = avcodec_receive_frame(context, frame)
        if code >= 0 { return .frame(frame) }
        if code == laban_AVERROR_EOF() { return .end }
        if code == laban_AVERROR(EAGAIN) { return .needsPacket }
        return .damaged(MediaLibrary.words(for: code))
    }
}
