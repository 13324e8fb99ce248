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
        follow(in: pixels, at: time)
        search(in: pixels, at: time)
        return followed.map(\.reading.pose)
    }

    /// Reads everyone known at their new place and drops those who are gone, out of sight or read twice.
    private mutating func follow(in pixels: PixelBuffer, at time: Duration) {
        guard !followed.isEmpty else { return }
        let readings = workers.read(followed.map(\.region), of: pixels, threshold: settings.presenceThreshold)
        var kept: [FollowedPerson] = []
        for (var person, reading) in zip(followed, readings) {
            guard let reading, reading.isPlausible(in: pixels) else { continue }
            if kept.contains(where: { isSamePerson($0.reading, reading, in: pixels) }) { continue }
            person.update(reading, at: time)
            kept.append(person)
        }
        followed = kept
    }

    /// Looks for newcomers in the squares whose turn it is.
    private mutating func search(in pixels: PixelBuffer, at time: Duration) {
        let squares = schedule.squares(of: pixels, at: time, knowsSomebody: !followed.isEmpty)
        guard !squares.isEmpty, followed.count < settings.maximumPeople else { return }
        for detections in workers.detect(in: squares, of: pixels) {
            for detection in detections where followed.count < settings.maximumPeople {
                consider(detection, in: pixels, at: time)
            }
        }
    }

    /// Takes a detected person in if the landmark network agrees and it is nobody known.
    private mutating func consider(_ detection: PersonDetection, in pixels: PixelBuffer, at time: Duration) {
        if followed.contains(where: { $0.explains(detection) }) { return }
        let region = CropRegion(hipCenter: detection.hipCenter, bodyTop: detection.bodyTop)
        let threshold = max(settings.newcomerPresence, settings.presenceThreshold)
        guard let reading = workers.read([region], of: pixels, threshold: threshold)[0],
            reading.isPlausible(in: pixels),
            !followed.contains(where: { isSamePerson($0.reading, reading, in: pixels) })
        else { return }
        followed.append(FollowedPerson(reading, at: time))
    }

    private func isSamePerson(_ a: BodyReading, _ b: BodyReading, in pixels: PixelBuffer) -> Bool {
        let aspectRatio = Float(pixels.width) / Float(pixels.height)
        return similarity(a.pose, b.pose, aspectRatio: aspectRatio) >= settings.duplicateSimilarity
    }
}
