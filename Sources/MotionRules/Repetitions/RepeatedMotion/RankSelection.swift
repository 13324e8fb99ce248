/// Values by their rank, without sorting all and without asking for memory (Hoare 1961).
enum RankSelection {
    /// The value that would stand at `rank` if they were sorted; their order changes.
    static func value(at rank: Int, of values: inout [Float]) -> Float {
        var (low, high) = (0, values.count - 1)
        while low < high {
            let pivot = values[(low + high) / 2]
            var (i, j) = (low, high)
            while i <= j {
                while values[i] < pivot { i += 1 }
                while values[j] > pivot { j -= 1 }
                guard i <= j else { break }
                values.swapAt(i, j)
                i += 1
                j -= 1
            }
            if rank <= j {
                high = j
            } else if rank >= i {
                low = i
            } else {
                break
            }
        }
        return values[rank]
    }
}
