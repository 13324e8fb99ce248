import Lifting
import Skeleton

/// Gives people of whom only the picture is known a place in space.
struct LiftingStage {
    /// What is remembered of one person.
    private final class Person {
        let memory: PoseLifter.Memory
        var time: Duration

        init(_ memory: PoseLifter.Memory, time: Duration) {
            self.memory = memory
            self.time = time
        }
    }

    /// Who is out of sight for longer begins anew.
    private static let longestGap = Duration.seconds(1)

    private let lifter: PoseLifter
    private var people: [TrackID: Person] = [:]
    private var sampler: FlatSampler?
    private var completion: PoseCompletion?
    private var topology: SkeletonTopology?

    init(_ network: LiftingNetwork) { lifter = PoseLifter(network) }

    /// The frame with `worldPoints` for everybody who has keypoints and no points in space but lifted ones. Where the
    /// picture's proportions are not known nobody's are, so nobody is lifted.
    mutating func lifted(_ frame: SkeletonFrame) -> SkeletonFrame {
        let flat = frame.people.indices.filter {
            let pose = frame.people[$0].pose
            return !pose.keypoints.isEmpty && (pose.worldPoints.isEmpty || pose.worldSource == .lifted)
        }
        guard frame.aspectRatio != nil, let first = flat.first else { return frame }
        let known = frame.people[first].pose.topology
        if topology != known {
            topology = known
            sampler = FlatSampler(topology: known)
            completion = PoseCompletion(topology: known)
            people = [:]
        }
        guard let sampler, let completion else { return frame }
        var result = frame
        let time = frame.presentationTime
        people = people.filter { time - $0.value.time <= Self.longestGap && time >= $0.value.time }
        var taken: Set<TrackID> = []
        for index in flat where frame.people[index].pose.topology == known {
            let track = frame.people[index].track
            guard taken.insert(track).inserted else { continue }
            var pose = frame.people[index].pose
            pose.worldPoints = []
            let sample = sampler.sample(pose, at: time.inSeconds, aspectRatio: frame.aspectRatio)
            // Of hardly anything in sight no body can be told.
            guard sample.seen.nonzeroBitCount > 5 else {
                result.people[index].pose.worldPoints = []
                result.people[index].pose.worldSource = .measured
                continue
            }
            let person = people[track] ?? Person(lifter.makeMemory(), time: time)
            people[track] = person
            person.time = time
            lifter.lift([sample], memories: [person.memory]) { _, lifted in
                result.people[index].pose.worldPoints = completion.worldPoints(
                    of: pose, lifted: lifted, sample: sample, aspectRatio: frame.aspectRatio,
                    perMetre: person.memory.perMetre)
                result.people[index].pose.worldSource =
                    result.people[index].pose.worldPoints.isEmpty ? .measured : .lifted
            }
        }
        return result
    }
}

extension SkeletonFrame {
    /// Without points in space that were lifted.
    var withoutLiftedPoints: SkeletonFrame {
        guard people.contains(where: { $0.pose.worldSource == .lifted }) else { return self }
        var frame = self
        for index in frame.people.indices where frame.people[index].pose.worldSource == .lifted {
            frame.people[index].pose.worldPoints = []
            frame.people[index].pose.worldSource = .measured
        }
        return frame
    }
}
