import Foundation
import Randomness
import TestSupport

/// One file of `Fixtures/goldens`.
struct Golden: Decodable {
    struct Output: Decodable {
        var name: String
        var shape: [Int]
        /// Largest less smallest number; 1 for a single number.
        var range: Float
        var mean: Float
        /// `values` holds every `step`-th number.
        var step: Int
        var values: [Float]
    }

    struct Run: Decodable {
        var seed: Int
        var outputs: [Output]
    }

    var file: String
    var low: Double
    var high: Double
    var runs: [Run]

    init(named name: String) throws {
        let data = try Data(contentsOf: Self.folder.appending(path: "\(name).json"))
        self = try JSONDecoder().decode(Golden.self, from: data)
    }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let folder = root.appending(path: "Fixtures/goldens")
    /// A network of a few kilobytes with every operator and encoding.
    static let tinyNetwork = folder.appending(path: "tiny.tflite").path
}

/// What to do about missing pose weights.
struct MissingPoseModel: Error, CustomStringConvertible {
    var path: String
    var description: String { "\(path) is not there: run `laban models install`" }
}

/// Path of one of the pose networks, in `LABAN_POSE_MODELS` or `Models/pose`.
func poseModel(_ file: String) throws -> String {
    let folder =
        ProcessInfo.processInfo.environment["LABAN_POSE_MODELS"] ?? Golden.root.appending(path: "Models/pose").path
    let path = "\(folder)/\(file)"
    guard FileManager.default.fileExists(atPath: path) else { throw MissingPoseModel(path: path) }
    return path
}

extension UnsafeMutableBufferPointer<Float> {
    /// Soft waves with a little noise: `picture` of `.scripts/make-goldens.py`, number for number.
    func fillWithGoldenPicture(_ shape: [Int], _ low: Double, _ high: Double, _ seed: Int) {
        let (height, width, channels) = (shape[1], shape[2], shape[3])
        func wave(_ phase: Int) -> Int { abs(phase % 256 - 128) }
        var i = 0
        for y in 0..<height {
            for x in 0..<width {
                for c in 0..<channels {
                    // SplitMix64 adds its constant before mixing: seed k gives the mix of k + 1 constants.
                    var noise = SeededGenerator(seed: UInt64(i + seed << 32) &* 0x9E37_79B9_7F4A_7C15)
                    let level = wave(3 * y + seed % 5 * x + 40 * c) + wave(seed % 3 * y + 5 * x + 90 * c) * 7 / 8
                    let byte = Swift.min(level + Int(noise.next() >> 61), 255)
                    self[i] = Float(low + Double(byte) / 255 * (high - low))
                    i += 1
                }
            }
        }
    }
}
