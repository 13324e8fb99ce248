import ArgumentParser
import CAllocationCounter
import Foundation
import Randomness
import Retargeting
import Robots

/// `Benchmarks robots URDF`: where the links of a robot are and how near they come to each other, for other people's
/// engines to judge (`.scripts/judge-robots.py`).
struct BenchRobotsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "robots",
        abstract: "Say where a robot's links are in postures read from standard input.",
        discussion: """
            The first line printed names joints, links, capsules, the pairs that are kept apart and the arms that are guessed, \
            and says how long a look at a posture takes. Then each line read, a number for each joint (radians or metres), \
            is answered with where the links are and how far apart the nearest pair is.
            """)

    @Argument(help: ArgumentHelp("The robot's description.", valueName: "urdf"))
    var urdf: String

    @Option(help: ArgumentHelp("Which links need no check against each other.", valueName: "file"))
    var srdf: String?

    func run() throws {
        var robot = try URDFReader.read(urdf)
        if let srdf { try SRDFReader.read(srdf, into: &robot) }
        var trial = RobotTrial(robot, capsules: robot.capsules(urdf: urdf))
        try print(trial.description(warnings: robot.warnings))
        while let line = readLine() {
            let posture = line.split(separator: " ").compactMap { Double($0) }
            guard posture.count == trial.joints.count else {
                throw ValidationError("expected \(trial.joints.count) numbers, found \(line.prefix(80))")
            }
            try print(trial.look(at: posture))
        }
    }

    private func print(_ line: some Encodable) throws {
        // Who asks waits for the answer: nothing may stay in a buffer.
        try FileHandle.standardOutput.write(contentsOf: JSONEncoder().encode(line) + [0x0A])
    }
}

/// A robot whose joints all move, and whose arms are looked at for links that come near each other.
private struct RobotTrial {
    struct Description: Encodable {
        var joints: [String]
        var links: [String]
        var capsules: [Capsule]
        var pairs: [[String]]
        var touchingAtRest: [[String]]
        var arms: [[String: String]]
        var warnings: [String]
        /// Microseconds for all pairs in one posture, places of links included: half of the looks and 99 in 100 take less.
        var median: Double
        var p99: Double
        var allocations: Double
    }

    struct Capsule: Encodable {
        var link: String
        var start: Vector3
        var end: Vector3
        var radius: Double
    }

    struct Look: Encodable {
        /// Of each link the origin and its axes x, y and z, in the root's frame.
        var places: [[Vector3]]
        var distance: Double?
        var pair: [String]
    }

    let robot: RobotDescription
    /// Indices of the joints that move and follow none.
    let joints: [Int]
    private let capsules: [LinkCapsule]
    private let mapping: RobotMapping
    /// One chain a link.
    private let chains: [KinematicChain]
    private let arms: [KinematicChain]
    private var bodies: SelfCollision

    init(_ robot: RobotDescription, capsules: [LinkCapsule]) {
        self.robot = robot
        self.capsules = capsules
        joints = robot.joints.indices.filter { robot.joints[$0].kind != .fixed && robot.joints[$0].mimic == nil }
        chains = robot.links.indices.map { KinematicChain(of: robot, to: $0) }
        mapping = RobotMapping.proposal(for: robot)
        let arms = mapping.arms.map { arm in
            KinematicChain(of: robot, to: robot.link(named: arm.tip ?? arm.wrist)!, moving: arm.joints)
        }
        self.arms = arms
        let mapping = mapping
        let rest = arms.map { $0.joints.map { mapping.bounds(of: $0).middle } }
        bodies = SelfCollision(robot, capsules: capsules, chains: arms, rest: rest, clearance: mapping.clearance)
    }

    mutating func description(warnings: [String]) -> Description {
        let times = times()
        return Description(
            joints: joints.map { robot.joints[$0].name }, links: robot.links,
            capsules: capsules.map {
                Capsule(link: robot.links[$0.link], start: $0.start, end: $0.end, radius: $0.radius)
            },
            pairs: bodies.linkPairs.map { [$0.first, $0.second] },
            touchingAtRest: bodies.touchingAtRest.map { [$0.first, $0.second] },
            arms: mapping.arms.map {
                ["mode": $0.mode.rawValue, "shoulder": $0.shoulder, "elbow": $0.elbow, "wrist": $0.wrist]
            }, warnings: warnings, median: times.microseconds[times.microseconds.count / 2],
            p99: times.microseconds[times.microseconds.count * 99 / 100], allocations: times.allocations)
    }

    private mutating func times() -> (microseconds: [Double], allocations: Double) {
        var random = SplitMix64(seed: 1)
        var postures: [[[Double]]] = []
        for _ in 0..<10_000 {
            postures.append(arms.map { $0.joints.map { _ in Double(random.uniform(-1.5...1.5)) } })
        }
        var times: [Double] = []
        times.reserveCapacity(postures.count)
        _ = bodies.distance(at: postures[0])
        let clock = ContinuousClock()
        let before = laban_allocation_count()
        for posture in postures {
            let start = clock.now
            _ = bodies.distance(at: posture)
            times.append((clock.now - start) / .microseconds(1))
        }
        return (times.sorted(), Double(laban_allocation_count() - before) / Double(postures.count))
    }

    mutating func look(at posture: [Double]) -> Look {
        let positions = Dictionary(uniqueKeysWithValues: zip(joints.map { robot.joints[$0].name }, posture))
        let places = robot.links.indices.map { link in
            let placements = chains[link].placements(at: chains[link].joints.map { positions[$0.name]! })
            let ends: [Vector3] = [.zero, [1, 0, 0], [0, 1, 0], [0, 0, 1]].map { offset in
                chains[link].point(of: link, offset: offset).map { chains[link].place(of: $0, placements) } ?? offset
            }
            return [ends[0], ends[1] - ends[0], ends[2] - ends[0], ends[3] - ends[0]]
        }
        let closest = bodies.closest(at: arms.map { $0.joints.map { positions[$0.name]! } })
        return Look(
            places: places, distance: closest?.distance,
            pair: closest.map { [$0.pair.first, $0.pair.second] } ?? [])
    }
}
