extension RandomAccessCollection {
    /// Where the second part begins of a collection whose first elements do not satisfy a condition and whose others do;
    /// found by halving.
    @inlinable
    package func partitioningIndex(where belongsInSecondPart: (Element) -> Bool) -> Index {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = index(low, offsetBy: distance(from: low, to: high) / 2)
            if belongsInSecondPart(self[middle]) { high = middle } else { low = index(after: middle) }
        }
        return low
    }
}
