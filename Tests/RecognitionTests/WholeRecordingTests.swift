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
            let model = try Self.model(folder.file("\(views)").path, views: views, kernel: false)
            results.append(ActionClassifier(model: model).probabilities(ofRecording: Self.motion(moving: 0..<0)))
        }
        expectClose(results[0], results[1], tolerance: 1e-5)
    }

    private static func kernel(_ description: ActionModelDescription) -> (ActionModelDescription.Kernel, KernelMachine)
    {
        let form = MotionSummary.Form(parts: 4, distances: 0.25)
        let summary = MotionSummary(form, normalisation: description.normalisation, frames: description.sampling.frames)
        let clips = [motion(), motion(moving: 0..<0), motion(moving: 10..<50), motion(frames: 40, moving: 0..<0)]
        let inputs = clips.flatMap { summary.numbers(of: description.sampling.clips(of: $0)[0]) }
        let machine = KernelMachine(fitting: inputs, summary.layout, labels: [0, 1, 0, 1], classes: 2)
        return (.init(classes: ["rise", "still"], exemplars: 4, share: 0.9, summary: form), machine)
    }

    private static func model(_ path: String, views: Int = 1, kernel: Bool) throws -> ActionModel {
        var description = TinyModel.description(classes: ["rise", "still", "walk"])
        description.sampling = ClipSampling(frames: 8, span: .whole, seconds: 2, trim: 0.1, views: views)
        var machines: [KernelMachine] = []
        if kernel {
            let (own, machine) = Self.kernel(description)
            description.kernels = [own]
            machines = [machine]
        }
        try ActionModel.write(
            description, parameters: TinyModel.parameters(description), standardisation: TinyModel.standardisation,
            kernels: machines, to: path)
        return try ActionModel(folder: path)
    }

    @Test("a kernel machine shares out what its classes have, of whole recordings alone, and is read as written")
    func kernels() throws {
        let folder = try TemporaryFolder()
        let (plain, judged) = try (
            ActionClassifier(model: Self.model(folder.file("a").path, kernel: false)),
            ActionClassifier(model: Self.model(folder.file("b").path, kernel: true))
        )
        for (motion, label) in [(Self.motion(moving: 15..<45), 0), (Self.motion(frames: 50, moving: 0..<0), 1)] {
            let (before, after) = (
                plain.probabilities(ofRecording: motion), judged.probabilities(ofRecording: motion)
            )
            #expect(abs(before[2] - after[2]) < 1e-5)
            #expect(abs(after.reduce(0, +) - 1) < 1e-5)
            #expect(after[label] > after[1 - label])
            let clip = ClipSampling(frames: 8, span: .window, seconds: 2).clips(of: motion)
            #expect(plain.probabilities(of: clip) == judged.probabilities(of: clip))
        }
        let description = judged.model.description
        #expect(judged.model.kernels == [Self.kernel(description).1])
    }

    @Test(
        "what makes no sense about kernel machines is named",
        arguments: [
            (#""exemplars" : 4"#, #""exemplars" : 5"#, "kernels.0.exemplars"),
            (#""exemplars" : 4"#, #""exemplars" : -4"#, "kernels.0.exemplars"),
            (#""parts" : 4"#, #""parts" : 3"#, "kernels.0.exemplars"),
            (#""parts" : 4"#, #""parts" : 0"#, "kernels.0.summary.parts"),
            (#""distances" : 0.25"#, #""distances" : 0"#, "kernels.0.reach"),
            (#""distances" : 0.25"#, #""distances" : -1"#, "kernels.0.summary.distances"),
            (#""stance" : false"#, #""stance" : true"#, "kernels.0.mean"),
            (#""share" : 0.9"#, #""share" : 9"#, "kernels.0.share"),
            (#""span" : "whole""#, #""span" : "window""#, "kernels"),
            (#""span" : "whole""#, #""span" : "stream""#, "kernels"),
            (#""exemplars" : 4"#, #""exemplars" : 4, "frames": 8"#, "kernels"),
            (#""exemplars" : 4"#, #""exemplars" : 4, "frames": 1"#, "kernels.0.frames"),
            (#""views" : 1"#, #""views" : 0"#, "sampling.views"),
        ])
    func faults(old: String, new: String, place: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("m").path
        _ = try Self.model(path, kernel: true)
        let file = URL(filePath: path + "/model.json")
        var text = try String(contentsOf: file, encoding: .utf8)
        text = text.replacing(/0\.8999\d*/, with: "0.9")
        #expect(text.contains(old))
        try text.replacing(old, with: new).write(to: file, atomically: true, encoding: .utf8)
        let error = #expect(throws: RecognitionError.self) { try ActionModel(folder: path) }
        #expect(error?.place.hasSuffix(place) == true, "\(String(describing: error))")
    }

    @Test("a summary does not change with place, size and side the body faces, and knows more of it when asked")
    func summary() {
        let form = MotionSummary.Form()
        let normalisation = PoseNormalisation(heading: .clip, root: .none)
        func numbers(_ change: (SIMD3<Float>) -> SIMD3<Float>, _ form: MotionSummary.Form = form) -> [Float] {
            let samples = Self.motion(frames: 24, moving: 4..<20).map { sample in
                var sample = sample
                for joint in 0..<16 { sample.points[joint] = change(sample.points[joint]) }
                return sample
            }
            return MotionSummary(form, normalisation: normalisation, frames: 24).numbers(of: samples)
        }
        let plain = numbers { $0 }
        #expect(plain.count == 8 * 16 * 9 && plain.contains { abs($0) > 0.1 })
        expectClose(numbers { $0 * 2 + SIMD3(1, 2, 3) }, plain, tolerance: 1e-3)
        expectClose(numbers { SIMD3($0.z, $0.y, -$0.x) }, plain, tolerance: 1e-3)
        let all = MotionSummary.Form(parts: 8, hasStance: true, distances: 0.5)
        let more = numbers({ $0 }, all)
        #expect(more.count == 8 * (16 * 12 + 17 * 3))
        expectClose(numbers({ $0 * 2 + SIMD3(1, 2, 3) }, all), more, tolerance: 1e-3)
        for form in [form, all] {
            let summary = MotionSummary(form, normalisation: normalisation, frames: 24)
            #expect(summary.layout.features == summary.count && summary.count == numbers({ $0 }, form).count)
            #expect(abs(summary.layout.terms.reduce(0) { $0 + $1.weight } - 1) < 1e-5)
        }
    }

    @Test("distances between joints are the same from everywhere, even where the side a body faces is not known")
    func distances() {
        let summary = MotionSummary(
            .init(parts: 4, distances: 1), normalisation: PoseNormalisation(heading: .none, root: .none), frames: 24)
        func distances(_ change: (SIMD3<Float>) -> SIMD3<Float>) -> [Float] {
            let numbers = summary.numbers(
                of: Self.motion(frames: 24, moving: 4..<20).map { sample in
                    var sample = sample
                    for joint in 0..<16 { sample.points[joint] = change(sample.points[joint]) }
                    return sample
                })
            let width = numbers.count / 4
            return (0..<4).flatMap { numbers[($0 + 1) * width - 51..<($0 + 1) * width] }
        }
        let plain = distances { $0 }
        #expect(plain.contains { $0 > 0.5 })
        expectClose(distances { SIMD3($0.z, $0.y, -$0.x) }, plain, tolerance: 1e-3)
        expectClose(distances { SIMD3($0.y, $0.z, $0.x) }, plain, tolerance: 1e-3)
    }
}
