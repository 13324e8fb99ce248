package import Skeleton

/// Measures how one person walks, from points in space around the hips.
///
/// A foot touches down where its ankle is farthest ahead of the hips, and lifts where its toes are farthest behind them (Zeni
/// et al. 2008): this holds on the spot of a treadmill as on a way through a room, so it needs no place in the room. Nothing
/// is kept of a bout once it is over. One owner at a time, frames in order.
package struct GaitAnalyser: Sendable {
    private let joints: Joints
    private let depthIsMeasured: Bool
    private var forward: SIMD3<Float>?
    private var lastTime: Double?
    private var ankles = [TurningPoints(smallest: 0.06), TurningPoints(smallest: 0.06)]
    private var toes = [TurningPoints(smallest: 0.06), TurningPoints(smallest: 0.06)]
    private var touches: [Touch] = []
    private var lifts: [(side: Int, time: Double)] = []
    private var recent: [(time: Double, apart: Float)] = []

    private struct Joints: Sendable {
        var hips: [Int]
        var ankles: [Int]
        var toes: [Int]
    }

    private struct Touch: Sendable {
        var side: Int
        var time: Double
        var length: Float
        /// How much of the way ahead lies along the camera's view, 0…1.
        var depth: Float
    }

    /// Fewer steps are no bout.
    package static let fewestSteps = 4
    /// A bout ends after so many seconds without a step.
    private static let longestStep = 1.5
    private static let shortestStep = 0.2
    /// Ways nearer to the camera's view than about 35 degrees are judged by guessed depth.
    private static let greatestDepth: Float = 0.82

    /// - Parameter depthIsMeasured: whether points come from a depth camera or motion capture, not from one picture.
    /// - Returns: nil where the topology has no hips or ankles.
    package init?(topology: SkeletonTopology, depthIsMeasured: Bool = false) {
        func pair(_ names: [String]) -> [Int]? {
            for name in names {
                if let left = topology.index(of: "left" + name), let right = topology.index(of: "right" + name) {
                    return [left, right]
                }
            }
            return nil
        }
        guard let hips = pair(["Hip"]), let ankles = pair(["Ankle"]) else { return nil }
        joints = Joints(hips: hips, ankles: ankles, toes: pair(["FootIndex", "ToeBase", "BigToe", "Foot"]) ?? ankles)
        self.depthIsMeasured = depthIsMeasured
    }

    /// Takes in a frame.
    ///
    /// - Parameters:
    ///   - world: one point a joint in metres, x to image right, y down, z away.
    ///   - time: media time in seconds.
    /// - Returns: the bout that ended with the last step, once it is known to have ended.
    package mutating func next(_ world: [SIMD3<Float>?], at time: Double) -> GaitBout? {
        let ended = touches.last.map { time - $0.time > Self.longestStep } == true ? finish() : nil
        let hips = joints.hips.compactMap { world[$0] }
        let ankles = joints.ankles.compactMap { world[$0] }
        guard hips.count == 2, ankles.count == 2 else { return ended }
        // Horizontally ahead is at right angles to the line of the hips, which turns to and fro with every step.
        let left = hips[0] - hips[1]
        let ahead = SIMD3<Float>(left.z, 0, -left.x)
        let share = Float(min(1, max(0, (time - (lastTime ?? time)) / 0.5)))
        lastTime = time
        let mean = forward.map { $0 + (unit(ahead) - $0) * share } ?? unit(ahead)
        forward = mean
        let way = unit(mean)
        let pelvis = (hips[0] + hips[1]) / 2
        recent.append((time, ((ankles[0] - ankles[1]) * way).sum()))
        recent.removeAll { time - $0.time > 2 }
        for side in 0..<2 {
            if let turn = self.ankles[side].next(((ankles[side] - pelvis) * way).sum(), at: time), turn.isHigh {
                touch(side, at: turn.time, depth: abs(way.z))
            }
            guard let toe = world[joints.toes[side]] else { continue }
            if let turn = toes[side].next(((toe - pelvis) * way).sum(), at: time), !turn.isHigh, !touches.isEmpty {
                lifts.append((side, turn.time))
            }
        }
        return ended
    }

    /// The bout under way, if it has steps enough; the analyser then begins anew.
    package mutating func finish() -> GaitBout? {
        let bout = current
        touches = []
        lifts = []
        return bout
    }

    /// The bout so far; nil while it has too few steps.
    package var current: GaitBout? {
        guard touches.count >= Self.fewestSteps, let first = touches.first, let last = touches.last else { return nil }
        var durations: [[Double]] = [[], []]
        for (a, b) in zip(touches, touches.dropFirst()) { durations[b.side].append(b.time - a.time) }
        func lengths(_ side: Int) -> [Float] { touches.filter { $0.side == side }.map(\.length).sorted() }
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(values.count, 1)) }
        let depth = touches.map(\.depth).sorted()[touches.count / 2]
        let isJudged = depthIsMeasured || depth <= Self.greatestDepth
        let (left, right) = (lengths(0), lengths(1))
        let stance = stanceShare
        return GaitBout(
            start: first.time, end: last.time, steps: touches.count,
            cadence: 60 * Double(touches.count - 1) / (last.time - first.time),
            stepLength: isJudged
                ? (Double(left[left.count / 2]), Double(right[right.count / 2])) : nil,
            stanceShare: stance, doubleSupportShare: stance.map { max(0, 2 * $0 - 1) },
            timeSymmetry: mean(durations[0]) / mean(durations[1]), reason: isJudged ? nil : .depth)
    }

    /// The mean over strides whose lift was seen.
    private var stanceShare: Double? {
        var shares: [Double] = []
        for side in 0..<2 {
            let own = touches.filter { $0.side == side }
            for (a, b) in zip(own, own.dropFirst()) {
                guard let lift = lifts.first(where: { $0.side == side && a.time < $0.time && $0.time < b.time }) else {
                    continue
                }
                shares.append((lift.time - a.time) / (b.time - a.time))
            }
        }
        return shares.count < 2 ? nil : shares.reduce(0, +) / Double(shares.count)
    }

    /// Feet take turns: a second touch-down of the same foot, or one too soon, ends the bout or is none.
    private mutating func touch(_ side: Int, at time: Double, depth: Float) {
        let apart = recent.min { abs($0.time - time) < abs($1.time - time) }?.apart ?? 0
        let touch = Touch(side: side, time: time, length: abs(apart), depth: depth)
        if let last = touches.last {
            if time - last.time < Self.shortestStep { return }
            if last.side == side {
                touches = [touch]
                lifts = []
                return
            }
        }
        touches.append(touch)
    }

    private func unit(_ v: SIMD3<Float>) -> SIMD3<Float> {
        let length = (v * v).sum().squareRoot()
        return length > 1e-6 ? v / length : v
    }
}
