/// How near inputs are to exemplars: of each pair of moments and each term of the layout, Gaussians of the distance of
/// their groups, weighted and summed up.
struct KernelNearness: Sendable, Equatable {
    let layout: KernelLayout
    /// For each kind the squared distance of two groups at which their nearness has fallen to 1/e.
    let reach: [Float]
    /// (n, F), standardised.
    let exemplars: [Float]
    /// For each moment and group the squared lengths of all exemplars.
    private let lengths: [[Float]]

    /// Rows that are compared at once, so that what is worked on stays in the cache.
    private static let rows = 32

    init(layout: KernelLayout, reach: [Float], exemplars: [Float]) {
        self.layout = layout
        self.reach = reach
        self.exemplars = exemplars
        lengths = Self.squaredLengths(of: exemplars, layout)
    }

    /// How near each of some inputs is to each exemplar: (inputs, n).
    ///
    /// - Parameters:
    ///   - inputs: standardised, (inputs, F).
    ///   - isLower: only the lower triangle is needed, with the diagonal; what else there is means nothing.
    func matrix(of inputs: [Float], isLower: Bool = false) -> [Float] {
        let (m, n) = (inputs.count / layout.features, exemplars.count / layout.features)
        let groups = layout.groups
        let pairs = layout.pairs
        let inputLengths = Self.squaredLengths(of: inputs, layout)
        var near = [[Float]](repeating: [Float](repeating: 0, count: min(m, Self.rows) * n), count: groups.count)
        var result = [Float](repeating: 0, count: m * n)
        for first in stride(from: 0, to: m, by: Self.rows) {
            let rows = first..<min(first + Self.rows, m)
            let columns = isLower ? rows.upperBound : n
            for (moment, other, weight) in pairs {
                for (index, group) in groups.enumerated() {
                    let numbers = moment * layout.width + group.numbers.lowerBound
                    let otherNumbers = other * layout.width + group.numbers.lowerBound
                    multiply(
                        inputs, rows, from: numbers, columns, from: otherNumbers, numbers: group.numbers.count,
                        into: &near[index])
                    Self.approach(
                        &near[index], inputLengths[moment * groups.count + index][rows],
                        lengths[other * groups.count + index][..<columns], reach: reach[group.kind])
                }
                for term in layout.terms {
                    Self.add(
                        near[term.group], term.other.map { near[$0] }, weight: weight * term.weight, rows: rows,
                        columns: columns, to: &result, stride: n)
                }
            }
        }
        return result
    }

    /// For each moment and group the squared lengths of all inputs.
    private static func squaredLengths(of inputs: [Float], _ layout: KernelLayout) -> [[Float]] {
        (0..<layout.moments).flatMap { moment in
            layout.groups.map { group in
                stride(from: moment * layout.width, to: inputs.count, by: layout.features).map { start in
                    group.numbers.reduce(0) { $0 + inputs[start + $1] * inputs[start + $1] }
                }
            }
        }
    }

    /// Inner products of some numbers of each of `rows` of the inputs with those of the first `columns` exemplars.
    private func multiply(
        _ inputs: [Float], _ rows: Range<Int>, from first: Int, _ columns: Int, from otherFirst: Int, numbers: Int,
        into products: inout [Float]
    ) {
        let lead = layout.features
        precondition(first + numbers <= lead && otherFirst + numbers <= lead, "numbers of a row")
        precondition(rows.upperBound * lead <= inputs.count && columns * lead <= exemplars.count, "rows that there are")
        precondition(rows.count * columns <= products.count, "room for the products")
        inputs.withUnsafeBufferPointer { a in
            exemplars.withUnsafeBufferPointer { b in
                products.withUnsafeMutableBufferPointer { c in
                    guard columns > 0, let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else {
                        return
                    }
                    MatrixProduct.multiply(
                        m: rows.count, n: columns, k: numbers, a + rows.lowerBound * lead + first, lda: lead,
                        by: b + otherFirst, ldb: lead, transposingB: true, into: c, ldc: columns)
                }
            }
        }
    }

    /// Inner products of vectors become the vectors' nearness.
    private static func approach(
        _ products: inout [Float], _ lengths: ArraySlice<Float>, _ otherLengths: ArraySlice<Float>, reach: Float
    ) {
        products.withUnsafeMutableBufferPointer { products in
            otherLengths.withUnsafeBufferPointer { others in
                for (row, length) in lengths.enumerated() {
                    let line = products.extracting(row * others.count..<(row + 1) * others.count)
                    for i in line.indices {
                        line[i] = FastExponential.value(-max(0, length + others[i] - 2 * line[i]) / reach)
                    }
                }
            }
        }
    }

    /// Adds the nearness of a term's groups, which lie row after row, to `rows` of `sum`, which lie `stride` apart.
    private static func add(
        _ near: [Float], _ other: [Float]?, weight: Float, rows: Range<Int>, columns: Int, to sum: inout [Float],
        stride: Int
    ) {
        sum.withUnsafeMutableBufferPointer { sum in
            near.withUnsafeBufferPointer { near in
                for (number, row) in rows.enumerated() {
                    let line = sum.extracting(row * stride..<row * stride + columns)
                    let near = near.extracting(number * columns..<(number + 1) * columns)
                    guard let other else {
                        for i in line.indices { line[i] += weight * near[i] }
                        continue
                    }
                    other.withUnsafeBufferPointer { other in
                        let other = other.extracting(number * columns..<(number + 1) * columns)
                        for i in line.indices { line[i] += weight * near[i] * other[i] }
                    }
                }
            }
        }
    }
}
