package import JSONLines
package import Skeleton

/// The `laban.skeleton` line: everyone one camera saw in one frame, as one JSON object without a line end.
package enum SkeletonLine {
    /// Version of the line format that is written and read.
    package static let version = 1

    /// Writes the line for `frame`; numbers are rounded to 4 decimals, a joint that is not finite becomes null and a hand
    /// that is not finite is left out.
    ///
    /// - Parameter topology: what a frame without people says; otherwise the people's own topology is written.
    package static func encode(
        _ frame: SkeletonFrame, topology: SkeletonTopology = .blazePose33, into line: inout JSONWriter
    ) {
        let topology = frame.people.first?.pose.topology ?? topology
        precondition(
            frame.people.allSatisfy { $0.pose.topology == topology }, "everyone in a frame has the same topology")
        line.openObject()
        line.key("v")
        line.value(Int64(version))
        line.key("type")
        line.value("laban.skeleton")
        line.key("camera")
        line.value(frame.camera)
        line.key("frame")
        line.value(Int64(frame.index))
        line.key("pts_us")
        line.value(frame.presentationTime.inMicroseconds)
        if let capture = frame.captureTime {
            line.key("t_cap_us")
            line.value(capture.inMicroseconds)
        }
        if let aspect = frame.aspectRatio {
            line.key("aspect")
            line.value(rounding: aspect)
        }
        line.key("topology")
        line.value(topology.name)
        line.key("people")
        line.openArray()
        for person in frame.people { encode(person, into: &line) }
        line.closeArray()
        line.closeObject()
    }

    private static func encode(_ person: TrackedPose, into line: inout JSONWriter) {
        line.openObject()
        line.key("track")
        line.value(Int64(person.track.value))
        line.key("score")
        line.value(rounding: person.pose.score)
        if !person.pose.keypoints.isEmpty {
            line.key("image")
            line.openArray()
            for keypoint in person.pose.keypoints {
                guard let keypoint, keypoint.isFinite else {
                    line.null()
                    continue
                }
                line.openArray()
                line.value(rounding: keypoint.x)
                line.value(rounding: keypoint.y)
                line.value(rounding: keypoint.z)
                line.value(rounding: keypoint.visibility)
                line.value(rounding: keypoint.presence)
                line.closeArray()
            }
            line.closeArray()
        }
        if !person.pose.worldPoints.isEmpty {
            line.key("world")
            line.openArray()
            for point in person.pose.worldPoints {
                guard let point, point.x.isFinite, point.y.isFinite, point.z.isFinite else {
                    line.null()
                    continue
                }
                line.openArray()
                line.value(rounding: point.x)
                line.value(rounding: point.y)
                line.value(rounding: point.z)
                line.closeArray()
            }
            line.closeArray()
            if person.pose.worldSource != .measured {
                line.key("world_source")
                line.value(person.pose.worldSource.rawValue)
            }
        }
        if !person.pose.evidence.isEmpty {
            line.key("origins")
            line.value(String(decoding: person.pose.evidence.map(\.letter), as: UTF8.self))
        }
        if !person.pose.implausibleJoints.isEmpty {
            line.key("implausible")
            line.openArray()
            for joint in person.pose.implausibleJoints { line.value(Int64(joint)) }
            line.closeArray()
        }
        let hands = person.pose.hands.filter(\.isFinite)
        if !hands.isEmpty {
            line.key("hands")
            line.openArray()
            for hand in hands { encode(hand, into: &line) }
            line.closeArray()
        }
        line.closeObject()
    }

    private static func encode(_ hand: HandPose, into line: inout JSONWriter) {
        line.openObject()
        line.key("side")
        line.value(hand.side.rawValue)
        line.key("score")
        line.value(rounding: hand.score)
        line.key("image")
        encode(hand.imagePoints, into: &line)
        if !hand.worldPoints.isEmpty {
            line.key("world")
            encode(hand.worldPoints, into: &line)
        }
        line.closeObject()
    }

    private static func encode(_ points: [SIMD3<Float>], into line: inout JSONWriter) {
        line.openArray()
        for point in points {
            line.openArray()
            line.value(rounding: point.x)
            line.value(rounding: point.y)
            line.value(rounding: point.z)
            line.closeArray()
        }
        line.closeArray()
    }
}

extension JointEvidence {
    /// What stands for it in a line: `m`, `f` or `g`.
    var letter: UInt8 {
        switch self {
        case .measured: UInt8(ascii: "m")
        case .filled: UInt8(ascii: "f")
        case .guessed: UInt8(ascii: "g")
        }
    }
}

extension Keypoint {
    fileprivate var isFinite: Bool {
        x.isFinite && y.isFinite && z.isFinite && visibility.isFinite && presence.isFinite
    }
}
