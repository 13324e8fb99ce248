import CLibAV
import Foundation
import Imaging

/// A video's pictures in showing order, with their times.
///
/// Anything the FFmpeg libraries read will do. Pictures come upright, as the file's rotation says, in square pixels
/// whatever the stored ones are, and in the size of the first one: later ones of another size are scaled to it, and
/// those of another shape fitted into it between black bars.
///
/// A damaged or cut-off file gives every picture that can be read, then says so once in `warning`.
package final class VideoFile: PictureReading {
    /// The file or address as the caller gave it, but for what is secret in it.
    package let path: String
    /// Size of the pictures in pixels, as shown.
    package let width: Int
    package let height: Int
    /// Frames a second, the mean where the rate varies; nil when the file does not tell.
    package let frameRate: Double?
    /// How long the video is by the file's own account, which need not be true; nil when it does not tell.
    package let duration: Duration?
    /// How many frames to expect, for progress bars; nil when nothing tells.
    package let estimatedFrameCount: Int?
    /// What the file does not tell and had to be assumed, or what was done to its pictures, one phrase each.
    package let derived: [String]
    /// Set once reading has ended if something was missing or damaged: the file, from which second on, frames read.
    package private(set) var warning: String?
    /// The container's short name, such as `mov,mp4,m4a,3gp,3g2,mj2`.
    package var formatName: String { demuxer.formatName }
    /// Whether this is a single picture.
    package var isPhotograph: Bool { demuxer.isPicture }

    private let demuxer: Demuxer
    private let decoder: Decoder
    /// Of the first picture.
    private let shape: PictureShape
    private let converter: PixelConverter
    /// Makes later pictures that are unlike the first.
    private var other: (shape: PictureShape, converter: PixelConverter)?
    /// Whether frames are counted, and not timed by the container.
    private let isCounted: Bool
    private let interval: Duration
    private var clock: PresentationClock
    private var upcoming: UnsafeMutablePointer<AVFrame>?
    private var frameCount = 0
    private var lastTime = Duration.zero
    private var damage = Damage()

    /// What was found wrong so far.
    private struct Damage {
        var count = 0
        var firstAt: Duration?
        var words = ""
        var end: String?
    }

    /// Opens a video and reads up to its first picture.
    ///
    /// - Parameters:
    ///   - path: a file, or any address the libraries know (`scheme://…`).
    ///   - framesPerSecond: for streams without times, how many pictures were taken a second; nil takes what the stream
    ///     itself says, or 25.
    ///   - threads: how many threads decode; one by default, so that CPU time can be compared.
    /// - Throws: `VideoError` when there is no such file, not one picture can be read from it, or it has times of its own
    ///   although a rate is given.
    package init(path: String, framesPerSecond stated: Double? = nil, threads: Int = 1) throws(VideoError) {
        self.path = SourceAddress(path).description
        let demuxer = try Demuxer(path: path)
        guard stated == nil || !demuxer.hasTimes else {
            throw VideoError(
                path, "expected a stream without times to go with --fps, found a file that states its own times")
        }
        let decoder = try Decoder(for: demuxer.stream, threads: threads, path: path)
        var damage = Damage()
        guard let first = Self.decodeNext(demuxer, decoder, &damage, at: .zero) else {
            let reason = damage.end ?? (damage.count > 0 ? damage.words : "the stream is empty")
            throw VideoError(path, "expected at least one readable picture, found none (\(reason))")
        }
        self.demuxer = demuxer
        self.decoder = decoder
        self.damage = damage
        shape = PictureShape(first, of: demuxer.stream)
        converter = PixelConverter(shape, path: path)
        width = converter.shownWidth
        height = converter.shownHeight
        isCounted = !demuxer.hasTimes && !demuxer.isPicture
        let counted = CountedTime(stated: stated, stream: decoder.frameRate)
        let frameRate = isCounted ? counted.framesPerSecond : demuxer.frameRate
        let duration = isCounted ? nil : demuxer.expectedLength
        derived = [isCounted ? counted.note : nil, shape.note].compactMap { $0 }
        let declared = demuxer.stream.pointee.nb_frames
        let computed = frameRate.flatMap { rate in
            duration.map { Int(min(max($0 / .seconds(1) * rate, 1), 1e12).rounded()) }
        }
        // A file may hold more frames than its edit list shows.
        estimatedFrameCount = declared > 0 ? min(Int(declared), computed ?? .max) : computed
        self.frameRate = frameRate
        self.duration = duration
        let secondsPerFrame = frameRate.map { 1 / $0 }.flatMap { (1e-4...10).contains($0) ? $0 : nil } ?? 0.04
        interval = .nanoseconds(Int64(secondsPerFrame * 1e9))
        let base = demuxer.stream.pointee.time_base
        clock = PresentationClock(
            timeBase: isCounted ? counted.timeBase : (Int64(base.num), Int64(base.den)), interval: interval)
        upcoming = first
    }

    /// The next frame, or nil after the last. It may be kept for as long as wanted.
    package func next() throws(VideoError) -> Frame? {
        guard let picture = upcoming ?? Self.decodeNext(demuxer, decoder, &damage, at: lastTime) else {
            if warning == nil { warning = makeWarning() }
            return nil
        }
        upcoming = nil
        let stamp = picture.pointee.best_effort_timestamp
        let time = clock.time(
            of: isCounted ? Int64(frameCount) : stamp == laban_AV_NOPTS_VALUE() ? nil : stamp)
        let frame = try makeFrame(of: picture, at: time)
        frameCount += 1
        lastTime = time
        return frame
    }

    /// The picture as a frame of the first one's size.
    private func makeFrame(
        of picture: UnsafeMutablePointer<AVFrame>, at time: Duration
    ) throws(VideoError) -> Frame {
        let shape = PictureShape(picture, of: demuxer.stream)
        if shape.isAlike(self.shape) { return try converter.frame(from: picture, index: frameCount, at: time) }
        if other?.shape != shape { other = (shape, PixelConverter(shape, path: path)) }
        var frame = try other!.converter.frame(from: picture, index: frameCount, at: time)
        frame.picture = frame.picture.fitted(toWidth: width, height: height)
        return frame
    }

    /// Feeds the decoder until a picture comes out; nil at the end of everything.
    private static func decodeNext(
        _ demuxer: Demuxer, _ decoder: Decoder, _ damage: inout Damage, at time: Duration
    ) -> UnsafeMutablePointer<AVFrame>? {
        var errorsInARow = 0
        func note(_ words: String) {
            errorsInARow += 1
            damage.count += 1
            if damage.firstAt == nil {
                damage.firstAt = time
                damage.words = words
            }
        }
        while true {
            switch decoder.receive() {
            case .frame(let frame) where frame.pointee.width > 0 && frame.pointee.height > 0: return frame
            case .frame: note("a picture without size")
            case .end: return nil
            case .damaged(let words):
                note(words)
                // While draining, no packet follows that could get the decoder going again.
                if errorsInARow > 1_000 { return nil }
            case .needsPacket:
                switch demuxer.next() {
                case .packet(let packet): if let words = decoder.send(packet) { note(words) }
                case .end: _ = decoder.send(nil)
                case .broken(let words):
                    damage.end = words
                    _ = decoder.send(nil)
                }
            }
        }
    }

    private func makeWarning() -> String? {
        let read = "\(frameCount) frame\(frameCount == 1 ? "" : "s") were read"
        let lost = damage.count > 0 ? ", \(damage.count) could not be decoded" : ""
        let end = lastTime + interval
        if let expected = duration, damage.end != nil || endsShort(of: expected, at: end) {
            return "\(path): ends early, at \(Self.seconds(end)) of \(Self.seconds(expected)): \(read)\(lost)"
        }
        if let words = damage.end {
            return "\(path): cannot be read beyond \(Self.seconds(end)) (\(words)): \(read)\(lost)"
        }
        if let first = damage.firstAt {
            return "\(path): damaged from \(Self.seconds(first)) on (\(damage.words)): \(read)\(lost)"
        }
        return nil
    }

    /// Whether the pictures stop well before they should. The container's own length may be that of the sound, so
    /// it must be missed by more before it counts.
    private func endsShort(of expected: Duration, at end: Duration) -> Bool {
        if demuxer.streamLength != nil { return end + max(interval * 2, .milliseconds(100)) < expected }
        if demuxer.guessesContainerDuration { return false }
        return end + max(.seconds(1), expected / 20) < expected
    }

    private static func seconds(_ time: Duration) -> String { String(format: "%.2f s", time / .seconds(1)) }
}
