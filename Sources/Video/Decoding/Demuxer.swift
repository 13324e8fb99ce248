import CLibAV
import Foundation

/// An opened container and the one stream of pictures in it that is read.
final class Demuxer {
    enum Reading {
        /// A packet of the stream; it is the caller's until the next call.
        case packet(UnsafeMutablePointer<AVPacket>)
        case end
        /// The container cannot be followed any further, with the library's words.
        case broken(String)
    }

    let path: String
    /// The container's short name, such as `mov,mp4,m4a,3gp,3g2,mj2`.
    let formatName: String
    /// The stream that is read; a live source may go on in another one.
    private(set) var stream: UnsafeMutablePointer<AVStream>
    /// What ends blocking calls of a live source; nil for files.
    private let interrupt: LiveInterrupt?
    private let streamCount: UInt32
    private let context: UnsafeMutablePointer<AVFormatContext>
    private let packet: UnsafeMutablePointer<AVPacket>
    private var hasEnded = false

    private static let refusedCodecs = [AV_CODEC_ID_ANSI, AV_CODEC_ID_XBIN, AV_CODEC_ID_BINTEXT, AV_CODEC_ID_IDF]
    /// Errors in a row after which a container is given up.
    private static let patience = 16

    convenience init(path: String) throws(VideoError) {
        MediaLibrary.prepare()
        let (address, protocols) = try Self.address(of: path)
        var options: OpaquePointer?
        defer { av_dict_free(&options) }
        av_dict_set(&options, "pattern_type", "none", 0)
        av_dict_set(&options, "protocol_whitelist", protocols, 0)
        av_dict_set(&options, "format_whitelist", MediaFormats.allowed, 0)
        var opened: UnsafeMutablePointer<AVFormatContext>?
        let code = avformat_open_input(&opened, address, nil, &options)
        guard code >= 0, let opened else {
            if let refused = MediaFormats.refusedKind(of: address, protocols: protocols) {
                throw VideoError(path, "expected a video file, found \(refused)")
            }
            let source = SourceAddress(path)
            guard source.isRemote else {
                throw VideoError(
                    path, "expected a video file, found data no reader knows (\(MediaLibrary.words(for: code)))")
            }
            throw VideoError(path, "expected a video, found none: \(source.words(for: code))")
        }
        try self.init(owning: opened, path: path, interrupt: nil)
    }

    /// Takes over an opened container and chooses the stream; the container is closed when that fails.
    init(
        owning opened: UnsafeMutablePointer<AVFormatContext>, path: String, interrupt: LiveInterrupt?
    ) throws(VideoError) {
        do throws(VideoError) {
            let formatName = opened.pointee.iformat.map { String(cString: $0.pointee.name) } ?? "unknown"
            // A camera that says what it sends need not be listened to first.
            if interrupt == nil || !Self.knowsPictures(opened) {
                try MediaLibrary.check(avformat_find_stream_info(opened, nil), path, "cannot make out the streams")
            }
            stream = try Self.choose(from: opened, path: path)
            guard let packet = av_packet_alloc() else { throw VideoError(path, "out of memory") }
            self.packet = packet
            self.formatName = formatName
        } catch {
            var doomed: UnsafeMutablePointer<AVFormatContext>? = opened
            avformat_close_input(&doomed)
            throw error
        }
        context = opened
        streamCount = opened.pointee.nb_streams
        self.path = path
        self.interrupt = interrupt
    }

    deinit {
        var packet: UnsafeMutablePointer<AVPacket>? = packet
        av_packet_free(&packet)
        var context: UnsafeMutablePointer<AVFormatContext>? = context
        avformat_close_input(&context)
    }

