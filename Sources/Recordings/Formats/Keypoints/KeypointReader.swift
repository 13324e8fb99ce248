import Skeleton

/// Turns the frames of a foreign format into Laban's: unit, layout, times and tracks, each from the source or derived.
final class KeypointReader: SkeletonReading {
    let derived: [String]
    let frameCount: Int?
    let recordedAt: Duration?
    private let source: any KeypointSource
    private let survey: KeypointSurvey
    private let schedule: KeypointSchedule
    private let unit: KeypointUnit
    private let layout: KeypointLayout?
    /// Every picture's size: what the user says, else what the whole file says.
    private let statedPicture: PictureSize?
    /// How far pixels reach, where neither the user nor the format tells the picture's size.
    private let measuredPicture: PictureSize?
    /// Whether nobody is in two frames.
    private let isPhotographs: Bool
    private let worldFactor: Float
    private var position = 0
    private var people = 0

    /// - Parameters:
    ///   - facts: what the file says of the whole recording.
    ///   - file: what errors about the whole of it name.
    ///   - open: opens the source at its beginning; it is read twice, first for what only the whole tells.
    init(
        options: SkeletonReadingOptions, facts: FileFacts = .init(), file: String,
        open: () throws(RecordingsError) -> any KeypointSource
    ) throws(RecordingsError) {
        let surveyed = try open()
        var survey = KeypointSurvey(surveyed)
        var source = try open()
        var derived: [String] = []
        if survey.isUnordered {
            let ordered = OrderedFrames(source)
            survey = KeypointSurvey(ordered)
            ordered.rewind()
            source = ordered
            derived.append("frames put in the order of their numbers, people of one picture together")
        }
        self.survey = survey
        self.source = source
        frameCount = survey.frames
        isPhotographs = survey.isPhotographs && options.framesPerSecond == nil
        schedule = KeypointSchedule(
            survey, stated: options.framesPerSecond,
            own: FrameClock.Rate(facts.framesPerSecond, origin: "as the file says")
                ?? FrameClock.Rate(source.framesPerSecond, origin: "the format's own"))
        recordedAt = schedule.recordedAt
        unit = survey.unit(of: source.units)
        if survey.names.isEmpty {
            layout =
                survey.joints == 0
                ? nil
                : try KeypointLayout(count: survey.joints, own: source.topology, stated: options.layout, file: file)
        } else {
            layout = try KeypointLayout(names: survey.names, stated: options.layout, file: file)
        }
        let hasPictures = survey.hasPictures || facts.picture != nil
        let isMeasured = survey.hasImagePoints && unit == .pixels && !hasPictures
        statedPicture = options.picture ?? facts.picture
        measuredPicture = isMeasured && statedPicture == nil ? survey.extent : nil
        guard !isMeasured || statedPicture != nil || measuredPicture != nil else {
            throw RecordingsError(
                file: file, message: "expected points within 100000 pixels, found some farther away")
        }
        derived += schedule.notes
        if let note = layout?.note { derived.append(note) }
        if survey.hasImagePoints {
            let isContradicted = options.picture != nil && hasPictures && options.picture != facts.picture
            derived += Self.note(
                of: unit, stated: options.picture, isContradicted: isContradicted, measured: measuredPicture)
        }
        let scale = survey.worldScale
        worldFactor = scale.factor
        if scale.factor != 1 { derived.append("\(scale.unit) turned into metres") }
        derived += surveyed.notes
        derived += Self.passedOver(survey)
        if source.forgivesFrames, let (count, first) = survey.misfits {
            derived.append("\(count) \(count == 1 ? "frame" : "frames") of other joints left out, the first \(first)")
        }
        if survey.hasPeople, !survey.hasTracks, !isPhotographs { derived.append("tracks by Laban's tracker") }
        self.derived = derived
    }

    /// How points in the picture become fractions of it; nothing where they are.
    private static func note(
        of unit: KeypointUnit, stated: PictureSize?, isContradicted: Bool, measured: PictureSize?
    ) -> [String] {
        switch unit {
        case .pixels:
            let size =
                if let stated {
                    "\(stated) pixels (as stated\(isContradicted ? ", whatever the file says" : ""))"
                } else if let measured {
                    "\(measured) pixels (as far as the points reach; --picture says otherwise)"
                } else {
                    "the picture's width and height"
                }
            return ["x and y divided by " + size]
        case .fractions: return []
        case .signedFractions: return ["x and y moved from -1…1 to 0…1"]
        }
    }

    /// Who is not given, and why.
    private static func passedOver(_ survey: KeypointSurvey) -> [String] {
        var notes = survey.strangers.sorted { $0.key < $1.key }.map {
            "\($0.value) of category '\($0.key)' passed over"
        }
        if survey.emptyPeople > 0, !survey.hasPeople {
            notes.append("none of \(survey.emptyPeople) people has a joint of the body, so nobody is given")
        }
        return notes
    }

    func next() throws(RecordingsError) -> SkeletonFrame? {
        while let frame = try source.next() {
            let number = survey.hasGrowingNumbers ? frame.number ?? frame.image?.frameNumber ?? position : position
            let time = schedule.time(at: position, number: number)
            position += 1
            guard let time else { continue }
            do throws(RecordingsError) {
                return try self.frame(frame, number: number, time: time)
            } catch {
                guard source.forgivesFrames else { throw error }
            }
        }
        return nil
    }

