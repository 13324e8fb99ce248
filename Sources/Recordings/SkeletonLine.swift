package import Skeleton

/// The `laban.skeleton` line: everyone one camera saw in one frame, as one JSON object without a line end.
package enum SkeletonLine {
    /// Version of the line format that is written and read.
    package static let version = 1

    /// Appends the line for `frame`; numbers are rounded to 4 decimals, a joint that is not finite becomes null.
    ///
    /// - Parameter topology: what a frame without people says; otherwise the people's own topology is written.
    package static func encode(
        _ frame: SkeletonFrame, topology: SkeletonTopology = .blazePose33, into line: inout [UInt8]
    ) {
        let topology = frame.people.first?.pose.topology ?? topology
        precondition(
            frame.people.allSatisfy { $0.pose.topology == topology }, "everyone in a frame has the same topology")
        line.append("{\"v\":1,\"type\":\"laban.skeleton\",\"camera\":")
        line.append(quoting: frame.camera)
        line.append(",\"frame\":")
        line.append(decimal: Int64(frame.index))
        line.append(",\"pts_us\":")
        line.append(decimal: frame.presentationTime.inMicroseconds)
        if let aspect = frame.aspectRatio, aspect.isFinite {
            line.append(",\"aspect\":")
            line.append(rounded: aspect)
        }
        line.append(",\"topology\":")
        line.append(quoting: topology.name)
        line.append(",\"people\":[")
        for (place, person) in frame.people.enumerated() {
            if place > 0 { line.append(UInt8(ascii: ",")) }
            encode(person, into: &line)
        }
        line.append("]}")
    }

    private static func encode(_ person: TrackedPose, into line: inout [UInt8]) {
        line.append("{\"track\":")
        line.append(decimal: Int64(person.track.value))
        line.append(",\"score\":")
        line.append(rounded: person.pose.score.isFinite ? person.pose.score : 0)
        if !person.pose.keypoints.isEmpty {
            line.append(",\"image\":[")
            for (joint, keypoint) in person.pose.keypoints.enumerated() {
                if joint > 0 { line.append(UInt8(ascii: ",")) }
                guard let keypoint, keypoint.isFinite else {
                    line.append("null")
                    continue
                }
                line.append(UInt8(ascii: "["))
                line.append(rounded: keypoint.x)
                for value in [keypoint.y, keypoint.z, keypoint.visibility, keypoint.presence] {
                    line.append(UInt8(ascii: ","))
                    line.append(rounded: value)
                }
                line.append(UInt8(ascii: "]"))
            }
            line.append(UInt8(ascii: "]"))
        }
        if !person.pose.worldPoints.isEmpty {
            line.append(",\"world\":[")
            for (joint, point) in person.pose.worldPoints.enumerated() {
                if joint > 0 { line.append(UInt8(ascii: ",")) }
                guard let point, point.x.isFinite, point.y.isFinite, point.z.isFinite else {
                    line.append("null")
                    continue
                }
                line.append(UInt8(ascii: "["))
                line.append(rounded: point.x)
                line.append(UInt8(ascii: ","))
                line.append(rounded: point.y)
                line.append(UInt8(ascii: ","))
                line.append(rounded: point.z)
                line.append(UInt8(ascii: "]"))
            }
            line.append(UInt8(ascii: "]"))
        }
        line.append(UInt8(ascii: "}"))
    }
}

extension Keypoint {
    fileprivate var isFinite: Bool {
        x.isFinite && y.isFinite && z.isFinite && visibility.isFinite && presence.isFinite
    }
}
