import Imaging

/// Runs the pose networks on several squares of a picture, on as many threads as asked for.
///
/// `@unchecked Sendable`: each worker's networks are touched by one iteration of `concurrentPerform` at a time, and
/// the owner calls from one task at a time.
final class PoseWorkers: @unchecked Sendable {
    private let detectors: [PersonDetector]
    private let readers: [BodyReader]

    init(modelFolder: String, settings: PoseEstimatorSettings) throws(PoseEstimationError) {
        var detectors: [PersonDetector] = []
        var readers: [BodyReader] = []
        for _ in 0..<max(1, settings.threads) {
            detectors.append(try PersonDetector(modelFolder: modelFolder, settings: settings))
            readers.append(try BodyReader(modelFolder: modelFolder))
        }
        self.detectors = detectors
        self.readers = readers
    }

    /// What the detector finds in each view, in the order of the views.
    func detect(in views: [PersonView], of picture: Picture) -> [[PersonDetection]] {
        spread(over: views.count, workers: detectors.count) { job, worker in
            self.detectors[worker].detect(in: views[job], of: picture)
        }
    }

    /// What the landmark network reads in each view, in the order of the views.
    func read(_ views: [PersonView], of picture: Picture, threshold: Float) -> [BodyReading?] {
        spread(over: views.count, workers: readers.count) { job, worker in
            self.readers[worker].read(views[job], of: picture, threshold: threshold)
        }
    }
}
