import Inference
import Skeleton

/// Lifts the poses of any number of people, frame by frame, all in one batch. One a thread.
package final class PoseLifter {
    /// What is remembered of one person.
    package final class Memory {
        fileprivate var features = LiftingFeatures()
        fileprivate let state: ContinualState

        /// How many picture heights a metre spans at the person's distance.
        package var perMetre: Float { features.perMetre }

        fileprivate init(_ network: ContinualNetwork) { state = ContinualState(network) }
    }

    private let workspace: StepWorkspace

    package init(_ network: LiftingNetwork, people: Int = 16) {
        precondition(network.network.receptiveField.delay == 0, "a network that does not wait for later frames")
        workspace = StepWorkspace(network: network.network, people: people)
    }

    /// For a person not seen before.
    package func makeMemory() -> Memory { Memory(workspace.network) }

    /// Takes one sample of each person.
    ///
    /// - Parameters:
    ///   - samples: one for each memory, later than its last one.
    ///   - read: sees where the joints of the person of that index are.
    package func lift(
        _ samples: [FlatSample], memories: [Memory], read: (_ person: Int, _ pose: LiftedPose) -> Void
    ) {
        precondition(samples.count == memories.count, "a memory for each person")
        workspace.step(memories.map(\.state)) { person, frame in
            memories[person].features.next(samples[person], into: frame)
        } read: { person, result in
            guard let joints = result.joints else { return }
            var pose = LiftedPose(
                time: samples[person].time, points: .init(repeating: .zero), deviation: .init(repeating: 0))
            for joint in 0..<MotionSample.jointCount {
                let said = SIMD4(joints[joint, 0], joints[joint, 1], joints[joint, 2], joints[joint, 3])
                let found = LiftingNetwork.joint(said, guess: memories[person].features.guess[joint])
                pose.points[joint] = found.point
                pose.deviation[joint] = found.deviation
            }
            read(person, pose)
        }
    }
}
