import Foundation
import LabanCommands
import Recognition
import Recordings
import Skeleton

/// A public set of recordings in one array: `frames.npy` (rows, joints, 3) in millimetres, y up, and `sequences.csv`.
struct MotionSet {
    /// One person doing one thing.
    struct Recording {
        let subject: String
        let label: String
        let samples: [MotionSample]
    }

    let name: String
    let recordings: [Recording]
    /// Whether subjects are people, who show everything once or twice, with either side.
    let isByPerson: Bool
    /// What is taught; the rest is background.
    let gestures: [String]

    /// - Parameter folder: Bandai-Namco-2, whose subjects are styles, or Kinder-Gator, whose subjects are people.
    init(folder: String) throws {
        let table = try CSVTable(path: folder + "/sequences.csv")
        let isKinect = table.columns.contains("person")
        let topology = isKinect ? SkeletonTopology.kinect20 : .bandai21
        let (subject, label) = try (
            table.column(isKinect ? "person" : "style"), table.column(isKinect ? "motion" : "content")
        )
        let (start, count) = try (table.column("start"), table.column("frames"))
        let frames = try NumPyArray(path: folder + "/frames.npy").numbers
        let times = isKinect ? try NumPyArray(path: folder + "/times_ms.npy").numbers : []
        // The people of Kinder-Gator begin every recording with their arms spread.
        let skipped = isKinect ? 25 : 0
        let sampler = MotionSampler(topology: topology)
        isByPerson = isKinect
        gestures = isKinect ? Self.shown : Self.styled
        name = isKinect ? "kinder-gator" : "bandai-namco-2"
        recordings = table.rows.compactMap { row in
            guard let first = Int(row[start]), let length = Int(row[count]), length > skipped + 10 else { return nil }
            let samples = (first + skipped..<first + length).map { frame -> MotionSample in
                let points = (0..<topology.count).map { joint -> SIMD3<Float>? in
                    let base = (frame * topology.count + joint) * 3
                    return SIMD3(-frames[base], -frames[base + 1], frames[base + 2]) / 1000
                }
                let pose = Pose(topology: topology, worldPoints: points)
                let time = isKinect ? Double(times[frame]) / 1000 : Double(frame - first) / 30
                return sampler.sample(pose, at: time, aspectRatio: nil)
            }
            return Recording(
                subject: row[subject], label: Self.gesture(row[label]), samples: Self.growing(samples))
        }
    }

    private static let styled = [
        "wave_left_hand", "wave_right_hand", "wave_both_hands", "raise_up_left_hand", "raise_up_right_hand",
        "raise_up_both_hands",
    ]
    private static let shown = [
        "bow", "do_a_forward_lunge", "do_two_jumping_jacks", "draw_a_circle", "fly_like_a_bird", "kick_a_ball",
        "point_at_the_camera", "punch", "raise_your_arm_to_side", "raise_your_hand", "signal_someone_to_come_here",
        "swim",
        "swipe_across_an_imaginary_screen_in_front_of_you", "throw_a_ball", "touch_your_toes", "wave_your_hand",
    ]

    private static func growing(_ samples: [MotionSample]) -> [MotionSample] {
        var last = -Double.infinity
        return samples.filter { sample in
            defer { last = max(last, sample.time) }
            return sample.time > last
        }
    }

    /// Kinder-Gator names sides and strengths: these are the same gesture, mirrored or done harder.
    private static func gesture(_ motion: String) -> String {
        var name = motion
        let manners = [
            "_with_the_other_leg", "_with_the_other_arm", "_with_your_other_arm", "_as_far_as_you_can",
            "_as_high_as_you_can", "_as_fast_as_you_can", "_from_left_to_right", "_from_right_to_left",
        ]
        for manner in manners { name = name.replacingOccurrences(of: manner, with: "") }
        return name.replacingOccurrences(of: "_other", with: "").replacingOccurrences(of: "the_side", with: "side")
            .replacingOccurrences(of: "one_side", with: "side").replacingOccurrences(of: "-", with: "_")
    }
}
