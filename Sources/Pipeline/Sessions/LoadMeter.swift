/// Tells from counts of pictures worked on and dropped when a camera's load is worth a word: once in ten seconds at most.
package struct LoadMeter: Sendable {
    /// What to say.
    package struct Report: Sendable, Equatable {
        /// Whether pictures are being dropped.
        package var isDropping: Bool
        /// Pictures worked on a second.
        package var framesPerSecond: Double
        /// Share of the pictures that were dropped, 0…1.
        package var droppedShare: Double
    }

    /// What is looked back on.
    package static let window = Duration.seconds(10)
    /// Beyond this share of dropped pictures it is said …
    static let most = 0.05
    /// … again when it has changed by this much …
    static let change = 0.1
    /// … and that it is over below this.
    static let least = 0.02

    private var start: (time: Duration, worked: Int, dropped: Int)?
    private var said: Double?

    package init() {}

    /// Takes the counts since the beginning, and says what is to be told.
    package mutating func update(worked: Int, dropped: Int, at time: Duration) -> Report? {
        guard let start else {
            self.start = (time, worked, dropped)
            return nil
        }
        guard time - start.time >= Self.window else { return nil }
        self.start = (time, worked, dropped)
        let (worked, dropped) = (worked - start.worked, dropped - start.dropped)
        guard worked + dropped > 0 else { return nil }
        let report = Report(
            isDropping: Double(dropped) / Double(worked + dropped) >= (said == nil ? Self.most : Self.least),
            framesPerSecond: Double(worked) / ((time - start.time) / .seconds(1)),
            droppedShare: Double(dropped) / Double(worked + dropped))
        if let said, report.isDropping, abs(report.droppedShare - said) < Self.change { return nil }
        if said == nil, !report.isDropping { return nil }
        said = report.isDropping ? report.droppedShare : nil
        return report
    }

    /// Pictures of before an outage say nothing about those after it.
    package mutating func restart() {
        start = nil
        said = nil
    }
}
