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
    private let workers: PoseWorkers
    private let similarity = ObjectKeypointSimilarity(topology: .blazePose33)
    private var schedule: SearchSchedule
    private var lost: LostPeople
    private var followed: [FollowedPerson] = []
    private var size = SIMD2(0, 0)

    /// Loads `pose_detection.tflite` and `pose_landmark_full.tflite` from a folder.
    ///
    /// - Throws: when a file is missing or is not the network expected.
    package init(
        modelFolder: String, settings: PoseEstimatorSettings = .init()
    ) throws(PoseEstimationError) {
        self.settings = settings
        workers = try PoseWorkers(modelFolder: modelFolder, settings: settings)
        schedule = SearchSchedule(settings: settings)
        lost = LostPeople(patience: settings.lostPatience)
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
            lost = LostPeople(patience: settings.lostPatience)
        }
        follow(in: picture, at: time)
        search(in: picture, at: time)
        return followed.filter(\.isConfirmed).map(\.reading.pose)
    }

    /// Reads everyone known at their new place and drops those who are gone, out of sight or read twice.
    private mutating func follow(in picture: Picture, at time: Duration) {
        guard !followed.isEmpty else { return }
        let readings = workers.read(followed.map(\.region), of: picture, threshold: settings.presenceThreshold)
        var people: [FollowedPerson] = []
        for (var person, reading) in zip(followed, readings) {
            guard let reading, reading.isPlausible(in: picture), !person.isRefuted(at: time) else {
                if person.isConfirmed { lost.add(person, in: picture, at: time) }
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
            lost.add(people[index], in: picture, at: time)
        }
        followed = people.indices.filter { !doubled.contains($0) }.map { people[$0] }
    }

    /// Looks for newcomers in the squares whose turn it is.
    private mutating func search(in picture: Picture, at time: Duration) {
        guard followed.count < settings.maximumPeople else { return }
        let squares =
            lost.squares(at: time)
            + schedule.squares(
                of: picture, at: time, known: followed.filter(\.isConfirmed).map(\.reading.box),
                doubtful: followed.filter { !$0.isConfirmed }.map(\.reading.box))
        guard !squares.isEmpty else { return }
        let found = workers.detect(in: squares, of: picture).flatMap { $0 }
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

    /// The detector's second opinion, from a square that suits the size of the person it may have seen: furniture seldom
    /// passes for a person twice, and a person's place becomes more exact.
    private func lookCloser(at detection: PersonDetection, in picture: Picture) -> PersonDetection? {
        func distance(_ again: PersonDetection) -> Float {
            let offset = again.hipCenter - detection.hipCenter
            return (offset * offset).sum().squareRoot()
        }
        // In the wider square a person is seen as a whole; in the tighter one those beside do not outshine them.
        for margin in [CropRegion.wideSearchMargin, CropRegion.searchMargin] {
            let square = CropRegion(center: detection.hipCenter, side: margin * detection.bodyRadius)
            let seen = workers.detect(in: [square], of: picture)[0].filter { again in
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
        let region = CropRegion(hipCenter: detection.hipCenter, bodyTop: detection.bodyTop)
        guard let first = read(region, in: picture, threshold: settings.presenceThreshold),
            isSomebodyElse(first, score: detection.score, in: picture),
            let second = read(first.nextRegion, in: picture, threshold: settings.newcomerPresence)
        else { return nil }
        let trust = settings.newcomerTrust * (detection.score - settings.detectionThreshold)
        let agreement = PersonOverlap(first, second, in: picture).similarity
        guard agreement >= settings.newcomerAgreement - trust,
            isSomebodyElse(second, score: detection.score, in: picture)
        else { return nil }
        return FollowedPerson(first, presence: second.pose.score, at: time)
    }

    private func read(_ region: CropRegion, in picture: Picture, threshold: Float) -> BodyReading? {
        guard let reading = workers.read([region], of: picture, threshold: threshold)[0],
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
