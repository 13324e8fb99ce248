import JSONLines
import Skeleton

/// An event as the flat set of keys its line has; the order of the properties is the order of the keys.
struct EventFields: Equatable {
    var version: Int64?
    var type: String?
    var id: String?
    var phase: String?
    var run: String?
    var stream: String?
    var sequence: UInt64?
    var camera: String?
    var track: Int64?
    var otherTrack: Int64?
    var mutual: Bool?
    var label: String?
    var confidence: Double?
    var threshold: Double?
    var peak: Double?
    var index: Int64?
    var set: Int64?
    var count: Int64?
    var partialCount: Int64?
    var countByMotion: Int64?
    var isDisputed: Bool?
    var isPartial: Bool?
    var basis: String?
    var faults: FaultList?
    var unjudged: NameList?
    var rangeOfMotion: Double?
    var down: Double?
    var up: Double?
    var meanDuration: Double?
    var rest: Double?
    var held: Double?
    var state: String?
    var message: String?
    var robot: String?
    var arm: String?
    var jointNames: NameList?
    var positions: NumberList?
    var velocities: NumberList?
    var accelerations: NumberList?
    var target: Int64?
    var status: String?
    var upperArmError: Double?
    var forearmError: Double?
    var wristError: Double?
    var grip: Double?
    var isDryRun: Bool?
    var frames: Int64?
    var droppedFrames: Int64?
    var outage: Double?
    var framesPerSecond: Double?
    var droppedShare: Double?
    var waiting: Int64?
    var dropped: Int64?
    var since: Int64?
    var until: Int64?
    var joints: JointFields?
    var mayBeSwapped: Bool?
    var swappedWith: [Int64]?
    var lastSequences: LastSequences?
    var frame: Int64?
    var presentationTime: Int64?
    var start: Int64?
    var end: Int64?
    var turningPoint: Int64?
    var captureTime: Int64?
    var publishTime: Int64?
    var clock: String?
    var monotonicNanoseconds: UInt64?
    var reason: String?
    var model: String?
    var durable: Bool?
}

extension EventFields {
    init(_ event: Event) {
        let kind = event.kind
        version = EventLine.version
        type = kind.type
        id = event.id.description
        phase = event.phase.rawValue
        run = event.run.description
        stream = event.stream
        sequence = event.sequence
        camera = event.camera.isEmpty ? nil : event.camera
        track = event.track.map { Int64($0.value) }
        label = kind == .camera ? nil : event.label
        confidence = event.confidence.map(Double.init)
        frame = event.frame.map(Int64.init)
        presentationTime = event.presentationTime?.inMicroseconds
        start = event.start?.inMicroseconds
        end = event.end?.inMicroseconds
        captureTime = event.captureTime.microseconds
        publishTime = event.publishTime.microseconds
        clock = event.clock.rawValue
        monotonicNanoseconds = event.monotonicNanoseconds
        reason = event.reason?.rawValue
        model = event.model
        durable = event.isDurable ? nil : false
        take(event.payload)
    }

