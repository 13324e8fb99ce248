import Imaging

/// Runs a detector and a landmark network on several squares of a picture, on as many threads as asked for.
///
/// `@unchecked Sendable`: each worker's networks are touched by one iteration of `spread` at a time, and the owner
/// calls from one task at a time.
final class RegionWorkers<Found: Detection, Reading: RegionReading>: @unchecked Sendable {
    private let detectors: [Detector<Found>]
    private let readers: [RegionReader<Reading>]

    /// - Parameters:
    ///   - threshold: how sure the detector must be, 0…1.
    ///   - overlap: detections that overlap by more than this are one, intersection over union.
    init(modelFolder: String, threads: Int, threshold: Float, overlap: Float) throws(PoseEstimationError) {
        var detectors: [Detector<Found>] = []
        var readers: [RegionReader<Reading>] = []
        for _ in 0..<max(1, threads) {
            detectors.append(try Detector(modelFolder: modelFolder, threshold: threshold, overlap: overlap))
            readers.append(try RegionReader(modelFolder: modelFolder))
        }
        self.detectors = detectors
        self.readers = readers
    }

    /// What the detector finds in each view, in the order of the views.
    func detect(in views: [RegionView], of picture: Picture) -> [[Found]] {
        spread(over: views.count, workers: detectors.count) { job, worker in
            self.detectors[worker].detect(in: views[job], of: picture)
        }
    }

    /// What the landmark network reads in each view, in the order of the views.
    func read(_ views: [RegionView], of picture: Picture, threshold: Float) -> [Reading?] {
        spread(over: views.count, workers: readers.count) { job, worker in
            self.readers[worker].read(views[job], of: picture, threshold: threshold)
        }
    }
}
