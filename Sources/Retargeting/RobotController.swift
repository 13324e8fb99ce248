package import Robots
package import Skeleton

/// Leads a robot after one person: an `ArmController` for each of its arms, and who that person is.
///
/// `update` takes frames; `tick` gives commands, every `ArmSettings.tick`. Once chosen, the operator stays the same
/// track. When that track is lost, or may have been swapped with another, the arms hold; somebody is chosen anew only
/// after nobody has led for a while.
package struct RobotController: Sendable {
    /// Frames a person has to be the one to be chosen, and seconds that nobody has led before.
    private static let frames = 5
    private static let gap = 1.0

    /// The track that leads; nil while nobody does.
    package private(set) var operatorTrack: TrackID?
    private let choice: OperatorChoice
    private var arms: [ArmController]
    private var observers: [ArmObserver]
    private var candidate: (track: TrackID, frames: Int)?
    private var lastSeen: Double?
    private var collisions: CollisionGuard

    /// - Parameter capsules: bodies of the links; those of the mapping take the place of a link's.
    /// - Throws: where the mapping names links or joints that the robot does not have, or that lie badly.
    package init(
        mapping: RobotMapping, robot: RobotDescription, capsules: [LinkCapsule] = [],
        person: OperatorChoice = .largest, settings: ArmSettings = .init()
    ) throws(RetargetingError) {
        choice = person
        arms = try mapping.arms.map { arm throws(RetargetingError) in
            try ArmController(arm: arm, mapping: mapping, robot: robot, settings: settings)
        }
        observers = mapping.arms.map { ArmObserver($0, mapping) }
        collisions = CollisionGuard(arms, mapping, robot, capsules)
    }

    /// Names of each arm's joints, in the order of commands.
    package var jointNames: [[String]] { arms.map(\.jointNames) }

    /// Whether nothing moves.
    package var isAtRest: Bool { arms.allSatisfy(\.isAtRest) }

    /// Takes everyone seen at one moment.
    /// - Parameter swapped: tracks that may have been swapped with another since the frame before.
    package mutating func update(_ frame: SkeletonFrame, swapped: Set<TrackID> = []) {
        let time = frame.presentationTime.inSeconds
        if let track = operatorTrack, swapped.contains(track) { leave("the person may have been mistaken for another") }
        if operatorTrack == nil { choose(from: frame, at: time) }
        guard let track = operatorTrack else { return }
        guard let person = frame.people.first(where: { $0.track == track }) else {
            if time - (lastSeen ?? time) > Self.gap { leave("the person is not seen any more") }
            see(arms.map { _ in nil }, at: frame.presentationTime)
            return
        }
        lastSeen = time
        see(observers.indices.map { observers[$0].sight(of: person.pose, at: time) }, at: frame.presentationTime)
    }

    /// Takes what a moment shows of each arm, in the robot's root frame; nil where it does not show it.
    package mutating func see(_ sights: [ArmSight?], at time: Duration) {
        for (index, sight) in sights.enumerated() { arms[index].see(sight, at: time) }
    }

    private mutating func choose(from frame: SkeletonFrame, at time: Double) {
        guard let track = choice.choose(from: frame) else {
            candidate = nil
            return
        }
        candidate = (track, candidate?.track == track ? candidate!.frames + 1 : 1)
        let hasWaited = lastSeen.map { time - $0 > Self.gap } ?? true
        guard hasWaited, candidate!.frames >= Self.frames else { return }
        operatorTrack = track
        candidate = nil
        for index in observers.indices { observers[index].forget() }
    }

    /// Nobody leads any more.
    package mutating func leave(_ reason: String) {
        operatorTrack = nil
        candidate = nil
        for index in arms.indices { arms[index].forget(reason: reason) }
    }

    /// Where the joints of each arm are, radians (or metres).
    package var postures: [[Double]] { arms.map(\.posture) }

    /// Brakes and stands until `reset`.
    package mutating func stop(reason: String) { for index in arms.indices { arms[index].stop(reason: reason) } }

    /// Lets it follow again after a stop.
    package mutating func reset() { for index in arms.indices { arms[index].reset() } }

    /// Brakes and stands until `release`, whoever is seen.
    package mutating func hold(reason: String) { for index in arms.indices { arms[index].hold(reason: reason) } }

    /// Follows again once the person is seen.
    package mutating func release() { for index in arms.indices { arms[index].release() } }

    /// The next command of each arm; called every `ArmSettings.tick`.
    package mutating func tick(at time: Duration) -> [RobotCommand] {
        Self.tick(&arms, &collisions, at: time)
    }

    /// Its parts by themselves, so that an arm may ask about collisions while it moves.
    private static func tick(
        _ arms: inout [ArmController], _ collisions: inout CollisionGuard, at time: Duration
    ) -> [RobotCommand] {
        guard collisions.isNeeded else { return arms.indices.map { arms[$0].tick(at: time) } }
        var commands: [RobotCommand] = []
        for index in arms.indices {
            let motions = arms.map(\.motions)
            commands.append(arms[index].tick(at: time) { collisions.admits($0, of: index, among: motions) })
        }
        return commands
    }

    /// What the joints of each arm are held to.
    package var bounds: [[JointBounds]] { arms.map(\.bounds) }

    /// Pairs of links that are too near each other in the posture at rest, and so are not kept apart.
    package var touchingAtRest: [LinkPair] { collisions.touchingAtRest }

    /// How far apart the nearest links are, metres; infinite where none are kept apart.
    package mutating func clearance() -> Double { collisions.distance(postures) }
}
