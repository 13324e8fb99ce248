/// One way out and back along a direction, in numbers of rows.
struct Swing: Sendable, Hashable {
    /// Where the way out began.
    var start: Int
    /// Where it was farthest out.
    var turn: Int
    /// Where it had come back.
    var end: Int

    var length: Int { end - start }

    /// Finds every way out beyond `outer` that came back below `inner`.
    ///
    /// - Parameters:
    ///   - course: 0 where it rests, 1 farthest out, roughly.
    ///   - swings: replaced by what is found.
    static func find(in course: [Float], outer: Float, inner: Float, into swings: inout [Swing]) {
        swings.removeAll(keepingCapacity: true)
        var isOut = false
        var (low, high) = (0, 0)
        for (index, value) in course.enumerated() {
            if isOut {
                if value > course[high] { high = index }
                guard value < inner else { continue }
                swings.append(Swing(start: low, turn: high, end: index))
                isOut = false
                low = index
            } else {
                if value <= course[low] { low = index }
                guard value > outer else { continue }
                isOut = true
                high = index
            }
        }
    }
}
