import Foundation
import TestSupport

/// Writes small folders in the layouts of the public data sets, with poses made up here.
enum DataSetFixtures {
    /// A `.npy` file of version 1.
    static func numPy(_ kind: String, shape: [Int], _ bytes: [UInt8]) -> Data {
        let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
        var header = "{'descr': '\(kind)', 'fortran_order': False, 'shape': (\(sizes)), }"
        header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
        let length = [UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)]
        return Data([0x93] + Array("NUMPY".utf8) + [1, 0] + length + Array(header.utf8) + bytes)
    }

    static func bytes<Number: FixedWidthInteger>(of numbers: [Number]) -> [UInt8] {
        numbers.flatMap { number in withUnsafeBytes(of: number.littleEndian) { Array($0) } }
    }

    static func bytes(of numbers: [Float]) -> [UInt8] { bytes(of: numbers.map(\.bitPattern)) }

    /// A standing person facing the camera, by joint name: x to the person's left, y up, z towards the camera, in metres.
    static let standing: [String: SIMD3<Float>] = [
        "pelvis": [0, 1, 0], "spine": [0, 1.2, 0], "chest": [0, 1.35, 0], "neck": [0, 1.5, 0], "head": [0, 1.65, 0.02],
        "headTop": [0, 1.75, 0.02], "leftCollar": [0.05, 1.45, 0], "rightCollar": [-0.05, 1.45, 0],
        "leftShoulder": [0.2, 1.45, 0], "rightShoulder": [-0.2, 1.45, 0], "leftElbow": [0.25, 1.2, 0.01],
        "rightElbow": [-0.25, 1.2, 0.01], "leftWrist": [0.27, 0.95, 0.05], "rightWrist": [-0.27, 0.95, 0.05],
        "leftHand": [0.28, 0.88, 0.06], "rightHand": [-0.28, 0.88, 0.06], "leftHip": [0.1, 0.95, 0],
        "rightHip": [-0.1, 0.95, 0], "leftKnee": [0.1, 0.5, 0.02], "rightKnee": [-0.1, 0.5, 0.02],
        "leftAnkle": [0.1, 0.1, 0], "rightAnkle": [-0.1, 0.1, 0], "leftFoot": [0.11, 0.02, 0.12],
        "rightFoot": [-0.11, 0.02, 0.12],
    ]
}