    /// The next packet of the stream.
    func next() -> Reading {
        var errors = 0
        while !hasEnded {
            av_packet_unref(packet)
            let code = av_read_frame(context, packet)
            if code >= 0 {
                if packet.pointee.stream_index == stream.pointee.index || goesOn(in: packet.pointee.stream_index) {
                    return .packet(packet)
                }
            } else if code == laban_AVERROR_EOF() {
                hasEnded = true
            } else if let interrupt, interrupt.isDue {
                hasEnded = true
                return .broken(MediaLibrary.words(for: code))
            } else if code == laban_AVERROR(EAGAIN), let interrupt {
                // A device without a new picture.
                interrupt.wait(until: interrupt.now + .milliseconds(2))
            } else {
                errors += 1
                if errors == Self.patience {
                    hasEnded = true
                    return .broken(MediaLibrary.words(for: code))
                }
            }
        }
        return .end
    }

    /// Whether a stream of pictures that a live source began later is that of this packet; it is read from then on.
    private func goesOn(in index: Int32) -> Bool {
        guard interrupt != nil, index >= streamCount, index > stream.pointee.index,
            let later = context.pointee.streams[Int(index)],
            later.pointee.codecpar.pointee.codec_type == AVMEDIA_TYPE_VIDEO,
            avcodec_find_decoder(later.pointee.codecpar.pointee.codec_id) != nil
        else { return false }
        stream = later
        return true
    }

    private static func knowsPictures(_ context: UnsafeMutablePointer<AVFormatContext>) -> Bool {
        (0..<Int(context.pointee.nb_streams)).contains { index in
            guard let parameters = context.pointee.streams[index]?.pointee.codecpar.pointee else { return false }
            return parameters.codec_type == AVMEDIA_TYPE_VIDEO && avcodec_find_decoder(parameters.codec_id) != nil
        }
    }

    /// Frames a second where the container tells or lets guess; nil otherwise.
    var frameRate: Double? {
        let rate = av_guess_frame_rate(context, stream, nil)
        guard rate.num > 0, rate.den > 0 else { return nil }
        return Double(rate.num) / Double(rate.den)
    }

    /// How long the pictures go on by the file's own account; nil when it does not tell.
    var expectedLength: Duration? { streamLength ?? containerLength }

    /// How long the stream is by its own account; nil when only the container as a whole says so, or nobody.
    var streamLength: Duration? {
        // An AVI counts time in frames, and a cut-off one is given the duration of what is left.
        let ticks = max(stream.pointee.duration, formatName == "avi" ? stream.pointee.nb_frames : 0)
        let base = stream.pointee.time_base
        if ticks > 0, base.num > 0, base.den > 0 {
            return plausible(seconds: Double(ticks) * Double(base.num) / Double(base.den))
        }
        guard let entry = av_dict_get(stream.pointee.metadata, "DURATION", nil, 0) else { return nil }
        let parts = String(cString: entry.pointee.value).split(separator: ":").map { Double($0) ?? .nan }
        guard parts.count == 3 else { return nil }
        return plausible(seconds: parts[0] * 3600 + parts[1] * 60 + parts[2])
    }

    /// How long the container says it is, which may be the sound's length or a guess from the bit rate.
    private var containerLength: Duration? {
        guard context.pointee.duration > 0 else { return nil }
        return plausible(seconds: Double(context.pointee.duration) / Double(AV_TIME_BASE))
    }

    /// Whether the container's length is a guess from bit rate and file size.
    var guessesContainerDuration: Bool {
        context.pointee.duration_estimation_method == AVFMT_DURATION_FROM_BITRATE
    }

    /// A length in seconds. Where times do not begin at 0, as in a segment of a longer recording, what is stated as a
    /// length is often the time of the end: the shorter of both readings is taken.
    private func plausible(seconds: Double) -> Duration? {
        let start = context.pointee.start_time
        let begin = start == laban_AV_NOPTS_VALUE() ? 0 : Double(start) / Double(AV_TIME_BASE)
        let length = begin >= Self.leastStart && seconds > begin ? seconds - begin : seconds
        return length > 0 && length < 1e9 ? .microseconds(Int64((length * 1e6).rounded())) : nil
    }

    /// Containers that begin a little after 0 only make room for reordering or for sound.
    private static let leastStart = 2.0

