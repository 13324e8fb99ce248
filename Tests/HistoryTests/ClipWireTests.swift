import History
import Skeleton
import TestSupport
import Testing

@Suite("The form in which skeletons are kept")
struct ClipWireTests {
    @Test(
        "every number is read within a step of what was written, and what was not known is not known",
        arguments: SkeletonTopology.known.map(\.name))
    func roundTrip(name: String) throws {
        let topology = try #require(SkeletonTopology.named(name))
        var maker = ClipMaker(seed: 7)
        for _ in 0..<10 {
            let motion = maker.motion(topology)
            let read = try ClipMotion(wire: #require(motion.wire()))
            #expect(read.topology == topology && read.aspectRatio == motion.aspectRatio)
            try #require(read.samples.map(\.offset) == motion.samples.map(\.offset))
            for (before, after) in zip(motion.samples, read.samples) {
                let steps = try #require(before.pose.steps(to: after.pose))
                #expect(steps <= 1.001)
            }
            // What is in whole steps already stays as it is.
            #expect(try ClipMotion(wire: #require(read.wire())) == read)
        }
    }

    @Test("what is no number, nowhere near the picture or of nobody does no harm")
    func strange() throws {
        var maker = ClipMaker(seed: 3)
        var pose = maker.standing(trembling: 0)
        pose.keypoints[3]?.x = .nan
        pose.keypoints[4]?.y = .infinity
        pose.worldPoints[5] = SIMD3(.nan, 0, 0)
        pose.keypoints[6]?.x = 1e20
        pose.score = .nan
        pose.hands = [HandPose(side: .left, imagePoints: .init(repeating: SIMD3(.nan, 0, 0), count: 21))]
        let nobody = Pose(topology: .blazePose33)
        let motion = ClipMotion(
            topology: .blazePose33, aspectRatio: nil,
            samples: [.init(offset: .zero, pose: pose), .init(offset: .seconds(1), pose: nobody)])
        let read = try ClipMotion(wire: #require(motion.wire()))
        let seen = try #require(read.samples.first?.pose)
        #expect(read.samples.count == 1)
        #expect(seen.keypoints[3] == nil && seen.keypoints[4] == nil && seen.worldPoints[5] == nil)
        #expect(abs((seen.keypoints[6]?.x ?? 0) - 8) < 0.01 && seen.hands.isEmpty)
    }

    @Test("damaged bytes are refused with a place, or read as some other clip, and never more than that")
    func mutated() throws {
        var generator = SeededGenerator(seed: 11)
        var maker = ClipMaker(seed: 5)
        var refused = 0
        for _ in 0..<40 {
            let bytes = try #require(maker.motion(.coco17).wire())
            for _ in 0..<25 {
                do {
                    _ = try ClipMotion(wire: bytes.mutated(using: &generator))
                } catch {
                    refused += 1
                    #expect(error.message.hasPrefix("byte \(error.place): expected "))
                }
            }
        }
        #expect(refused > 500)
    }

    @Test("any bit that turns over is found, or changes nothing of what is read")
    func turned() throws {
        var maker = ClipMaker(seed: 21)
        for topology in [SkeletonTopology.coco17, .blazePose33] {
            let motion = maker.motion(topology)
            let bytes = try #require(
                ClipMotion(topology: topology, aspectRatio: 1.5, samples: Array(motion.samples.prefix(2))).wire())
            let read = try ClipMotion(wire: bytes)
            var found = 0
            for place in bytes.indices {
                for bit in 0..<8 {
                    var turned = bytes
                    turned[place] ^= 1 << bit
                    do throws(ClipFault) {
                        let other = try ClipMotion(wire: turned)
                        #expect(other == read, "bit \(bit) of byte \(place)")
                    } catch {
                        found += 1
                        #expect(error.message.hasPrefix("byte \(error.place): expected "))
                    }
                }
            }
            // Of the head of gzip some bits mean nothing.
            #expect(found > 8 * (bytes.count - 10))
        }
    }

    @Test("bytes that unpack to others than were packed are told by their checksum")
    func checksum() throws {
        var maker = ClipMaker(seed: 22)
        var bytes = try #require(maker.motion(.coco17).wire())
        bytes[bytes.count - 8] ^= 1
        let error = #expect(throws: ClipFault.self) { try ClipMotion(wire: bytes) }
        #expect(error?.place == bytes.count - 8 && error?.message.contains("expected bytes with the checksum") == true)
    }

    @Test("what was cut off, is of a newer version or claims to be huge is refused")
    func refused() throws {
        var maker = ClipMaker(seed: 9)
        let bytes = try #require(maker.motion(.blazePose33).wire())
        for count in stride(from: 0, to: bytes.count - 9, by: 7) {
            #expect(throws: ClipFault.self) { try ClipMotion(wire: Array(bytes.prefix(count))) }
        }
        #expect(throws: ClipFault.self) { try ClipMotion(wire: [2] + bytes.dropFirst()) }
        #expect(throws: ClipFault.self) {
            try ClipMotion(wire: [1, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F] + bytes.dropFirst(3))
        }
    }

    @Test("who stands still costs a fraction of who moves")
    func still() throws {
        func size(_ reach: Float) throws -> Int {
            var maker = ClipMaker(seed: 1)
            let samples = (0..<200).map { index in
                ClipMotion.Sample(offset: .milliseconds(50 * index), pose: maker.standing(trembling: reach))
            }
            return try #require(ClipMotion(topology: .blazePose33, aspectRatio: 1, samples: samples).wire()).count
        }
        #expect(try size(0.00005) < 3000)
        #expect(try size(0.00005) * 8 < size(0.01))
    }
}
