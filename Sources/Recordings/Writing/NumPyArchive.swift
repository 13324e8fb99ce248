import Foundation
package import Skeleton

/// Arrays of NumPy in one `.npz` file: a zip of `.npy` files that are stored as they are, so that no library is needed to
/// write it. Nothing in it needs pickle to be read.
package struct NumPyArchive: Sendable {
    private var files: [(name: String, bytes: [UInt8], offset: Int, checksum: UInt32)] = []
    private var body: [UInt8] = []

    package init() {}

    /// One person: `time` (T) in seconds, `joints` (V), and where the source has them `world` (T, V, 3) in metres, `image`
    /// (T, V, 3) as fractions of the picture and `visibility` (T, V); NaN where a joint was not seen.
    package init(_ poses: [(time: Duration, pose: Pose)], topology: SkeletonTopology) {
        let (frames, joints) = (poses.count, topology.count)
        add("time", "<f8", [frames], poses.flatMap { Self.bytes($0.time.inSeconds.bitPattern) })
        add("joints", topology.jointNames)
        add("topology", [topology.name])
        let unseen = SIMD3<Float>(repeating: .nan)
        if poses.contains(where: { !$0.pose.worldPoints.isEmpty }) {
            let world = poses.flatMap { pose in
                pose.pose.worldPoints.isEmpty ? [SIMD3<Float>?](repeating: nil, count: joints) : pose.pose.worldPoints
            }
            add("world", "<f4", [frames, joints, 3], world.flatMap { Self.numbers($0 ?? unseen) })
        }
        guard poses.contains(where: { !$0.pose.keypoints.isEmpty }) else { return }
        let image = poses.flatMap { pose in
            pose.pose.keypoints.isEmpty ? [Keypoint?](repeating: nil, count: joints) : pose.pose.keypoints
        }
        add(
            "image", "<f4", [frames, joints, 3],
            image.flatMap { Self.numbers($0.map { SIMD3($0.x, $0.y, $0.z) } ?? unseen) })
        add("visibility", "<f4", [frames, joints], image.flatMap { Self.bytes(($0?.visibility ?? .nan).bitPattern) })
    }

    /// The whole file.
    package var bytes: [UInt8] {
        var bytes = body
        for file in files {
            bytes += Self.bytes(0x0201_4B50 as UInt32) + Self.bytes(20 as UInt16) + Self.entry(file.name, file)
            bytes += [UInt8](repeating: 0, count: 10) + Self.bytes(UInt32(file.offset)) + Array(file.name.utf8)
        }
        let size = bytes.count - body.count
        bytes += Self.bytes(0x0605_4B50 as UInt32) + Self.bytes(0 as UInt32)
        bytes += Self.bytes(UInt16(files.count)) + Self.bytes(UInt16(files.count))
        bytes += Self.bytes(UInt32(size)) + Self.bytes(UInt32(body.count)) + Self.bytes(0 as UInt16)
        return bytes
    }

    /// Adds an array of texts.
    private mutating func add(_ name: String, _ texts: [String]) {
        let width = max(1, texts.map(\.unicodeScalars.count).max() ?? 1)
        let bytes = texts.flatMap { text in
            let scalars = text.unicodeScalars.map(\.value)
            return (scalars + Array(repeating: 0, count: width - scalars.count)).flatMap { Self.bytes($0) }
        }
        add(name, "<U\(width)", [texts.count], bytes)
    }

    private mutating func add(_ name: String, _ type: String, _ shape: [Int], _ numbers: [UInt8]) {
        let sizes = shape.map { "\($0)," }.joined(separator: " ")
        var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(sizes)), }"
        header += String(repeating: " ", count: (64 - (header.utf8.count + 11) % 64) % 64) + "\n"
        let file =
            [0x93] + Array("NUMPY".utf8) + [1, 0] + Self.bytes(UInt16(header.utf8.count)) + Array(header.utf8)
            + numbers
        let entry = (name: name + ".npy", bytes: file, offset: body.count, checksum: Self.checksum(file))
        body += Self.bytes(0x0403_4B50 as UInt32) + Self.entry(entry.name, entry) + Array(entry.name.utf8) + file
        files.append((entry.name, file, entry.offset, entry.checksum))
    }

    /// What stands before the name of a file both beside it and in the directory. The date is the first that zip knows.
    private static func entry(
        _ name: String, _ file: (name: String, bytes: [UInt8], offset: Int, checksum: UInt32)
    ) -> [UInt8] {
        bytes(20 as UInt16) + bytes(0 as UInt16) + bytes(0 as UInt16) + bytes(0 as UInt16) + bytes(0x21 as UInt16)
            + bytes(file.checksum) + bytes(UInt32(file.bytes.count)) + bytes(UInt32(file.bytes.count))
            + bytes(UInt16(name.utf8.count)) + bytes(0 as UInt16)
    }

    private static func numbers(_ v: SIMD3<Float>) -> [UInt8] {
        bytes(v.x.bitPattern) + bytes(v.y.bitPattern) + bytes(v.z.bitPattern)
    }

    private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }

    /// CRC-32 as zip has it.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { sum, byte in table[Int((sum ^ UInt32(byte)) & 255)] ^ sum >> 8 }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ sum >> 1 : sum >> 1 }
    }
}
