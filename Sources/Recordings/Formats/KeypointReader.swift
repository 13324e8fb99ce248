import Skeleton

/// Turns the frames of a foreign format into Laban's: unit, layout, times and tracks, each from the source or derived.
final class KeypointReader: SkeletonReading {
    let derived: [String]
    let frameCount: Int?
    private let source: any KeypointSource
    private let survey: KeypointSurvey
    private let clock: FrameClock
    private let unit: KeypointUnit
    private let layout: KeypointLayout?
    private let statedPicture: PictureSize?
    /// How far pixels reach, where neither the user nor the format tells the picture's size.
    private let measuredPicture: PictureSize?
    private var times = GrowingTime()
    private var position = 0

    /// - Parameters:
    ///   - file: what errors about the whole of it name.
    ///   - open: opens the source at its beginning; it is read twice, first for what only the whole tells.
    init(
        options: SkeletonReadingOptions, file: String, open: () throws(RecordingsError) -> any KeypointSource
    ) throws(RecordingsError) {
        let surveyed = try open()
        let survey = KeypointSurvey(surveyed)
        let source = try open()
        self.survey = survey
        self.source = source
        frameCount = survey.frames
        clock = FrameClock(stated: options.framesPerSecond, own: source.framesPerSecond)
        unit = survey.unit(of: source.units)
        layout =
            survey.joints == 0
            ? nil
            : try KeypointLayout(count: survey.joints, own: source.topology, stated: options.layout, file: file)
        let isMeasured = survey.hasImagePoints && unit == .pixels && !survey.hasPictures
        statedPicture = options.picture
        measuredPicture = isMeasured && statedPicture == nil ? survey.extent : nil
        guard !isMeasured || statedPicture != nil || measuredPicture != nil else {
            throw RecordingsError(
                file: file, message: "expected points within 100000 pixels, found some farther away")
        }
        var derived: [String] = []
        if !survey.hasTimes { derived.append(clock.note(numbersAreOwn: survey.hasGrowingNumbers)) }
        if let note = layout?.note { derived.append(note) }
        if survey.hasImagePoints {
            switch unit {
            case .pixels:
                let size =
                    if let statedPicture {
                        "\(statedPicture) pixels (as stated)"
                    } else if let measuredPicture {
                        "\(measuredPicture) pixels (as far as the points reach; --picture says otherwise)"
                    } else {
                        "the picture's width and height"
                    }
                derived.append("x and y divided by " + size)
            case .fractions: break
            case .signedFractions: derived.append("x and y moved from -1…1 to 0…1")
            }
        }
        derived += surveyed.notes
        if survey.joints > 0, !survey.hasTracks { derived.append("tracks by Laban's tracker") }
        self.derived = derived
    }

    func next() throws(RecordingsError) -> SkeletonFrame? {
        guard let frame = try source.next() else { return nil }
        defer { position += 1 }
        let number = survey.hasGrowingNumbers ? frame.number ?? position : position
        let time = survey.hasTimes ? frame.time ?? clock.time(ofFrame: number) : clock.time(ofFrame: number)
        try times.check(time, file: frame.file, line: frame.line)
        let picture = statedPicture ?? frame.picture ?? measuredPicture
        var people: [TrackedPose] = []
        for person in frame.people where !person.isEmpty {
            let track = survey.hasTracks ? person.id ?? people.count + 1 : people.count + 1
            people.append(
                TrackedPose(track: TrackID(track), pose: try pose(of: person, in: frame, picture: picture)))
        }
        return SkeletonFrame(
            camera: "", index: number, presentationTime: time, aspectRatio: picture?.aspectRatio, people: people,
            hasTracks: survey.hasTracks)
    }

    private func pose(
        of person: KeypointPerson, in frame: KeypointFrame, picture: PictureSize?
    ) throws(RecordingsError) -> Pose {
        func check(_ count: Int) throws(RecordingsError) {
            guard count == 0 || count == survey.joints else {
                throw RecordingsError(
                    file: frame.file, line: frame.line,
                    message: "expected \(survey.joints) joints as in earlier frames, found \(count)")
            }
        }
        try check(person.points.count)
        try check(person.worldPoints.count)
        guard let layout else { throw RecordingsError(file: frame.file, line: frame.line, message: "expected nobody") }
        var (scale, shift) = (SIMD2<Float>(1, 1), SIMD2<Float>.zero)
        switch unit {
        case .pixels: if let picture { scale = 1 / SIMD2(Float(picture.width), Float(picture.height)) }
        case .fractions: break
        case .signedFractions: (scale, shift) = (SIMD2(0.5, 0.5), SIMD2(0.5, 0.5))
        }
        var confidences: Float = 0
        var seen: Float = 0
        let keypoints = person.points.prefix(layout.topology.count).indices.map { joint -> Keypoint? in
            let point = person.points[joint]
            guard point.isSeen else { return nil }
            let confidence = min(1, point.w)
            confidences += confidence
            seen += 1
            let place = SIMD2(point.x, point.y) * scale + shift
            return Keypoint(
                x: place.x, y: place.y, z: point.z * scale.x, visibility: confidence,
                presence: person.presences.isEmpty ? 1 : person.presences[joint])
        }
        let score = person.score.map { max(0, min(1, $0)) } ?? (seen > 0 ? confidences / seen : 1)
        return Pose(
            topology: layout.topology, keypoints: keypoints,
            worldPoints: Array(person.worldPoints.prefix(layout.topology.count)), score: score)
    }
}
