import Recognition
import Skeleton
import Testing

struct MotionSampleTests {
    @Test("resampling meets the samples at their own times and runs straight between them")
    func resampling() {
        let motion = MotionFeaturesTests.motion(seed: 7, frames: 12, rate: 15)
        let same = MotionResampling.resample(motion, at: motion.map(\.time))
        for (a, b) in zip(same, motion) {
            #expect(abs(a.points[6].y - b.points[6].y) < 1e-6 && a.seen == b.seen)
        }
        let middle = MotionResampling.resample(motion, at: [1.5 / 15])
        let halfway = (motion[1].points[11].x + motion[2].points[11].x) / 2
        #expect(abs(middle[0].points[11].x - halfway) < 1e-5)
        let before = MotionResampling.resample(motion, at: [-0.5])
        #expect(before[0].seen == 0)
    }

    @Test("the first Kinect's hips are brought down to where thighs begin, those of others stay")
    func hipsOfTheFirstKinect() throws {
        for (topology, hips) in [(SkeletonTopology.kinect20, Float(0.104)), (.common16, 0)] {
            var points = [SIMD3<Float>?](repeating: SIMD3(0, 0.1, 0.5), count: topology.count)
            for (side, x) in [("left", Float(0.2)), ("right", -0.2)] {
                points[try #require(topology.index(of: side + "Hip"))] = SIMD3(x / 2, 0, 2)
                points[try #require(topology.index(of: side + "Shoulder"))] = SIMD3(x, -0.4, 2)
            }
            let pose = Pose(topology: topology, keypoints: [], worldPoints: points)
            let sample = MotionSampler(topology: topology).sample(pose, at: 0, aspectRatio: nil)
            for (joint, place) in [(0, SIMD3(0, hips, 2)), (10, SIMD3(0.1, hips, 2)), (2, SIMD3(0, -0.4, 2))] {
                let error = sample.points[joint] - place
                #expect(max(abs(error.x), abs(error.y), abs(error.z)) < 1e-5, "\(topology.name) \(joint)")
            }
        }
    }

    @Test("joints outside the picture count as not seen")
    func outsideThePicture() {
        let points = [SIMD3<Float>?](repeating: [0.1, 0.2, 0.3], count: 33)
        var keypoints = [Keypoint?](repeating: Keypoint(x: 0.5, y: 0.5), count: 33)
        keypoints[27] = Keypoint(x: 0.5, y: 1.3)
        let pose = Pose(topology: .blazePose33, keypoints: keypoints, worldPoints: points)
        let sample = MotionSampler(topology: .blazePose33).sample(pose, at: 0, aspectRatio: 1.5)
        #expect(!sample.isSeen(12) && sample.isSeen(15) && sample.isSeen(0))
    }
}
