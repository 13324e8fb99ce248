import CLibAV

/// Keeps the memory of a decoded picture, which the decoder's pool gets back when this goes.
///
/// `@unchecked Sendable`: filled by the thread that makes it, before anybody else sees it, and not touched again until
/// `deinit`. The library counts references to the memory atomically, and leaves alone what others hold; it may be
/// given back from any thread, after the decoder itself too.
final class DecodedPicture: @unchecked Sendable {
    private let frame: UnsafeMutablePointer<AVFrame>

    /// Holds nothing yet; nil when memory is out.
    init?() {
        guard let frame = av_frame_alloc() else { return nil }
        self.frame = frame
    }

    deinit {
        var frame: UnsafeMutablePointer<AVFrame>? = frame
        av_frame_free(&frame)
    }

    /// Takes over the picture; `decoded` is empty then.
    func take(_ decoded: UnsafeMutablePointer<AVFrame>) {
        av_frame_unref(frame)
        av_frame_move_ref(frame, decoded)
    }
}
