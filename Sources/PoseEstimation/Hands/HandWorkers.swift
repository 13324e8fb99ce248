import Imaging

/// Runs the hand networks on several squares of a picture, on as many threads as asked for.
///
/// `@unchecked Sendable`: each worker's networks are touched by one iteration of `spread` at a time, and the owner
/// calls from one task at a time.
final class HandWorkers: @unchecked Sendable {
    private let detectors: [PalmDetector]
    private let readers: [HandReader]

    init(modelFolder: String, settings: HandSettings) throws(PoseEstimationError) {
        var detectors: [PalmDetector] = []
        var readers: [HandReader] = []
        for _ in 0..<max(1, settings.threads) {
            detectors.append(try PalmDetector(modelFolder: modelFolder, settings: settings))
            readers.append(try HandReader(modelFolder: modelFolder))
        }
        self.detectors = detectors
        self.readers = readers
    }

    /// What the palm detector finds in each square, in the order of the squares.
    func detect(in squares: [CropRegion], of picture: Picture) -> [[PalmDetection]] {
        spread(over: squares.count, workers: detectors.count) { job, worker in
            self.detectors[worker].detect(in: squares[job], of: picture)
        }
    }

    /// What the landmark network reads in each region, in the order of the regions.
    func read(_ regions: [CropRegion], of picture: Picture, threshold: Float) -> [HandReading?] {
        spread(over: regions.count, workers: readers.count) { job, worker in
            self.readers[worker].read(regions[job], of: picture, threshold: threshold)
        }
    }
}
