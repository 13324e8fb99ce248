import CLibAV

/// A camera: anything the FFmpeg libraries read that plays on by itself (RTSP, HTTP, Video4Linux devices, …).
///
/// It reconnects whenever pictures stop coming and says so between the pictures. Sizes, pixel formats and codecs may
/// change from one picture to the next. Media time is the time since the source was made, on the monotonic clock.
///
/// All but `stop()`, `now` and `origin` belong to one thread, which blocks in `next()`.
package final class LiveSource {
    package enum Item: Sendable {
        case picture(Frame)
        case report(ConnectionReport)
    }

    /// Where the camera is.
    package let address: SourceAddress
    /// The monotonic clock at media time 0, in nanoseconds.
    package var origin: UInt64 { interrupt.origin }
    /// Media time now.
    package var now: Duration { interrupt.now }

    private let settings: LiveSettings
    private let interrupt = LiveInterrupt()
    private var connection: LiveConnection
    private var clock = LiveClock()
    private var demuxer: Demuxer?
    private var decoder: Decoder?
    private var converter: (shape: PictureShape, converter: PixelConverter)?
    private var upcoming: Frame?
    private var frameCount = 0

    /// Errors of a decoder in a row after which the connection is made anew.
    private static let patience = 1_000

    package init(_ address: SourceAddress, settings: LiveSettings = .init()) {
        self.address = address
        self.settings = settings
        connection = LiveConnection(settings: settings)
    }

    /// Ends `next()` on whatever thread it waits; it gives nil from then on.
    package func stop() { interrupt.stop() }

    /// The next picture, or what happened to the connection; nil after `stop()`.
    ///
    /// - Throws: `VideoError` when there was no first picture within the settings' start limit.
    package func next() throws(VideoError) -> Item? {
        if let frame = upcoming.take() { return .picture(frame) }
        while true {
            if interrupt.isStopRequested { connection.stop() }
            interrupt.setDeadline(connection.deadline)
            switch connection.state {
            case .stopped(let failure):
                close()
                guard let failure else { return nil }
                throw VideoError(
                    address.description, "expected a camera that sends pictures, found none: \(failure)")
            case .waiting(let until):
                interrupt.wait(until: until)
                connection.waited(until: interrupt.now)
            case .connecting, .online:
                do throws(LiveFault) {
                    if demuxer == nil { try open() }
                    let frame = try read()
                    guard var report = connection.pictureArrived(at: interrupt.now) else { return .picture(frame) }
                    if let note = converter?.shape.note { report.message += "; " + note }
                    upcoming = frame
                    return .report(report)
                } catch {
                    close()
                    if interrupt.isStopRequested { continue }
                    if let report = connection.lost(cause(of: error), at: interrupt.now) { return .report(report) }
                }
            }
        }
    }

    private func cause(of fault: LiveFault) -> LiveConnection.Cause {
        if interrupt.isDue { return .silent }
        if fault.isRefusal { return .refused(fault.words) }
        return fault.words.isEmpty ? .ended : .broken(fault.words)
    }

    private func open() throws(LiveFault) {
        let demuxer = try Demuxer(live: address, settings: settings, interrupt: interrupt)
        self.demuxer = demuxer
        decoder = try makeDecoder(demuxer)
        clock.restart()
    }

    private func close() {
        decoder = nil
        demuxer = nil
        converter = nil
    }

    /// One thread: more would each hold a picture back.
    private func makeDecoder(_ demuxer: Demuxer) throws(LiveFault) -> Decoder {
        do throws(VideoError) {
            return try Decoder(for: demuxer.stream, threads: 1, path: address.description)
        } catch {
            throw LiveFault(words: error.message)
        }
    }

    /// Reads up to the next whole picture.
    private func read() throws(LiveFault) -> Frame {
        guard let demuxer else { throw LiveFault(words: "") }
        var errorsInARow = 0
        while errorsInARow < Self.patience, !interrupt.isDue {
            switch decoder?.receive() {
            case .frame(let picture) where picture.pointee.width > 0 && picture.pointee.height > 0:
                return try makeFrame(picture, of: demuxer.stream)
            case .frame, .damaged: errorsInARow += 1
            case .end, nil: throw LiveFault(words: "")
            case .needsPacket:
                switch demuxer.next() {
                case .end: throw LiveFault(words: "")
                case .broken(let words): throw LiveFault(words: words)
                case .packet(let packet):
                    if connection.state == .connecting {
                        connection.packetArrived(at: interrupt.now)
                        interrupt.setDeadline(connection.deadline)
                    }
                    if decoder?.codec != demuxer.stream.pointee.codecpar.pointee.codec_id {
                        decoder = try makeDecoder(demuxer)
                    }
                    // A damaged packet costs its picture, and the next ones tell whether it goes on.
                    _ = decoder?.send(packet)
                }
            }
        }
        throw LiveFault(words: "pictures that cannot be decoded")
    }

    private func makeFrame(
        _ picture: UnsafeMutablePointer<AVFrame>, of stream: UnsafeMutablePointer<AVStream>
    ) throws(LiveFault) -> Frame {
        let shape = PictureShape(picture, of: stream)
        let converter: PixelConverter
        if let known = self.converter, known.shape == shape {
            converter = known.converter
        } else {
            converter = PixelConverter(shape, path: address.description)
            self.converter = (shape, converter)
        }
        let stamp = picture.pointee.best_effort_timestamp
        let base = stream.pointee.time_base
        let seconds =
            stamp == laban_AV_NOPTS_VALUE() || base.num <= 0 || base.den <= 0
            ? nil : Double(stamp) * Double(base.num) / Double(base.den)
        defer { frameCount += 1 }
        do throws(VideoError) {
            return try converter.frame(
                from: picture, index: frameCount, at: clock.time(of: seconds, arrival: interrupt.now))
        } catch {
            throw LiveFault(words: error.message)
        }
    }
}
