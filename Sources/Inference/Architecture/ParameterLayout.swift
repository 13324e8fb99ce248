/// Where each named tensor of a network lies in one flat array of numbers.
///
/// One allocation holds every weight, so an optimiser, a checkpoint or a reduction over workers is one loop.
package struct ParameterLayout: Sendable, Equatable {
    /// What a tensor is for, which decides how training treats it.
    package enum Role: Sendable, Equatable {
        /// Learned, and pulled towards zero by weight decay.
        case weight
        /// Learned, without weight decay: biases, scales, edge importance.
        case offset
        /// Gathered from batches, not learned: running means and variances.
        case statistic
    }

    /// A tensor's place.
    package struct Slot: Sendable, Equatable {
        package let name: String
        package let shape: [Int]
        package let role: Role
        /// Index of the first value.
        package let offset: Int
        /// Number of values.
        package let count: Int

        package var range: Range<Int> { offset..<offset + count }
    }

    package private(set) var slots: [Slot] = []
    /// Number of values of all tensors together.
    package private(set) var count = 0

    /// Number of values that training learns.
    package var learnedCount: Int { slots.reduce(0) { $1.role == .statistic ? $0 : $0 + $1.count } }

    package init() {}

    mutating func add(_ name: String, _ shape: [Int], _ role: Role) -> Slot {
        let slot = Slot(name: name, shape: shape, role: role, offset: count, count: shape.reduce(1, *))
        slots.append(slot)
        count += slot.count
        return slot
    }
}
