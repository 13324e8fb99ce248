package import Imaging
package import Skeleton

/// Finds the hands of people already found and tracked (Zhang et al. 2020), frame after frame.
///
/// The landmark network reads a hand where it was a frame before, else where the body has it; only where both fail is a
/// palm searched for now and then, round the body's wrist. The wrist it hangs at tells whose hand it is and which: the
/// network's own handedness score only helps to settle which wrist gets a hand claimed by two. Where no body is in
/// the picture, the whole of it is searched from time to time. The same frames at the same times give the same hands,
/// whatever `threads` is.
///
/// One estimator serves one source of frames and one task at a time.
package struct HandEstimator {
    package let settings: HandSettings
    private let workers: RegionWorkers<PalmDetection, HandReading>
    private var arms: [Arm] = []
    private var loneHands = LoneHands()
    private var lastBody: Duration?

    /// Loads `palm_detection_full.tflite` and `hand_landmark_full.tflite` from a folder.
    ///
    /// - Throws: when a file is missing or is not the network expected.
    package init(modelFolder: String, settings: HandSettings = .init()) throws(PoseEstimationError) {
        self.settings = settings
        workers = try RegionWorkers(
            modelFolder: modelFolder, threads: settings.threads, threshold: settings.detectionThreshold,
            overlap: settings.detectionOverlap)
    }

    /// The same people with their hands. The hands are smoothed.
    ///
    /// - Parameters:
    ///   - people: everybody tracked in this frame.
    ///   - picture: the next frame of the source.
    ///   - time: its presentation time, later than that of the frame before.
    package mutating func addHands(
        to people: [TrackedPose], in picture: Picture, at time: Duration
    ) -> [TrackedPose] {
        lastBody = time
        loneHands = LoneHands()
        let size = SIMD2(Float(picture.width), Float(picture.height))
        arms = people.flatMap { person in
            HandPose.Side.allCases.map { side in
                var arm =
                    arms.first { $0.track == person.track && $0.side == side } ?? Arm(track: person.track, side: side)
                arm.expect(ExpectedHand(side, of: person.pose, in: size))
                return arm
            }
        }
        follow(in: picture, at: time)
        guess(in: picture, size, at: time)
        search(in: picture, size, at: time)
        settleDisputes()
        return people.map { person in
            var person = person
            person.pose.hands = arms.filter { $0.track == person.track }.compactMap {
                $0.hand?.pose($0.side, in: size)
            }
            return person
        }
    }

    /// Hands in a picture in which no body is found, for a tracker to follow: poses of topology `hand21`, each with the
    /// hand itself in `hands`. None until bodies have been away for a while.
    ///
    /// - Parameters:
    ///   - picture: the next frame of the source.
    ///   - time: its presentation time, later than that of the frame before.
    package mutating func findLoneHands(in picture: Picture, at time: Duration) -> [Pose] {
        arms = []
        let since = lastBody ?? time
        lastBody = since
        guard time - since >= settings.bodyPatience else { return [] }
        loneHands.update(workers, in: picture, at: time, settings)
        return loneHands.poses(in: SIMD2(Float(picture.width), Float(picture.height)))
    }

    /// Reads every hand known at its new place.
    private mutating func follow(in picture: Picture, at time: Duration) {
        let followed = arms.indices.filter { arms[$0].hand != nil }
        let regions = followed.compactMap { arms[$0].followedRegion }
        read(regions, for: followed, in: picture, at: time)
    }

    /// Reads the hands that are in sight but not known where the bodies have them.
    private mutating func guess(in picture: Picture, _ size: SIMD2<Float>, at time: Duration) {
        let missing = arms.indices.compactMap { index in
            arms[index].missingHand(in: size, settings).map { (index, $0.handRegion) }
        }
        read(missing.map(\.1), for: missing.map(\.0), in: picture, at: time)
    }

    /// Looks for palms at the wrists whose turn it is, where guessing was not enough.
    private mutating func search(in picture: Picture, _ size: SIMD2<Float>, at time: Duration) {
        var searched: [(index: Int, square: CropRegion)] = []
        for index in arms.indices {
            guard let hand = arms[index].missingHand(in: size, settings),
                arms[index].claimSearch(at: time, period: settings.searchPeriod)
            else { continue }
            searched.append((index, hand.searchRegion))
        }
        let found = zip(searched, workers.detect(in: searched.map { RegionView($0.square) }, of: picture)).compactMap {
            job, palms in
            arms[job.index].region(of: palms).map { (job.index, $0) }
        }
        read(found.map(\.1), for: found.map(\.0), in: picture, at: time)
    }

    private mutating func read(_ regions: [CropRegion], for indices: [Int], in picture: Picture, at time: Duration) {
        let readings = workers.read(regions.map { RegionView($0) }, of: picture, threshold: settings.presenceThreshold)
        for (index, reading) in zip(indices, readings) { arms[index].take(reading, at: time) }
    }

    /// Where two arms hold one hand, the one it goes with better keeps it.
    private mutating func settleDisputes() {
        for first in arms.indices {
            for second in arms.indices where second > first {
                guard let one = arms[first].hand, let other = arms[second].hand,
                    one.region.overlap(with: other.region) >= settings.sameHandOverlap
                else { continue }
                arms[arms[first].mismatch <= arms[second].mismatch ? second : first].release()
            }
        }
    }
}