    /// Fills in the fields that only some kinds have.
    private mutating func take(_ payload: EventPayload) {
        switch payload {
        case .action(let segment), .gesture(let segment), .interaction(let segment), .track(let segment):
            otherTrack = segment.other.map { Int64($0.value) }
            mutual = segment.isMutual ? true : nil
            threshold = segment.threshold.map(Double.init)
            peak = segment.peak.map(Double.init)
            joints = segment.joints.map { JointFields($0) }
            if let others = segment.mayBeSwappedWith {
                mayBeSwapped = true
                swappedWith = others.map { Int64($0.value) }
            }
        case .rep(let repetition):
            index = Int64(repetition.index)
            rangeOfMotion = repetition.rangeOfMotion.map(Double.init)
            down = repetition.down?.inSeconds
            up = repetition.up?.inSeconds
            joints = repetition.joints.map { JointFields($0) }
            turningPoint = repetition.turningPoint?.inMicroseconds
            set = repetition.set.map(Int64.init)
            isPartial = repetition.isPartial ? true : nil
            basis = repetition.basis
            faults = repetition.faults.isEmpty ? nil : FaultList(faults: repetition.faults)
            unjudged = repetition.unjudged.isEmpty ? nil : NameList(names: repetition.unjudged)
        case .set(let payload):
            index = Int64(payload.number)
            count = Int64(payload.count)
            partialCount = payload.partialCount > 0 ? Int64(payload.partialCount) : nil
            countByMotion = payload.countByMotion.map(Int64.init)
            isDisputed = payload.isDisputed ? true : nil
            rest = payload.rest?.inSeconds
            held = payload.held?.inSeconds
            meanDuration = payload.meanDuration?.inSeconds
            rangeOfMotion = payload.meanRange.map(Double.init)
            joints = payload.joints.map { JointFields($0) }
        case .robot(let robot): take(robot)
        case .camera(let camera):
            state = camera.state.rawValue
            message = camera.message
            frames = camera.frames.map(Int64.init)
            droppedFrames = camera.droppedFrames.map(Int64.init)
            outage = camera.outage?.inSeconds
            framesPerSecond = camera.framesPerSecond
            droppedShare = camera.droppedShare
        case .history(let history):
            label = nil
            state = history.state.rawValue
            message = history.message
            waiting = history.waiting.map(Int64.init)
            dropped = history.dropped.map(Int64.init)
            since = history.since?.microseconds
            until = history.until?.microseconds
        case .heartbeat(let heartbeat): lastSequences = LastSequences(positions: heartbeat.positions)
        }
    }

    /// The event these fields make; errors name the key that is missing or wrong.
    func event() throws(EventsError) -> Event {
        guard version == EventLine.version else {
            throw EventsError(
                "expected key \"v\" to be \(EventLine.version), found \(version.map(String.init) ?? "nothing")")
        }
        let kind = try known(EventKind.init(type:), "type", type)
        return Event(
            id: try known(EventID.init, "id", id), phase: try known(Phase.init(rawValue:), "phase", phase),
            run: try known(EventID.init, "run", run), stream: try present("stream", stream),
            sequence: try present("seq", sequence), camera: camera ?? "", frame: frame.map { Int($0) },
            presentationTime: presentationTime.map { .microseconds($0) },
            captureTime: UnixTime(microseconds: try present("t_cap_us", captureTime)),
            publishTime: UnixTime(microseconds: try present("t_pub_us", publishTime)),
            clock: try knownIfPresent(CaptureClock.init(rawValue:), "clock", clock) ?? .arrival,
            monotonicNanoseconds: monotonicNanoseconds ?? 0,
            reason: try knownIfPresent(EndReason.init(rawValue:), "reason", reason), model: model,
            isDurable: durable ?? true, payload: try payload(kind))
    }

    private func payload(_ kind: EventKind) throws(EventsError) -> EventPayload {
        switch kind {
        case .action: return .action(try segment())
        case .gesture: return .gesture(try segment())
        case .track: return .track(try segment())
        case .rep: return .rep(try repetition())
        case .set: return .set(try setPayload())
        case .interaction:
            var segment = try segment()
            segment.other = TrackID(Int(try present("other_track", otherTrack)))
            segment.isMutual = mutual ?? false
            return .interaction(segment)
        case .robot: return .robot(try robotPayload())
        case .camera:
            return .camera(
                CameraPayload(
                    state: try known(CameraPayload.State.init(rawValue:), "state", state), message: message,
                    frames: frames.map { Int($0) }, droppedFrames: droppedFrames.map { Int($0) },
                    outage: try seconds("outage_s", outage), framesPerSecond: framesPerSecond,
                    droppedShare: droppedShare))
        case .history:
            return .history(
                HistoryPayload(
                    state: try known(HistoryPayload.State.init(rawValue:), "state", state), message: message ?? "",
                    waiting: waiting.map { Int($0) }, dropped: dropped.map { Int($0) },
                    since: since.map { UnixTime(microseconds: $0) }, until: until.map { UnixTime(microseconds: $0) }))
        case .heartbeat:
            return .heartbeat(HeartbeatPayload(positions: try present("last_seq", lastSequences).positions))
        }
    }

