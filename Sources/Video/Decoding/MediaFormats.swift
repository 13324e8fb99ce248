import CLibAV

/// Which of the library's readers may be used. Lists of other files open nothing here, whatever name they bear.
enum MediaFormats {
    /// Readers that make pictures of text, run scripts, or follow lists to other files, and what their files are.
    private static let refused: [String: String] = [
        "concat": "a list of files (ffconcat), which are not opened",
        "hls": "a playlist (HLS), whose files are not opened",
        "dash": "a manifest (DASH), whose files are not opened",
        "imf": "a composition (IMF), whose files are not opened",
        "webm_dash_manifest": "a manifest (DASH), whose files are not opened",
        "sdp": "the description of a stream (SDP), which is not opened",
        "ffmetadata": "notes for another file (ffmetadata)",
        "vobsub": "subtitles (VobSub)", "mlv": "a Magic Lantern recording, which may go on in other files",
        "avisynth": "a script (AviSynth)", "vapoursynth": "a script (VapourSynth)",
        "lavfi": "a description of filters",
        "tty": "text", "bin": "text", "xbin": "text", "idf": "text", "adf": "text", "libopenmpt": "music",
    ]
    /// What a camera may send all the same: lists of its own pieces, which come over the network.
    private static let live: Set<String> = ["hls", "dash", "sdp"]

    /// The names of all readers that a file may need, as the library wants them.
    static let allowed = names { refused[$0] == nil }
    /// The same for live sources.
    static let allowedLive = names { refused[$0] == nil || live.contains($0) }

    private static func names(_ isAllowed: (String) -> Bool) -> String {
        var names: [String] = []
        var state: UnsafeMutableRawPointer?
        while let format = av_demuxer_iterate(&state) {
            let all = String(cString: format.pointee.name).split(separator: ",").map(String.init)
            if all.allSatisfy(isAllowed) { names += all }
        }
        return names.joined(separator: ",")
    }

    /// What lies at an address, in words, if it is of a kind that is refused.
    static func refusedKind(of address: String, protocols: String) -> String? {
        var options: OpaquePointer?
        defer { av_dict_free(&options) }
        av_dict_set(&options, "protocol_whitelist", protocols, 0)
        var input: UnsafeMutablePointer<AVIOContext>?
        guard avio_open2(&input, address, AVIO_FLAG_READ, nil, &options) >= 0, let opened = input else { return nil }
        defer { avio_closep(&input) }
        var format: UnsafePointer<AVInputFormat>?
        guard av_probe_input_buffer2(opened, &format, address, nil, 0, 0) >= 0, let format else { return nil }
        return String(cString: format.pointee.name).split(separator: ",").lazy
            .compactMap { refused[String($0)] }.first
    }
}
