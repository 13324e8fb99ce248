/// The corrected clips that a model is fine-tuned on, and those it is measured with.
///
/// Held back is about a quarter: whole days where there are several, else whole tracks (people, as far as ids hold), the newest of either that make no
/// more than half; else every fourth clip.
package struct CorrectedSplit: Sendable {
    package let kept: [CorrectedClip]
    package let heldBack: [CorrectedClip]
    /// How they were split, in words.
    package let protocolName: String

    /// - Parameter clips: in order of time.
    package init(_ clips: [CorrectedClip]) {
        let ways = [
            (Self.groups(clips.map(\.day)), "whole days"),
            (Self.groups(clips.map(\.motion.subject)), "whole tracks"),
        ]
        for (groups, words) in ways {
            guard let taken = Self.newest(groups, of: clips.count) else { continue }
            self.init(clips, taken, "\(words) held back")
            return
        }
        self.init(clips, Set(clips.indices.filter { $0 % 4 == 3 }), "every fourth clip held back")
    }

    private init(_ clips: [CorrectedClip], _ taken: Set<Int>, _ protocolName: String) {
        kept = clips.indices.filter { !taken.contains($0) }.map { clips[$0] }
        heldBack = taken.sorted().map { clips[$0] }
        self.protocolName = protocolName
    }

    /// The places that hold the same.
    private static func groups(_ keys: [some Hashable]) -> [[Int]] {
        Array(Dictionary(grouping: keys.indices) { keys[$0] }.values)
    }

    /// The newest groups that make about a quarter and no more than half; nil where they make less than an eighth.
    private static func newest(_ groups: [[Int]], of count: Int) -> Set<Int>? {
        guard groups.count > 1 else { return nil }
        var taken: [Int] = []
        for group in groups.sorted(by: { $0[0] > $1[0] })
        where taken.count * 4 < count && (taken.count + group.count) * 2 <= count {
            taken += group
        }
        return taken.count * 8 >= count ? Set(taken) : nil
    }
}
