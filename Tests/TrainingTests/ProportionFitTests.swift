import Foundation
import Puppet
import Recordings
import Skeleton
import Testing
import Training

struct ProportionFitTests {
    /// The angle at the middle one of three joints, in degrees.
    private func angle(_ points: [SIMD3<Float>?], _ names: [String]) throws -> Float {
        let joints = try names.map { try #require(SkeletonTopology.blazePose33.index(of: $0)) }
        let places = try joints.map { try #require(points[$0]) }
        let (a, b) = (places[0] - places[1], places[2] - places[1])
        let cosine = (a * b).sum() / ((a * a).sum() * (b * b).sum()).squareRoot()
        return acos(max(-1, min(1, cosine))) * 180 / .pi
    }

    @Test(
        "bodies that were scaled to 0…1 on every axis, frame by frame, bend their limbs as before",
        arguments: [PuppetKind.squat, .pushUp, .jumpingJack, .sitUp])
    func restores(kind: PuppetKind) throws {
        let truth = PuppetClip(kind, frames: 40, frameRate: 10, seed: 3).groundTruth
        let scaled = truth.map { pose in
            let points = pose.worldPoints.compactMap { $0 }
            let low = points.reduce(points[0]) { pointwiseMin($0, $1) }
            let high = points.reduce(points[0]) { pointwiseMax($0, $1) }
            return Pose(
                topology: pose.topology,
                keypoints: points.map {
                    let place = ($0 - low) / (high - low)
                    return Keypoint(x: place.x, y: place.y, z: place.z)
                })
        }
        let recording = Recording(
            topology: .blazePose33, times: scaled.indices.map { .milliseconds(100 * $0) }, poses: scaled)
        let restored = ProportionFit.restore(recording)
        var (before, after): (Float, Float) = (0, 0)
        for limb in [["leftHip", "leftKnee", "leftAnkle"], ["rightShoulder", "rightElbow", "rightWrist"]] {
            for frame in truth.indices {
                let wanted = try angle(truth[frame].worldPoints, limb)
                let points = scaled[frame].keypoints.map { $0.map { SIMD3($0.x, $0.y, $0.z) } }
                before += try abs(angle(points, limb) - wanted)
                after += try abs(angle(restored.poses[frame].worldPoints, limb) - wanted)
            }
        }
        let count = Float(2 * truth.count)
        #expect(after / count < 14, "\(before / count) degrees before, \(after / count) after")
        #expect(after < 0.8 * before, "\(before / count) degrees before, \(after / count) after")
    }

    @Test("frames in which nobody was found stay empty")
    func empty() {
        let nobody = Pose(topology: .blazePose33, keypoints: [Keypoint?](repeating: nil, count: 33), score: 0)
        let restored = ProportionFit.restore(Recording(topology: .blazePose33, times: [.zero], poses: [nobody]))
        #expect(restored.poses == [nobody])
    }
}
