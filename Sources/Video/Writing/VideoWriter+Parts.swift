import CLibAV
import Foundation

extension VideoWriter {
    /// The library's objects behind a writer, as far as they exist yet.
    struct Parts {
        var context: UnsafeMutablePointer<AVFormatContext>?
        var stream: UnsafeMutablePointer<AVStream>?
        var encoder: UnsafeMutablePointer<AVCodecContext>?
        var frame: UnsafeMutablePointer<AVFrame>?
        var packet: UnsafeMutablePointer<AVPacket>?
        var scaler: OpaquePointer?

        /// Makes all of them and writes the file's head; gives the encoder's name. What was made before an error stays
        /// to be freed.
        mutating func open(
            path: String, partialPath: String, ending: String, size: (width: Int, height: Int), frameRate: Double,
            quality: Int, encoders: [String]
        ) throws(VideoError) -> String {
            let container = ending == "mkv" ? "matroska" : ending == "mov" ? "mov" : "mp4"
            try MediaLibrary.check(
                avformat_alloc_output_context2(&context, nil, container, partialPath), path, "cannot write \(container)"
            )
            guard let codec = encoders.lazy.compactMap({ avcodec_find_encoder_by_name($0) }).first else {
                let names = encoders.joined(separator: ", ")
                throw VideoError(path, "expected one of the encoders \(names), found none in the installed libraries")
            }
            stream = avformat_new_stream(context, nil)
            encoder = avcodec_alloc_context3(codec)
            frame = av_frame_alloc()
            packet = av_packet_alloc()
            guard let context, let stream, let encoder, let frame, packet != nil else {
                throw VideoError(path, "out of memory")
            }
            context.pointee.flags |= AVFMT_FLAG_BITEXACT
            encoder.pointee.width = Int32((size.width + 1) / 2 * 2)
            encoder.pointee.height = Int32((size.height + 1) / 2 * 2)
            encoder.pointee.pix_fmt = AV_PIX_FMT_YUV420P
            encoder.pointee.framerate = av_d2q(frameRate, 1 << 16)
            encoder.pointee.color_range = AVCOL_RANGE_MPEG
            encoder.pointee.colorspace = AVCOL_SPC_BT709
            encoder.pointee.color_primaries = AVCOL_PRI_BT709
            encoder.pointee.color_trc = AVCOL_TRC_BT709
            // One thread: the encoder's choices, and so the bytes, depend on how many there are.
            encoder.pointee.thread_count = 1
            encoder.pointee.flags |= AV_CODEC_FLAG_BITEXACT
            if context.pointee.oformat.pointee.flags & AVFMT_GLOBALHEADER != 0 {
                encoder.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
            }
            if codec.pointee.id == AV_CODEC_ID_H264 {
                encoder.pointee.time_base = AVRational(num: 1, den: 90_000)
                av_opt_set(encoder.pointee.priv_data, "preset", "veryfast", 0)
                av_opt_set(encoder.pointee.priv_data, "crf", String(quality), 0)
            } else {
                // MPEG-4 part 2 counts time in at most 16 bits a second.
                encoder.pointee.time_base = AVRational(num: 1, den: 30_000)
                encoder.pointee.flags |= AV_CODEC_FLAG_QSCALE
                encoder.pointee.global_quality = Int32(max(1, quality / 5)) * FF_QP2LAMBDA
            }
            try MediaLibrary.check(
                avcodec_open2(encoder, codec, nil), path, "cannot start the encoder for \(size.width)x\(size.height)")
            stream.pointee.time_base = encoder.pointee.time_base
            stream.pointee.avg_frame_rate = encoder.pointee.framerate
            try MediaLibrary.check(
                avcodec_parameters_from_context(stream.pointee.codecpar, encoder), path, "cannot set up the stream")
            frame.pointee.format = AV_PIX_FMT_YUV420P.rawValue
            frame.pointee.width = encoder.pointee.width
            frame.pointee.height = encoder.pointee.height
            try MediaLibrary.check(av_frame_get_buffer(frame, 0), path, "cannot make a frame")
            try makeScaler(path: path, size: size)
            try MediaLibrary.check(
                avio_open(&context.pointee.pb, "file:" + partialPath, AVIO_FLAG_WRITE), path, "cannot create the file")
            var options: OpaquePointer?
            defer { av_dict_free(&options) }
            if container != "matroska" { av_dict_set(&options, "movflags", "+faststart", 0) }
            try MediaLibrary.check(avformat_write_header(context, &options), path, "cannot write the file's head")
            return String(cString: codec.pointee.name)
        }

        private mutating func makeScaler(path: String, size: (width: Int, height: Int)) throws(VideoError) {
            let (width, height) = (Int32(size.width), Int32(size.height))
            scaler = sws_getContext(
                width, height, AV_PIX_FMT_RGB24, width, height, AV_PIX_FMT_YUV420P, SWS_BILINEAR, nil, nil, nil)
            guard let scaler else { throw VideoError(path, "cannot convert \(width)x\(height) pictures for encoding") }
            _ = sws_setColorspaceDetails(
                scaler, sws_getCoefficients(SWS_CS_DEFAULT), 1, sws_getCoefficients(SWS_CS_ITU709), 0, 0, 1 << 16,
                1 << 16)
        }

        mutating func free() {
            sws_freeContext(scaler)
            av_packet_free(&packet)
            av_frame_free(&frame)
            avcodec_free_context(&encoder)
            if let context { avio_closep(&context.pointee.pb) }
            avformat_free_context(context)
            self = Parts()
        }
    }
}
