/// Looks for ways out and back that go clearly less far than is usual of late: the phases do not tell of them.
struct PartialWatch: Sendable {
    private let rises: Bool
    /// Ranges and lengths of the last repetitions, and when the last one ended.
    private var ranges: [Float] = []
    private var lengths: [Duration] = []
    /// The usual range; nil before there is one.
    private var usual: Float?
    private var last = Duration.zero
    /// Where rest is, in the direction of the range.
    private var rest: Float = 0
    private var way: (start: Duration, peak: Float)?
    private var looked = Duration.zero

    /// What turns back before the last phase, and less far than this share of what is usual, is partial.
    private static let most: Float = 0.75
    /// The same of what passes through all phases.
    private static let mostOfWhole: Float = 0.68
    /// What goes less far than this share is nothing.
    private static let least: Float = 0.3
    private static let company = 5
    /// What was usual is forgotten after this long.
    private static let memory = Duration.seconds(10)
    private static let settling = Duration.seconds(3)

    init(rises: Bool) { self.rises = rises }

    /// Takes a repetition that passed through all phases.
    ///
    /// - Parameter value: of the measure where it ended.
    /// - Returns: whether it went clearly less far than others before it.
    mutating func take(_ range: Float, length: Duration, endingAt value: Float?, at time: Duration) -> Bool {
        if time - last > Self.memory + length {
            ranges.removeAll()
            lengths.removeAll()
            usual = nil
        }
        let isPartial = ranges.count >= 2 && range < Self.mostOfWhole * (usual ?? 0)
        ranges.append(range)
        lengths.append(length)
        if ranges.count > Self.company {
            ranges.removeFirst()
            lengths.removeFirst()
        }
        usual = ranges.sorted()[ranges.count / 2]
        last = time
        way = nil
        if let value { rest = rises ? value : -value }
        return isPartial
    }

    /// Forgets a way under way.
    mutating func reset() { way = nil }

    /// Takes the measure while the first phase lasts or none after it is reached; gives when the way out began once it is
    /// back.
    mutating func look(_ value: Float, at time: Duration) -> Duration? {
        guard let usual, time - last < Self.memory else { return nil }
        let place = rises ? value : -value
        let share = (place - rest) / usual
        defer { looked = time }
        guard var way else {
            if share > 0.2 {
                self.way = (time, share)
            } else {
                // Rest wanders a little, much slower than anybody moves.
                rest += Float(min(1, (time - looked) / Self.settling)) * (place - rest)
            }
            return nil
        }
        way.peak = max(way.peak, share)
        guard share < 0.4 * way.peak || share < 0.15 else {
            self.way = way
            return nil
        }
        self.way = nil
        let length = time - way.start
        let typical = lengths.sorted()[lengths.count / 2]
        guard (Self.least..<Self.most).contains(way.peak), length > typical * 0.3, length < typical * 2.5 else {
            return nil
        }
        last = time
        return way.start
    }
}