    private func frame(
        _ frame: KeypointFrame, number: Int, time: Duration
    ) throws(RecordingsError) -> SkeletonFrame {
        let picture = statedPicture ?? frame.picture ?? measuredPicture
        var people: [TrackedPose] = []
        for person in frame.people where !person.isEmpty && survey.isPerson(person) {
            let pose = try pose(of: person, at: frame.place, picture: picture)
            self.people += 1
            let track =
                survey.hasTracks && person.id != nil ? person.id ?? 0 : isPhotographs ? self.people : people.count + 1
            people.append(TrackedPose(track: TrackID(track), pose: pose))
        }
        return SkeletonFrame(
            camera: "", index: number, presentationTime: time, aspectRatio: picture?.aspectRatio, people: people,
            hasTracks: survey.hasTracks || isPhotographs)
    }

    private func pose(
        of person: KeypointPerson, at place: RecordPlace, picture: PictureSize?
    ) throws(RecordingsError) -> Pose {
        if let hand = person.hands.first {
            // As a hand that Laban finds by itself: with its joints as those of a body, for a tracker to follow.
            return Pose(
                topology: .hand21, keypoints: hand.imagePoints.map { Keypoint(x: $0.x, y: $0.y, z: $0.z) },
                score: person.score ?? 1, hands: person.hands)
        }
        guard let layout else { throw place.error("expected nobody") }
        let points = try inOrder(person.points, of: person, at: place) ?? []
        let worldPoints = try inOrder(person.worldPoints, of: person, at: place) ?? []
        let presences = try inOrder(person.presences, of: person, at: place)
        var (scale, shift) = (SIMD2<Float>(1, 1), SIMD2<Float>.zero)
        switch unit {
        case .pixels: if let picture { scale = 1 / SIMD2(Float(picture.width), Float(picture.height)) }
        case .fractions: break
        case .signedFractions: (scale, shift) = (SIMD2(0.5, 0.5), SIMD2(0.5, 0.5))
        }
        var confidences: Float = 0
        var seen: Float = 0
        let keypoints =
            points.isEmpty
            ? []
            : layout.origins.map { origin -> Keypoint? in
                guard let point = Self.point(origin, of: points) else { return nil }
                let confidence = min(1, point.w)
                confidences += confidence
                seen += 1
                let place = SIMD2(point.x, point.y) * scale + shift
                var presence: Float = 1
                if case .copied(let joint) = origin, let presences, let own = presences[joint] { presence = own }
                return Keypoint(
                    x: place.x, y: place.y, z: point.z * scale.x, visibility: confidence, presence: presence)
            }
        let score = person.score.map { max(0, min(1, $0)) } ?? (seen > 0 ? confidences / seen : 1)
        return Pose(
            topology: layout.topology, keypoints: keypoints,
            worldPoints: worldPoints.isEmpty
                ? [] : layout.origins.map { Self.worldPoint($0, of: worldPoints).map { $0 * worldFactor } },
            score: score)
    }

    /// Values, one a joint, in the order of the layout's list; nil when there are none.
    private func inOrder<Value>(
        _ values: [Value], of person: KeypointPerson, at place: RecordPlace
    ) throws(RecordingsError) -> [Value?]? {
        guard !values.isEmpty, let layout else { return nil }
        guard person.names.isEmpty == survey.names.isEmpty else {
            throw place.error("expected joints with names \(survey.names.isEmpty ? "nowhere" : "everywhere")")
        }
        guard !person.names.isEmpty else {
            guard values.count == layout.count else {
                throw place.error("expected \(layout.count) joints as in most frames, found \(values.count)")
            }
            return values
        }
        guard values.count == person.names.count else {
            throw place.error("expected \(person.names.count) joints as there are names, found \(values.count)")
        }
        if person.names == survey.names { return values }
        let places = Dictionary(zip(person.names, values), uniquingKeysWith: { first, _ in first })
        return survey.names.map { places[$0] }
    }

    private static func point(_ origin: JointOrigin, of points: [SIMD4<Float>?]) -> SIMD4<Float>? {
        switch origin {
        case .copied(let joint):
            guard let point = points[joint], point.isSeen else { return nil }
            return point
        case .derived(let joints):
            var sum = SIMD4<Float>.zero
            var confidence: Float = 1
            for joint in joints {
                guard let point = points[joint], point.isSeen else { return nil }
                sum += point
                confidence = min(confidence, point.w)
            }
            sum /= Float(joints.count)
            sum.w = confidence
            return sum
        case .missing: return nil
        }
    }

    private static func worldPoint(_ origin: JointOrigin, of points: [SIMD3<Float>??]) -> SIMD3<Float>? {
        switch origin {
        case .copied(let joint): return points[joint] ?? nil
        case .derived(let joints):
            var sum = SIMD3<Float>.zero
            for joint in joints {
                guard let point = points[joint] ?? nil else { return nil }
                sum += point
            }
            return sum / Float(joints.count)
        case .missing: return nil
        }
    }
}
