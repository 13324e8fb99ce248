import Foundation
package import Inference
package import Lifting
import Skeleton

/// What a pose system found of a known person frame by frame, and what is true, kept in a file.
package struct LiftingFilm: Sendable {
    /// A frame apart by `1 / LiftingMotion.rate` each.
    package var samples: [FlatSample]
    /// The common joints in metres from the pelvis, in camera axes.
    package var truth: [InlineArray<16, SIMD3<Float>>]

    package init(samples: [FlatSample] = [], truth: [InlineArray<16, SIMD3<Float>>] = []) {
        precondition(samples.count == truth.count, "a truth for each sample")
        self.samples = samples
        self.truth = truth
    }

    /// Numbers a joint: image x, y and whether seen; hint x, y, z and whether hinted; truth x, y, z.
    private static let width = 10

    /// Writes a safetensors file with (T, V, 10).
    package func write(to path: String) throws(InferenceError) {
        var values: [Float] = []
        for (sample, truth) in zip(samples, truth) {
            for joint in 0..<MotionSample.jointCount {
                let (image, hint, point) = (sample.image[joint], sample.hint[joint], truth[joint])
                values += [image.x, image.y, sample.isSeen(joint) ? 1 : 0, hint.x, hint.y, hint.z]
                values += [sample.isHinted(joint) ? 1 : 0, point.x, point.y, point.z]
            }
        }
        var file = TensorFileWriter()
        file.add("film", shape: [samples.count, MotionSample.jointCount, Self.width], values: values)
        try file.write(to: path)
    }

    package init(contentsOf path: String) throws(InferenceError) {
        let file = try TensorFile(contentsOf: path)
        let frames = file.shape(of: "film")?.first ?? 0
        let values = try file.finiteValues(of: "film", shape: [frames, MotionSample.jointCount, Self.width])
        self.init()
        for frame in 0..<frames {
            var sample = FlatSample(
                time: Double(frame) / LiftingMotion.rate, image: .init(repeating: .zero), seen: 0)
            var points = InlineArray<16, SIMD3<Float>>(repeating: .zero)
            for joint in 0..<MotionSample.jointCount {
                let base = (frame * MotionSample.jointCount + joint) * Self.width
                sample.image[joint] = SIMD2(values[base], values[base + 1])
                sample.hint[joint] = SIMD3(values[base + 3], values[base + 4], values[base + 5])
                if values[base + 2] > 0 { sample.seen |= 1 << UInt16(joint) }
                if values[base + 6] > 0 { sample.hinted |= 1 << UInt16(joint) }
                points[joint] = SIMD3(values[base + 7], values[base + 8], values[base + 9])
            }
            samples.append(sample)
            truth.append(points)
        }
    }

    /// Every film of a folder, by name.
    package static func films(in folder: String) throws -> [LiftingFilm] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".safetensors") }.sorted()
            .map { try LiftingFilm(contentsOf: folder + "/" + $0) }
    }

    /// Some frames of it, `step` apart, seen in a mirror or not, from the first at time 0.
    func part(first: Int, step: Int, frames: Int, isMirrored: Bool) -> LiftingBatches.Clip {
        var clip = LiftingBatches.Clip(samples: [], truth: [])
        for frame in 0..<frames {
            let place = min(first + frame * step, samples.count - 1)
            var sample = isMirrored ? samples[place].mirrored : samples[place]
            sample.time = Double(frame * step) / LiftingMotion.rate
            clip.samples.append(sample)
            let points = truth[place]
            clip.truth.append(
                isMirrored
                    ? InlineArray { joint in
                        let point = points[FlatSample.twins[joint]]
                        return SIMD3(-point.x, point.y, point.z)
                    } : points)
        }
        return clip
    }
}