    private func repetition() throws(EventsError) -> RepetitionPayload {
        var repetition = RepetitionPayload(
            track: try person(), exercise: try present("label", label), index: Int(try present("index", index)),
            confidence: confidence.map { Float($0) } ?? 1, start: try startTime(),
            turningPoint: turningPoint.map { .microseconds($0) }, rangeOfMotion: rangeOfMotion.map { Float($0) },
            down: try seconds("down_s", down), up: try seconds("up_s", up), joints: try shares())
        repetition.end = end.map { .microseconds($0) }
        repetition.set = set.map { Int($0) }
        repetition.isPartial = isPartial ?? false
        repetition.basis = basis
        repetition.faults = faults?.faults ?? []
        repetition.unjudged = unjudged?.names ?? []
        return repetition
    }

    private func setPayload() throws(EventsError) -> SetPayload {
        var set = SetPayload(
            track: try person(), exercise: try present("label", label), number: Int(try present("index", index)),
            count: Int(try present("count", count)), start: try startTime(),
            end: .microseconds(try present("end_pts_us", end)), confidence: confidence.map { Float($0) } ?? 1)
        set.partialCount = partialCount.map { Int($0) } ?? 0
        set.countByMotion = countByMotion.map { Int($0) }
        set.isDisputed = isDisputed ?? false
        set.rest = try seconds("rest_s", rest)
        set.held = try seconds("held_s", held)
        set.meanDuration = try seconds("mean_s", meanDuration)
        set.meanRange = rangeOfMotion.map { Float($0) }
        set.joints = try shares()
        return set
    }

    private func segment() throws(EventsError) -> Segment {
        Segment(
            track: try person(), label: try present("label", label),
            confidence: Float(try present("confidence", confidence)), start: try startTime(),
            end: end.map { .microseconds($0) },
            joints: try shares(),
            mayBeSwappedWith: mayBeSwapped == true ? (swappedWith ?? []).map { TrackID(Int($0)) } : nil,
            threshold: threshold.map { Float($0) }, peak: peak.map { Float($0) })
    }

    private func shares() throws(EventsError) -> JointShares? {
        guard let joints else { return nil }
        return JointShares(
            measured: Float(try present("joints.measured", joints.measured)),
            filled: Float(try present("joints.filled", joints.filled)),
            guessed: Float(try present("joints.guessed", joints.guessed)))
    }

    private func person() throws(EventsError) -> TrackID { TrackID(Int(try present("track", track))) }

    private func startTime() throws(EventsError) -> Duration {
        .microseconds(try present("start_pts_us", start ?? presentationTime))
    }

    private func seconds(_ key: String, _ value: Double?) throws(EventsError) -> Duration? {
        guard let value else { return nil }
        let duration = Duration(clampingSeconds: value)
        guard max(duration, .zero - duration) <= .mediaLimit else {
            throw EventsError("expected key \"\(key)\" in seconds, found \(value)")
        }
        return duration
    }

    func present<Value>(_ key: String, _ value: Value?) throws(EventsError) -> Value {
        guard let value else { throw EventsError("expected key \"\(key)\", found none") }
        return value
    }

    func known<Value>(
        _ make: (String) -> Value?, _ key: String, _ text: String?
    ) throws(EventsError) -> Value {
        let text = try present(key, text)
        guard let value = make(text) else { throw EventsError("expected a known \"\(key)\", found \"\(text)\"") }
        return value
    }

    private func knownIfPresent<Value>(
        _ make: (String) -> Value?, _ key: String, _ text: String?
    ) throws(EventsError) -> Value? {
        text == nil ? nil : try known(make, key, text)
    }
}

extension EventFields {
    /// What `last_seq` holds.
    struct LastSequences: Equatable {
        var positions: [HeartbeatPayload.Position] = []
    }

    /// What `faults` holds.
    struct FaultList: Equatable {
        var faults: [RepetitionPayload.Fault] = []
    }

    /// What `unjudged` holds.
    struct NameList: Equatable {
        var names: [String] = []
    }

    /// What `joints` holds.
    struct JointFields: Equatable {
        var measured: Double?
        var filled: Double?
        var guessed: Double?
    }
}

extension EventFields.JointFields {
    fileprivate init(_ shares: JointShares) {
        self.init(measured: Double(shares.measured), filled: Double(shares.filled), guessed: Double(shares.guessed))
    }
}
