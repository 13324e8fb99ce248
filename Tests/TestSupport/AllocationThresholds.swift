import Foundation
public import Testing

/// How often the things that are done over and over may ask for memory: `Fixtures/allocations.json`.
private let thresholds: [String: Int] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/allocations.json")
    guard let data = try? Data(contentsOf: file) else { return [:] }
    return (try? JSONDecoder().decode([String: Int].self, from: data)) ?? [:]
}()

/// The committed threshold of a name; nil where there is none.
public func allocationThreshold(of name: String) -> Int? { thresholds[name] }

/// Runs `body` and expects that it asks for memory no more often than the committed threshold of that name allows.
///
/// Thresholds hold for optimised code: in debug `body` only runs.
public func expectAllocations(
    of name: String, sourceLocation: SourceLocation = #_sourceLocation, in body: () throws -> Void
) rethrows {
    guard let threshold = thresholds[name] else {
        Issue.record("Fixtures/allocations.json has no threshold '\(name)'", sourceLocation: sourceLocation)
        return
    }
    #if DEBUG
    try body()
    #else
    let count = try allocations(in: body)
    #expect(
        count <= threshold, "\(name): at most \(threshold) by Fixtures/allocations.json",
        sourceLocation: sourceLocation)
    #endif
}
