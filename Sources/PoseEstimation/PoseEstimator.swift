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
    }

    /// The poses of everybody in sight, those followed longest first; image and world points are as the networks give
    /// them, without smoothing.
    ///
    /// - Parameters:
    ///   - pixels: the next frame of the source.
    ///   - time: its presentation time, later than that of the frame before.
    package mutating func estimate(
        _ pixels: PixelBuffer, at time: Duration
    ) throws(PoseEstimationError) -> [Pose] {
        // In pictures of another size everybody is somewhere else.
        if size != SIMD2(pixels.width, pixels.height) {
            size = SIMD2(pixels.width, pixels.height)
            followed = []
        }
        follow(in: pixels, at: time)
        search(in: pixels, at: time)
        return followed.filter(\.isConfirmed).map(\.reading.pose)
    }

    /// Reads everyone known at their new place and drops those who are gone, out of sight or read twice.
    private mutating func follow(in pixels: PixelBuffer, at time: Duration) {
        guard !followed.isEmpty else { return }
        let readings = workers.read(followed.map(\.region), of: pixels, threshold: settings.presenceThreshold)
        var people: [FollowedPerson] = []
        for (var person, reading) in zip(followed, readings) {
            guard let reading, reading.isPlausible(in: pixels), !person.isRefuted(at: time) else { continue }
            person.update(reading, at: time)
            people.append(person)
        }
        followed = people.indices.filter { index in
            !people.indices.contains { other in
                other != index && isSame(people[index], people[other], in: pixels, at: time)
                    && isBetter(people[other], than: people[index], isOlder: other < index)
            }
        }.map { people[$0] }
    }

    /// Looks for newcomers in the squares whose turn it is.
    private mutating func search(in pixels: PixelBuffer, at time: Duration) {
        guard followed.count < settings.maximumPeople else { return }
        let squares = schedule.squares(of: pixels, at: time, knowsSomebody: followed.contains(where: \.isConfirmed))
        guard !squares.isEmpty else { return }
        let detections = workers.detect(in: squares, of: pixels).flatMap { $0 }.sorted { $0.score > $1.score }
        for detection in detections where followed.count < settings.maximumPeople {
            if let known = followed.firstIndex(where: { $0.explains(detection) }) {
                followed[known].support(detection)
            } else if var person = newcomer(detection, in: pixels, at: time) {
                person.support(detection)
                followed.append(person)
            }
        }
    }

    /// The person detected, or nil when it is somebody known or the landmark network does not agree.
    private func newcomer(
        _ detection: PersonDetection, in pixels: PixelBuffer, at time: Duration
    ) -> FollowedPerson? {
        let region = CropRegion(hipCenter: detection.hipCenter, bodyTop: detection.bodyTop)
        guard let first = read(region, in: pixels, threshold: settings.presenceThreshold),
            isSomebodyElse(first, score: detection.score, in: pixels),
            let second = read(first.nextRegion, in: pixels, threshold: settings.newcomerPresence)
        else { return nil }
        let trust = settings.newcomerTrust * (detection.score - settings.detectionThreshold)
        let agreement = PersonOverlap(first, second, in: pixels).similarity
        guard agreement >= settings.newcomerAgreement - trust,
            isSomebodyElse(second, score: detection.score, in: pixels)
        else { return nil }
        return FollowedPerson(first, presence: second.pose.score, at: time)
    }

    private func read(_ region: CropRegion, in pixels: PixelBuffer, threshold: Float) -> BodyReading? {
        guard let reading = workers.read([region], of: pixels, threshold: threshold)[0], reading.isPlausible(in: pixels)
        else { return nil }
        return reading
    }

    /// Whether a newcomer is neither a known person nor part of one.
    private func isSomebodyElse(_ reading: BodyReading, score: Float, in pixels: PixelBuffer) -> Bool {
        followed.allSatisfy { person in
            let overlap = PersonOverlap(reading, person.reading, in: pixels)
            if overlap.isSamePerson(settings, areBothEstablished: false) { return false }
            return !overlap.isPart || min(score, reading.pose.score) >= settings.partThreshold
        }
    }

    /// Whether one of the followed is the same person as another, or a doubtful one who is part of another.
    private func isSame(_ a: FollowedPerson, _ b: FollowedPerson, in pixels: PixelBuffer, at time: Duration) -> Bool {
        let overlap = PersonOverlap(a.reading, b.reading, in: pixels)
        if overlap.isPart, a.score < settings.partThreshold { return true }
        let areBothEstablished = a.isEstablished(at: time) && b.isEstablished(at: time)
        return overlap.isSamePerson(settings, areBothEstablished: areBothEstablished)
    }

    /// Which of two readings of one person to keep: the clearly surer one, else the one followed for longer.
    private func isBetter(_ a: FollowedPerson, than b: FollowedPerson, isOlder: Bool) -> Bool {
        abs(a.score - b.score) > 0.1 ? a.score > b.score : isOlder
    }
}
