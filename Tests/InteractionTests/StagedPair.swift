import Interaction
import Puppet
import Skeleton
import Tracking

/// A scene of puppets as frames of skeletons, and what the recogniser makes of them.
struct StagedPair {
    var frames: [SkeletonFrame]
    let truth: [PuppetInteraction]

    /// As a depth camera sees it: joints in metres in the room, exact.
    static func inRoom(_ scene: PuppetScene) -> StagedPair {
        StagedPair(
            frames: (0..<scene.frameCount).map { index in
                let time = scene.time(ofFrame: index)
                let people = scene.actors.enumerated().compactMap { number, actor in
                    actor.skeleton(at: time.inSeconds).map { skeleton in
                        TrackedPose(
                            track: TrackID(number + 1),
                            pose: Pose(
                                topology: .blazePose33, worldPoints: skeleton.joints.map { scene.camera.local($0) }))
                    }
                }
                return SkeletonFrame(camera: scene.name, index: index, presentationTime: time, people: people)
            }, truth: scene.interactions)
    }

    /// As a camera sees it that makes no errors: image points, and hip-centred world points.
    static func inPictureExactly(_ scene: PuppetScene) -> StagedPair {
        StagedPair(frames: (0..<scene.frameCount).map { scene.frame(at: $0) }, truth: scene.interactions)
    }

    /// The same without somebody whose hips are nearer than so many picture heights to another's.
    func losing(_ track: TrackID, nearerThan distance: Float) -> StagedPair {
        var pair = self
        for index in pair.frames.indices {
            let aspect = pair.frames[index].aspectRatio ?? 1
            func center(_ person: TrackedPose) -> SIMD2<Float>? { person.pose.extent(aspectRatio: aspect)?.center }
            guard let own = pair.frames[index].people.first(where: { $0.track == track }).flatMap(center) else {
                continue
            }
            let isNear = pair.frames[index].people.contains { person in
                guard person.track != track, let other = center(person) else { return false }
                return ((other - own) * (other - own)).sum().squareRoot() < distance
            }
            if isNear { pair.frames[index].people.removeAll { $0.track == track } }
        }
        return pair
    }

    /// The same without somebody for a while.
    func losing(_ track: TrackID, from start: Duration, to end: Duration) -> StagedPair {
        var pair = self
        for index in pair.frames.indices where start..<end ~= pair.frames[index].presentationTime {
            pair.frames[index].people.removeAll { $0.track == track }
        }
        return pair
    }

    /// As pose networks and the tracker see it.
    ///
    /// Tracks are numbered as in the truth: whoever is nearest to the person when the track begins.
    static func inPicture(_ scene: PuppetScene, seed: UInt64) -> StagedPair {
        var owners: [TrackID: TrackID] = [:]
        var estimator = SimulatedEstimator(of: scene, seed: seed)
        var tracker = Tracker()
        return StagedPair(
            frames: (0..<scene.frameCount).map { index in
                var frame = scene.frame(at: index)
                frame.people =
                    tracker.update(
                        estimator.poses(of: frame), frame: index, at: frame.presentationTime,
                        aspectRatio: frame.aspectRatio ?? 1
                    ).people.map { person in
                        let owner = owners[person.track] ?? nearest(person, in: scene.frame(at: index))
                        owners[person.track] = owner
                        // A second track of one person keeps a number of its own.
                        let isFirst = !owners.contains { $0.value == owner && $0.key < person.track }
                        return TrackedPose(
                            track: isFirst ? owner : TrackID(person.track.value + 10), pose: person.pose)
                    }
                return frame
            }, truth: scene.interactions)
    }

    private static func nearest(_ person: TrackedPose, in truth: SkeletonFrame) -> TrackID {
        let aspect = truth.aspectRatio ?? 1
        let center = person.pose.extent(aspectRatio: aspect)!.center
        return truth.people.min { a, b in
            let (x, y) = (a.pose.extent(aspectRatio: aspect)!.center, b.pose.extent(aspectRatio: aspect)!.center)
            return ((x - center) * (x - center)).sum() < ((y - center) * (y - center)).sum()
        }!.track
    }

    /// Everything reported, with what is open at the end ended.
    func changes() -> [SegmentChange] {
        var recogniser = InteractionRecogniser()
        var changes = frames.flatMap { recogniser.update($0) }
        if let last = frames.last {
            changes += recogniser.finish(frame: last.index, at: last.presentationTime, reason: .sourceEnded)
        }
        return changes
    }

    /// What was found, as rows of truth; of what both did, who did it is not told.
    func found() -> [PuppetInteraction] {
        changes().filter { $0.phase == .end }.map { change in
            PuppetInteraction(
                label: change.label, track: change.track, other: change.other ?? change.track,
                isMutual: change.isMutual,
                start: change.start, end: change.end ?? change.presentationTime)
        }
    }

    /// The same with every pose changed.
    func mapping(_ transform: (Pose) -> Pose) -> StagedPair {
        var pair = self
        for frame in pair.frames.indices {
            for person in pair.frames[frame].people.indices {
                pair.frames[frame].people[person].pose = transform(pair.frames[frame].people[person].pose)
            }
        }
        return pair
    }
}

/// How much of what is true was found, and how much was found.
struct Agreement: CustomStringConvertible {
    private(set) var truths = 0
    private(set) var finds = 0
    private(set) var hits = 0
    private var notes: [String] = []

    mutating func add(_ staged: StagedPair) {
        let found = staged.found()
        truths += staged.truth.count
        finds += found.count
        for row in staged.truth {
            if found.contains(where: { $0.agrees(with: row) }) {
                hits += 1
            } else {
                notes.append("\(staged.frames[0].camera) \(row.line)")
            }
        }
    }

    var description: String { "\(hits) of \(truths) true and \(finds) found; missed: \(notes)" }
}

extension PuppetInteraction {
    /// Whether both tell of the same thing at about the same time, done by the same person where only one does it.
    func agrees(with other: PuppetInteraction) -> Bool {
        let shared = max(0, (min(end, other.end) - max(start, other.start)).inSeconds)
        let union = (end - start).inSeconds + (other.end - other.start).inSeconds - shared
        let isSameWay = track == other.track && self.other == other.other
        let isOtherWay = track == other.other && self.other == other.track
        return label == other.label && shared >= 0.25 * union
            && (isSameWay || ((isMutual || other.isMutual) && isOtherWay))
    }

    /// What is the same however it is looked at.
    var gist: String {
        let pair = isMutual ? [track, other].sorted() : [track, other]
        return "\(label) \(pair[0])-\(pair[1])\(isMutual ? " both" : "")"
    }
}

extension Pose {
    /// The same without elbows and all beyond.
    var withoutArms: Pose {
        var pose = self
        for part in ["Elbow", "Wrist", "Pinky", "Index", "Thumb"] {
            for side in ["left", "right"] {
                guard let joint = topology.index(of: side + part) else { continue }
                pose.keypoints[joint] = nil
                pose.worldPoints[joint] = nil
            }
        }
        return pose
    }
}
