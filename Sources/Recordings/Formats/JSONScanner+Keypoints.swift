import JSONLines

extension JSONScanner {
    /// A flat array of x, y and confidence.
    mutating func readKeypoints() throws(JSONFault) -> [SIMD4<Float>] {
        _ = peek()
        let before = length
        var points: [SIMD4<Float>] = []
        var point = SIMD3<Float>()
        var filled = 0
        try readArray { (scanner) throws(JSONFault) in
            point[filled] = try scanner.readFloat()
            filled += 1
            if filled == 3 {
                points.append(SIMD4(point.x, point.y, 0, point.z))
                filled = 0
            }
        }
        guard filled == 0 else {
            throw JSONFault(
                offset: before, expected: "three numbers a joint", found: "\(points.count * 3 + filled) numbers")
        }
        return points
    }

    /// A number that is finite as a `Float`; `NaN` and `null`, which some programs write, are zero.
    mutating func readFloat() throws(JSONFault) -> Float {
        if skipNull() || skipNaN() { return 0 }
        let fault = fault(expected: "a number in range")
        let value = Float(try readNumber())
        guard value.isFinite else { throw fault }
        return value
    }

    /// A person's id: a whole number from 0, alone or first in an array; anything else is none.
    mutating func readIdentity(depth: Int = 0) throws(JSONFault) -> Int? {
        if peek() == UInt8(ascii: "["), depth < 2 {
            var id: Int?
            var isFirst = true
            try readArray { (scanner) throws(JSONFault) in
                let one = try scanner.readIdentity(depth: depth + 1)
                if isFirst { id = one }
                isFirst = false
            }
            return id
        }
        guard let byte = peek(), byte == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else {
            try skipValue()
            return nil
        }
        return Int(exactly: try readNumber()).flatMap { 0...1 << 52 ~= $0 ? $0 : nil }
    }
}
