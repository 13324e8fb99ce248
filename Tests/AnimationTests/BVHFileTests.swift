import Animation
import Foundation
import Puppet
import Skeleton
import Testing

@Suite("BVH files")
struct BVHFileTests {
    /// What a reader of BVH sees: joints with offset and parent, and channels in order.
    private struct Reading {
        var names: [String] = []
        var parents: [Int] = []
        var offsets: [SIMD3<Double>] = []
        var channels: [(joint: Int, name: Substring)] = []
        var frames: [[Double]] = []
        var stated = 0

        init(_ text: String) {
            var open: [Int] = []
            for line in text.split(separator: "\n") {
                let words = line.split { $0 == " " || $0 == "\t" }
                switch words[0] {
                case "ROOT", "JOINT", "End":
                    names.append(String(words[1]))
                    parents.append(open.last ?? -1)
                    offsets.append(.zero)
                case "{": open.append(names.count - 1)
                case "}": open.removeLast()
                case "OFFSET": offsets[open.last!] = [Double(words[1])!, Double(words[2])!, Double(words[3])!]
                case "CHANNELS": channels += words.dropFirst(2).map { (open.last!, $0) }
                case "Frames:": stated = Int(words[1])!
                case "HIERARCHY", "MOTION", "Frame": break
                default: frames.append(words.map { Double($0)! })
                }
            }
        }

        /// Where the joints of a frame are, by the definition of the form.
        func places(_ frame: Int) -> [SIMD3<Double>] {
            var columns = names.map { _ in [SIMD3<Double>(1, 0, 0), [0, 1, 0], [0, 0, 1]] }
            var moves = offsets
            for (value, channel) in zip(frames[frame], channels) {
                let (c, s) = (cos(value * .pi / 180), sin(value * .pi / 180))
                let turn: [SIMD3<Double>]
                switch channel.name {
                case "Xposition": moves[channel.joint].x += value; continue
                case "Yposition": moves[channel.joint].y += value; continue
                case "Zposition": moves[channel.joint].z += value; continue
                case "Xrotation": turn = [[1, 0, 0], [0, c, s], [0, -s, c]]
                case "Yrotation": turn = [[c, 0, -s], [0, 1, 0], [s, 0, c]]
                default: turn = [[c, s, 0], [-s, c, 0], [0, 0, 1]]
                }
                columns[channel.joint] = turn.map { Self.apply(columns[channel.joint], $0) }
            }
            var (turns, places) = (columns, moves)
            for joint in names.indices where parents[joint] >= 0 {
                let parent = parents[joint]
                turns[joint] = columns[joint].map { Self.apply(turns[parent], $0) }
                places[joint] = places[parent] + Self.apply(turns[parent], moves[joint])
            }
            return places
        }

        private static func apply(_ columns: [SIMD3<Double>], _ v: SIMD3<Double>) -> SIMD3<Double> {
            columns[0] * v.x + columns[1] * v.y + columns[2] * v.z
        }
    }

    @Test("a reader of the definition gets every joint back within 1 mm", arguments: PuppetKind.allCases)
    func readBack(_ kind: PuppetKind) throws {
        let clip = PuppetClip(kind, frames: 60, frameRate: 30, seed: 9)
        let poses = clip.groundTruth.enumerated().map {
            (time: Duration.microseconds($0.offset * 33_333), pose: $0.element)
        }
        let motion = CharacterMotion(try #require(SteadyMotion(poses)))
        let read = Reading(BVHFile(motion).text)
        #expect(read.stated == motion.poses.count && read.frames.count == read.stated)
        #expect(read.frames.allSatisfy { $0.count == read.channels.count && $0.allSatisfy(\.isFinite) })
        #expect(read.channels.count == 6 + 3 * (Bone.allCases.count - 1))
        for (index, pose) in motion.poses.enumerated() {
            let places = read.places(index)
            let origins = pose.origins(motion.lengths)
            for bone in Bone.allCases {
                let place = places[try #require(read.names.firstIndex(of: bone.nameInBVH))] / 100
                let origin = SIMD3<Double>(origins[bone.rawValue])
                #expect(abs(place - origin).max() < 0.001, "\(bone) of frame \(index)")
            }
        }
        // Angles go on from frame to frame.
        for (a, b) in zip(read.frames, read.frames.dropFirst()) {
            #expect(zip(a, b).allSatisfy { abs($0 - $1) < 190 })
        }
    }
}

private func abs(_ v: SIMD3<Double>) -> SIMD3<Double> { [Swift.abs(v.x), Swift.abs(v.y), Swift.abs(v.z)] }
