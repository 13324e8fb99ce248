public import Testing

/// Expects two arrays to agree within `tolerance`, and names the worst index when they do not.
public func expectClose(
    _ a: [Float], _ b: [Float], tolerance: Float, _ comment: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard a.count == b.count else {
        Issue.record("\(comment) counts differ: \(a.count) and \(b.count)", sourceLocation: sourceLocation)
        return
    }
    var worst = 0
    for i in a.indices where !(abs(a[i] - b[i]) <= abs(a[worst] - b[worst])) { worst = i }
    if let x = a.isEmpty ? nil : a[worst], !(abs(x - b[worst]) <= tolerance) {
        Issue.record(
            "\(comment) worst at \(worst): \(x) against \(b[worst]), tolerance \(tolerance)",
            sourceLocation: sourceLocation)
    }
}
