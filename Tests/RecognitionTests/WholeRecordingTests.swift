import Foundation
import Inference
import Recognition
import TestSupport
import Testing

/// How recordings are classified as a whole: what is cut off, how often they are looked at, and by whom.
struct WholeRecordingTests {
    /// A body whose hands go up between two moments and are still before and after, 20 frames a second.
    private static func motion(frames: Int = 60, moving range: Range<Int> = 20..<40, size: Float = 1) -> [MotionSample]
    {
        let rest: [SIMD3<Float>] = [
            [0, 0, 0], [0, -0.25, 0], [0, -0.5, 0], [0, -0.7, 0], [0.18, -0.48, 0], [0.24, -0.2, 0], [0.26, 0.05, 0],
            [-0.18, -0.48, 0], [-0.24, -0.2, 0], [-0.26, 0.05, 0], [0.1, 0, 0], [0.11, 0.4, 0], [0.11, 0.8, 0],
            [-0.1, 0, 0], [-0.11, 0.4, 0], [-0.11, 0.8, 0],
        ]
        return (0..<frames).map { frame in
            let way = range.isEmpty ? 0 : Float(min(max(frame, range.lowerBound), range.upperBound) - range.lowerBound)
            var points = rest
            for wrist in [6, 9] { points[wrist].y -= way / Float(max(1, range.count)) }
            return MotionSample(time: Double(frame) / 20, points: points.map { $0 * size })
        }
    }

    @Test("stillness before and after a movement is no part of it")
    func pace() {
        let range = MotionPace(Self.motion()).range(above: 0.2)
        #expect(abs(range.lowerBound - 20) <= 3 && abs(range.upperBound - 41) <= 3)
        #expect(MotionPace(Self.motion()).range(above: 0) == 0..<60)
        #expect(MotionPace(Self.motion(moving: 0..<0)).range(above: 0.2) == 0..<60)
        #expect(MotionPace(Self.motion(size: 7)).range(above: 0.2) == range)
        #expect(MotionPace([]).range(above: 0.2).isEmpty)
    }

    @Test("a joint that jumps in one frame is no movement")
    func jumps() {
        var samples = Self.motion()
        samples[5].points[6] += SIMD3(0, 0, 3)
        #expect(MotionPace(samples).range(above: 0.2).lowerBound <= 6)
        let steady = MotionPace(Self.motion()).range(above: 0.5)
        #expect(steady.lowerBound >= 17)
    }

    @Test("clips of a whole recording have its frames and even times, and as many views as were asked for")
    func views() throws {
        for views in 1...ClipSampling.mostViews {
            let sampling = ClipSampling(frames: 12, span: .whole, seconds: 2, trim: 0.2, views: views)
            let clips = sampling.clips(of: Self.motion())
            #expect(clips.count == views)
            for clip in clips {
                #expect(clip.count == 12 && clip[0].time == 0)
                let step = clip[1].time
                for (a, b) in zip(clip, clip.dropFirst()) { #expect(abs(b.time - a.time - step) < 1e-9) }
                #expect(clip.allSatisfy { $0.seen == .max })
            }
        }
        let whole = ClipSampling(frames: 4, span: .whole, seconds: 2).clips(of: Self.motion())
        #expect(abs(try #require(whole.first?.last?.time) - 59.0 / 20) < 1e-9)
    }

    @Test("looking at somebody who is still from several views changes nothing")
    func still() throws {
        let folder = try TemporaryFolder()
        var results: [[Float]] = []
        for views in [1, 5] {
            let model = try Self.model(folder.file("\(views)").path, views: views)
            results.append(ActionClassifier(model: model).probabilities(ofRecording: Self.motion(moving: 0..<0)))
        }
        expectClose(results[0], results[1], tolerance: 1e-5)
    }

    private static func model(_ path: String, views: Int) throws -> ActionModel {
        var description = TinyModel.description(classes: ["rise", "still", "walk"])
        description.sampling = ClipSampling(frames: 8, span: .whole, seconds: 2, trim: 0.1, views: views)
        try ActionModel.write(
            description, parameters: TinyModel.parameters(description), standardisation: TinyModel.standardisation,
            to: path)
        return try ActionModel(folder: path)
    }
}
