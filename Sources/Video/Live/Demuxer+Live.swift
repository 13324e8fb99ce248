import CLibAV

/// Why a live source cannot be opened.
struct LiveFault: Error {
    /// Whether it wants another user or password.
    var isRefusal = false
    let words: String
}

extension Demuxer {
    /// Opens a camera; `interrupt` ends it when it takes too long, then and while reading.
    convenience init(
        live address: SourceAddress, settings: LiveSettings, interrupt: LiveInterrupt
    ) throws(LiveFault) {
        MediaLibrary.prepare()
        let format = address.isDevice ? try Self.deviceFormat() : nil
        var opened = avformat_alloc_context()
        guard let context = opened else { throw LiveFault(words: "out of memory") }
        context.pointee.interrupt_callback.callback = { interrupt in
            guard let interrupt else { return 0 }
            return Unmanaged<LiveInterrupt>.fromOpaque(interrupt).takeUnretainedValue().isDue ? 1 : 0
        }
        // The demuxer holds the interrupt for as long as it is open.
        context.pointee.interrupt_callback.opaque = Unmanaged.passUnretained(interrupt).toOpaque()
        // Reading a device blocks where nothing can interrupt it.
        if address.isDevice { context.pointee.flags |= AVFMT_FLAG_NONBLOCK }
        var options = Self.options(address, settings)
        defer { av_dict_free(&options) }
        let code = avformat_open_input(&opened, address.secret, format, &options)
        guard code >= 0, let opened else {
            throw LiveFault(isRefusal: laban_AVERROR_is_refusal(code) != 0, words: address.words(for: code))
        }
        do throws(VideoError) {
            try self.init(owning: opened, path: address.description, interrupt: interrupt)
        } catch {
            throw LiveFault(words: error.message)
        }
    }

    private static func deviceFormat() throws(LiveFault) -> UnsafePointer<AVInputFormat>? {
        guard CaptureLibrary.isUsable, let format = av_find_input_format("v4l2") else {
            throw LiveFault(words: "expected \(CaptureLibrary.name) to read cameras with, found none that does")
        }
        return UnsafePointer(format)
    }

    /// What the libraries are told; those that a protocol does not know are left over.
    private static func options(_ address: SourceAddress, _ settings: LiveSettings) -> OpaquePointer? {
        var texts: [String: String] = [:]
        if address.isDevice {
            if let size = settings.size { texts["video_size"] = "\(size.width)x\(size.height)" }
            if let rate = settings.frameRate { texts["framerate"] = "\(rate)" }
            if let format = settings.format { texts["input_format"] = format }
        } else {
            // Where a camera may send us on to: never to a file of ours.
            texts["protocol_whitelist"] = address.protocols(followsLists: true)
            texts["format_whitelist"] = MediaFormats.allowedLive
            texts["rtsp_transport"] = settings.transport.rawValue
            // Sound would only fill the line.
            texts["allowed_media_types"] = "video"
            // Room for a whole picture of datagrams while this thread is busy.
            texts["buffer_size"] = "\(2 << 20)"
            // What has to be looked at where the camera does not say what it sends.
            texts["probesize"] = "\(1 << 20)"
            texts["analyzeduration"] = "1000000"
        }
        var options: OpaquePointer?
        for (key, value) in texts { av_dict_set(&options, key, value, 0) }
        return options
    }
}
