package import Imaging
package import Skeleton

/// Finds everybody in a picture, frame after frame: BlazePose (Bazarevsky et al. 2020) for several people.
///
/// A person once found is followed from frame to frame by the landmark network alone. Newcomers are searched for with
/// the detector, in the whole picture and in overlapping tiles, a few squares a frame. The poses carry no identity:
/// that is the tracker's part. The same frames at the same times give the same poses, whatever `threads` is.
///
/// One estimator serves one source of frames and one task at a time.
package struct PoseEstimator {
    package let settings: PoseEstimatorSettings
    private let workers: RegionWorkers<PersonDetection, BodyReading>
    private var schedule: SearchSchedule
    private var lost: LostPeople
    private var followed: [FollowedPerson] = []
    /// Squares that were searched as they are when it was their turn last.
    private var searchedPlain: Set<CropRegion> = []
    private var size = SIMD2(0, 0)

    /// Loads `pose_detection.tflite` and `pose_landmark_full.tflite` from a folder.
    ///
    /// - Throws: when a file is missing or is not the network expected.
    package init(
        modelFolder: String, settings: PoseEstimatorSettings = .init()
    ) throws(PoseEstimationError) {
        self.settings = settings
        workers = try RegionWorkers(
            modelFolder: modelFolder, threads: settings.threads, threshold: settings.detectionThreshold,
            overlap: settings.detectionOverlap)
        schedule = SearchSchedule(settings: settings)
        lost = LostPeople(settings)
    }

    /// The poses of everybody in sight, those followed longest first; image and world points are as the networks give
    /// them, without smoothing.
    ///
    /// - Parameters:
    ///   - picture: the next frame of the source.
    ///   - time: its presentation time, later than that of the frame before.
    package mutating func estimate(
        _ picture: Picture, at time: Duration
    ) throws(PoseEstimationError) -> [Pose] {
        // In pictures of another size everybody is somewhere else.
        if size != SIMD2(picture.width, picture.height) {
            size = SIMD2(picture.width, picture.height)
            followed = []
            searchedPlain = []
            lost = LostPeople(settings)
        }
        follow(in: picture, at: time)
        search(in: picture, at: time)
        return followed.compactMap { $0.isConfirmed ? $0.reading.pose : nil }
    }

    /// Reads everyone known at their new place and drops those who are gone, out of sight or read twice.
    private mutating func follow(in picture: Picture, at time: Duration) {
        guard !followed.isEmpty else { return }
        let views = followed.indices.map {
            view(followed[$0].region, bodySize: followed[$0].reading.bodySize, of: $0, besides: lost.hidden)
        }
        let readings = workers.read(views, of: picture, threshold: settings.presenceThreshold)
        var people: [FollowedPerson] = []
        var gone: [FollowedPerson] = []
        for (var person, reading) in zip(followed, readings) {
            guard let reading, reading.isPlausible(in: picture), !person.isRefuted(at: time) else {
                if person.isConfirmed { gone.append(person) }
                continue
            }
            person.update(reading, at: time)
            people.append(person)
        }
        let doubled = people.indices.filter { index in
            people.indices.contains { other in
                other != index && isSame(people[index], people[other], in: picture, at: time)
                    && isBetter(people[other], than: people[index], isOlder: other < index)
            }
        }
        // Of two who were told apart for a while, one hides the other now.
        for index in doubled where people[index].isConfirmed && people[index].isEstablished(at: time) {
            gone.append(people[index])
        }
        followed = doubled.isEmpty ? people : people.indices.filter { !doubled.contains($0) }.map { people[$0] }
        for person in gone { lost.add(person, beside: followed, in: picture, at: time) }
    }

    /// Looks for newcomers in the squares whose turn it is.
    private mutating func search(in picture: Picture, at time: Duration) {
        guard followed.count < settings.maximumPeople else { return }
        let places = lost.due(at: time).filter { !recover($0, in: picture, at: time) }
        let known = followed.compactMap { $0.isConfirmed ? $0.reading : nil }
        let squares = schedule.squares(
            of: picture, at: time, known: known.map(\.box),
            doubtful: followed.filter { !$0.isConfirmed }.map(\.reading.box))
        let views = places.map { RegionView($0.square) } + squares.map { sweep($0, hiding: known) }
        guard !views.isEmpty else { return }
        let found = workers.detect(in: views, of: picture).flatMap { $0 }
        var looks = 0
        for coarse in PersonDetection.merge(found, overlap: settings.detectionOverlap) {
            guard followed.count < settings.maximumPeople, looks < settings.maximumPeople else { return }
            if followed.contains(where: { $0.isConfirmed && $0.explains(coarse) }) { continue }
            looks += 1
            guard let detection = lookCloser(at: coarse, in: picture) else { continue }
            if let known = followed.firstIndex(where: { $0.explains(detection) }) {
                followed[known].support(detection)
            } else if var person = newcomer(detection, in: picture, at: time) {
                person.support(detection)
                lost.remove(near: person.reading)
                followed.append(person)
            }
        }
    }

    /// Somebody beside a person shows when that person is hidden, somebody behind them when not: by turns.
    private mutating func sweep(_ square: CropRegion, hiding known: [BodyReading]) -> RegionView {
        if searchedPlain.remove(square) != nil { return RegionView(square, hiding: known) }
        searchedPlain.insert(square)
        return RegionView(square)
    }

    /// Takes up again somebody lost who is still about where they were: the landmark network can tell where the detector
    /// sees only the one beside. Whether it did.
    private mutating func recover(_ place: LostPeople.Place, in picture: Picture, at time: Duration) -> Bool {
        guard followed.count < settings.maximumPeople,
            let (reading, presence) = readTwice(
                place.region, bodySize: place.person.reading.bodySize, score: 1, agreement: settings.returnAgreement,
                in: picture)
        else { return false }
        followed.append(place.person.resumed(reading, presence: presence, at: time))
        lost.remove(near: reading)
        return true
    }

    /// The detector's second look, in a square that suits the size of the person it may have seen: furniture seldom
    /// passes for a person twice, and a person's place becomes more exact.
    private func lookCloser(at detection: PersonDetection, in picture: Picture) -> PersonDetection? {
        func distance(_ again: PersonDetection) -> Float {
            let offset = again.hipCenter - detection.hipCenter
            return (offset * offset).sum().squareRoot()
        }
        // In the wider square a person is seen as a whole; in the tighter one those beside do not outshine them.
        for margin in [CropRegion.wideSearchMargin, CropRegion.searchMargin] {
            let square = CropRegion(center: detection.hipCenter, side: margin * detection.bodyRadius)
            let view = view(square, bodySize: 2 * detection.bodyRadius)
            let seen = workers.detect(in: [view], of: picture)[0].filter { again in
                distance(again) < detection.bodyRadius
                    && !followed.contains { $0.isConfirmed && $0.explains(again) }
            }
            if let nearest = seen.min(by: { distance($0) < distance($1) }) { return nearest }
        }
        return nil
    }

    /// The person detected, or nil when it is somebody known or the landmark network does not agree.
    private func newcomer(
        _ detection: PersonDetection, in picture: Picture, at time: Duration
    ) -> FollowedPerson? {
        let trust = settings.newcomerTrust * (detection.score - settings.detectionThreshold)
        return readTwice(
            CropRegion(hipCenter: detection.hipCenter, bodyTop: detection.bodyTop), bodySize: 2 * detection.bodyRadius,
            score: detection.score, agreement: settings.newcomerAgreement - trust, in: picture
        ).map { FollowedPerson($0.reading, presence: $0.presence, at: time) }
    }

    /// Somebody not yet known in a region, read once and again from the region that the first reading makes, with the
    /// second one's presence; nil where the two readings are less alike than `agreement`.
    ///
    /// - Parameter score: how sure the detector is of them, 0…1.
    private func readTwice(
        _ region: CropRegion, bodySize: Float, score: Float, agreement: Float, in picture: Picture
    ) -> (reading: BodyReading, presence: Float)? {
        guard let first = read(region, bodySize: bodySize, in: picture, threshold: settings.presenceThreshold),
            isSomebodyElse(first, score: score, in: picture),
            let second = read(
                first.nextRegion, bodySize: first.bodySize, in: picture, threshold: settings.newcomerPresence),
            PersonOverlap(first, second, in: picture).similarity >= agreement,
            isSomebodyElse(second, score: score, in: picture)
        else { return nil }
        return (first, second.pose.score)
    }

    /// What to show of a region: everybody known but the one it is made for is hidden.
    private func view(
        _ region: CropRegion, bodySize: Float, of index: Int? = nil, besides hidden: [BodyReading] = []
    ) -> RegionView {
        let others = followed.indices.filter { $0 != index && followed[$0].isConfirmed }
        return RegionView(region, bodySize: bodySize, apartFrom: others.map { followed[$0].reading } + hidden)
    }

    private func read(
        _ region: CropRegion, bodySize: Float, in picture: Picture, threshold: Float
    ) -> BodyReading? {
        let view = view(region, bodySize: bodySize)
        guard let reading = workers.read([view], of: picture, threshold: threshold)[0],
            reading.isPlausible(in: picture)
        else { return nil }
        return reading
    }

    /// Whether a newcomer is neither a known person nor part of one.
    private func isSomebodyElse(_ reading: BodyReading, score: Float, in picture: Picture) -> Bool {
        followed.allSatisfy { person in
            let overlap = PersonOverlap(reading, person.reading, in: picture)
            if overlap.isSamePerson(settings, areBothEstablished: false) { return false }
            return !overlap.isPart || min(score, reading.pose.score) >= settings.partThreshold
        }
    }

    /// Whether one of the followed is the same person as another, or a doubtful one who is part of another.
    private func isSame(_ a: FollowedPerson, _ b: FollowedPerson, in picture: Picture, at time: Duration) -> Bool {
        let overlap = PersonOverlap(a.reading, b.reading, in: picture)
        if overlap.isPart, a.score < settings.partThreshold { return true }
        let areBothEstablished = a.isEstablished(at: time) && b.isEstablished(at: time)
        return overlap.isSamePerson(settings, areBothEstablished: areBothEstablished)
    }

    /// Which of two readings of one person to keep: the clearly surer one, else the one followed for longer.
    private func isBetter(_ a: FollowedPerson, than b: FollowedPerson, isOlder: Bool) -> Bool {
        abs(a.score - b.score) > 0.1 ? a.score > b.score : isOlder
    }
}
