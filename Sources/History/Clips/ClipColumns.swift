import Skeleton

/// Whole numbers in rows and columns, written column by column: each number as how much further it is from the one above
/// than the column's leader moved in that row. Joints that hang together move together.
struct ClipColumns: Sendable, Equatable {
    let width: Int
    /// For each column one before it; -1 for those that are on their own.
    private let leaders: [Int]
    /// Row by row.
    private(set) var numbers: [Int16] = []

    /// The number that stands for nothing seen, among those of `ClipScale.share`.
    static let unseen: Int16 = 255

    init(width: Int) {
        self.width = width
        leaders = [Int](repeating: -1, count: width)
    }

    /// Columns for the places of joints: x, y and z of each.
    init(placesOf topology: SkeletonTopology) {
        width = 3 * topology.count
        leaders = (0..<topology.count).flatMap { joint -> [Int] in
            let neighbours = topology.inwardEdges.compactMap { edge in
                edge.child == joint ? edge.parent : edge.parent == joint ? edge.child : nil
            }
            let leader = neighbours.filter { $0 < joint }.max()
            return (0..<3).map { axis in leader.map { 3 * $0 + axis } ?? -1 }
        }
    }

    /// How many rows there are.
    var height: Int { numbers.count / width }

    /// The number above the next one.
    private var above: Int16? { numbers.count >= width ? numbers[numbers.count - width] : nil }

    /// Adds the next number of a row.
    mutating func append(_ value: Float, _ scale: ClipScale) {
        let above = above == Self.unseen && scale == .share ? nil : above
        numbers.append(scale.quantised(value, after: above))
    }

    /// Adds the number above once more, for a place that nobody knows.
    mutating func hold() { numbers.append(above ?? 0) }

    mutating func append(_ flag: Bool) { numbers.append(flag ? 1 : 0) }

    /// Adds that there is nothing to see.
    mutating func appendUnseen() { numbers.append(Self.unseen) }

    subscript(row: Int, column: Int) -> Int16 { numbers[row * width + column] }

    func write(to bytes: inout ClipBytes) {
        for column in 0..<width {
            for row in 0..<height {
                bytes.append(signed: Int64(numbers[row * width + column]) - expected(row, column))
            }
        }
    }

    /// What a number would be if its column moved as its leader does.
    private func expected(_ row: Int, _ column: Int) -> Int64 {
        guard row > 0 else { return 0 }
        let above = Int64(numbers[(row - 1) * width + column])
        guard leaders[column] >= 0 else { return above }
        let leader = row * width + leaders[column]
        return above + Int64(numbers[leader]) - Int64(numbers[leader - width])
    }

    /// Reads as many rows as are said to be there, into columns without any.
    mutating func read(height: Int, from reader: inout ClipByteReader) throws(ClipFault) {
        numbers = [Int16](repeating: 0, count: width * height)
        for column in 0..<width {
            for row in 0..<height {
                let place = reader.place
                let sum = expected(row, column) + (try reader.signed(atMost: 200_000))
                guard let number = Int16(exactly: sum) else {
                    throw ClipFault(place, expected: "a number of 16 bits", found: "\(sum)")
                }
                numbers[row * width + column] = number
            }
        }
    }
}