    /// Whether the container tells when each picture is shown; a bare stream only has them follow each other. Its reader
    /// lets itself be told a rate, which none does that finds times.
    var hasTimes: Bool {
        guard let reader = context.pointee.iformat?.pointee, !isPicture else { return false }
        if reader.flags & AVFMT_NOTIMESTAMPS != 0 { return false }
        // Only a reader of a class has settings to look among.
        guard reader.priv_class != nil, let settings = context.pointee.priv_data else { return true }
        return av_opt_find(settings, "framerate", nil, 0, 0) == nil
    }

    /// Whether the container is that of single pictures.
    var isPicture: Bool { formatName.contains("image2") || formatName.hasSuffix("_pipe") }

    /// What to hand to the library for a path, and the protocols it may use.
    private static func address(of path: String) throws(VideoError) -> (address: String, protocols: String) {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
            if isFolder.boolValue { throw VideoError(path, "expected a video file, found a folder") }
            guard FileManager.default.isReadableFile(atPath: path) else {
                throw VideoError(path, "expected a file that may be read, found one without that permission")
            }
            let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
            let type = (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
            // Nobody may ever write into a pipe, and opening one waits for somebody who does.
            if Self.isPipe(path) { throw VideoError(path, "expected a video file, found a pipe") }
            if size == 0, type == .typeRegular {
                throw VideoError(path, "expected a video file, found an empty one (0 bytes)")
            }
            return ("file:" + path, "file")
        }
        if path.contains("://") { return (path, SourceAddress(path).protocols(followsLists: false)) }
        throw VideoError(path, "expected a video file, found nothing at that path")
    }

    private static func isPipe(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
    }

    /// The best stream of moving pictures that can be decoded, as the library's own rule has it: the one marked as the
    /// default before others, one with several pictures before a single one, then the one with more bits; where that
    /// tells nothing, the larger one. All others are told to be skipped.
    private static func choose(
        from context: UnsafeMutablePointer<AVFormatContext>, path: String
    ) throws(VideoError) -> UnsafeMutablePointer<AVStream> {
        let streams = (0..<Int(context.pointee.nb_streams)).compactMap { context.pointee.streams[$0] }
        let candidates = streams.filter { stream in
            let parameters = stream.pointee.codecpar.pointee
            return parameters.codec_type == AVMEDIA_TYPE_VIDEO && !isCover(stream)
                && !refusedCodecs.contains(parameters.codec_id)
        }
        func rank(_ stream: UnsafeMutablePointer<AVStream>) -> [Int64] {
            let parameters = stream.pointee.codecpar.pointee
            let several: Int64 = 5
            return [
                stream.pointee.disposition & AV_DISPOSITION_DEFAULT != 0 ? 1 : 0,
                // Where a container does not count its pictures there are several.
                stream.pointee.nb_frames > 0 ? min(stream.pointee.nb_frames, several) : several,
                parameters.bit_rate, Int64(parameters.width) * Int64(parameters.height),
            ]
        }
        let chosen = candidates.max { rank($0).lexicographicallyPrecedes(rank($1)) }
        var found: [String] = []
        for stream in streams where stream != chosen {
            stream.pointee.discard = AVDISCARD_ALL
            let parameters = stream.pointee.codecpar.pointee
            let kind = isCover(stream) ? "cover picture" : kindNames[parameters.codec_type.rawValue] ?? "data"
            found.append("\(kind) (\(String(cString: avcodec_get_name(parameters.codec_id))))")
        }
        guard let chosen else {
            let rest = found.isEmpty ? "no stream at all" : "only " + found.joined(separator: ", ")
            throw VideoError(path, "expected a stream of pictures, found \(rest)")
        }
        return chosen
    }

    private static func isCover(_ stream: UnsafeMutablePointer<AVStream>) -> Bool {
        stream.pointee.disposition & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS) != 0
    }

    private static let kindNames = [
        AVMEDIA_TYPE_VIDEO.rawValue: "video", AVMEDIA_TYPE_AUDIO.rawValue: "sound",
        AVMEDIA_TYPE_SUBTITLE.rawValue: "subtitles",
    ]
}
