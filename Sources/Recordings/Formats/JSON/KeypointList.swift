import JSONLines

/// The joints of one person as JSON has them in one of many shapes: numbers in a row, a row a joint, an object a joint,
/// an object with a row an axis, or an object with a member a joint.
struct KeypointList {
    /// One a joint: x, y and what follows, as many as `width` says.
    private var rows: [SIMD4<Float>] = []
    /// Numbers a joint; 0 where they stand in one row.
    private var width = 0
    private var flat: [Float] = []
    /// Whether the last number of a joint, or a field of it, is its confidence.
    private var hasConfidence = false
    private(set) var names: [String] = []

    /// No body has more joints.
    private static let greatestCount = 1_000

    /// Reads the list; its numbers keep their meaning open until it is known whether confidences stand elsewhere.
    init(from scanner: inout JSONScanner) throws(JSONFault) {
        if scanner.skipNull() { return }
        if scanner.peek() == UInt8(ascii: "{") {
            try readColumns(&scanner)
            return
        }
        let before = scanner
        try scanner.readArray { (scanner) throws(JSONFault) in
            switch scanner.peek() {
            case UInt8(ascii: "["): try readRow(&scanner)
            case UInt8(ascii: "{"): try readJoint(named: nil, &scanner)
            default: flat.append(try scanner.readFloat())
            }
            guard rows.count <= Self.greatestCount, flat.count <= Self.greatestCount * 4,
                rows.isEmpty || flat.isEmpty
            else { throw before.fault(expected: "joints of one shape, at most \(Self.greatestCount)") }
        }
        guard names.isEmpty || names.count == rows.count else {
            throw before.fault(expected: "a name for every joint or none")
        }
    }

    /// One a joint: x, y, depth and confidence.
    ///
    /// - Parameter scores: confidences that stand apart; nil when they do not.
    /// - Returns: the points, and whether their third number is one in space.
    func points(scores: [Float]?, at scanner: JSONScanner) throws(JSONFault) -> (
        points: [SIMD4<Float>], isSpatial: Bool
    ) {
        var rows = rows
        var width = width
        if !flat.isEmpty {
            width = 3
            if let scores, !scores.isEmpty, flat.count == scores.count * 2 { width = 2 }
            guard flat.count.isMultiple(of: width) else {
                throw scanner.fault(expected: "three numbers a joint", found: "\(flat.count) numbers")
            }
            rows = stride(from: 0, to: flat.count, by: width).map { first in
                SIMD4(flat[first], flat[first + 1], width > 2 ? flat[first + 2] : 0, 0)
            }
        }
        if let scores, scores.count != rows.count {
            throw scanner.fault(expected: "\(rows.count) scores, one a joint", found: "\(scores.count)")
        }
        let isSpatial = scores != nil && width == 3
        return (
            rows.indices.map { index in
                let row = rows[index]
                if let scores { return SIMD4(row.x, row.y, width == 3 ? row.z : 0, scores[index]) }
                if width == 4 { return row }
                if width == 3 { return SIMD4(row.x, row.y, 0, row.z) }
                if hasConfidence { return row }
                // What was not found is in the corner where nothing says how sure it is.
                return SIMD4(row.x, row.y, row.z, row.x == 0 && row.y == 0 ? 0 : 1)
            }, isSpatial
        )
    }

    /// One a joint: x, y, z and confidence, of a list of places in space.
    func spatialPoints(at scanner: JSONScanner) throws(JSONFault) -> [SIMD4<Float>] {
        if !flat.isEmpty {
            guard flat.count.isMultiple(of: 4) else {
                throw scanner.fault(expected: "four numbers a joint in space", found: "\(flat.count) numbers")
            }
            return stride(from: 0, to: flat.count, by: 4).map {
                SIMD4(flat[$0], flat[$0 + 1], flat[$0 + 2], flat[$0 + 3])
            }
        }
        return width == 3 ? rows.map { SIMD4($0.x, $0.y, $0.z, 1) } : rows
    }

    private mutating func readRow(_ scanner: inout JSONScanner) throws(JSONFault) {
        let fault = scanner.fault(expected: "2 to 4 numbers a joint")
        var row = SIMD4<Float>()
        var count = 0
        try scanner.readArray { (scanner) throws(JSONFault) in
            guard count < 4 else { throw fault }
            row[count] = try scanner.readFloat()
            count += 1
        }
        guard count >= 2, width == 0 || width == count else { throw fault }
        width = count
        rows.append(row)
    }

    /// A joint as an object with x and y, or its numbers in a row.
    private mutating func readJoint(named key: String?, _ scanner: inout JSONScanner) throws(JSONFault) {
        let fault = scanner.fault(expected: "a joint with x and y")
        var row = SIMD4<Float>(0, 0, 0, 1)
        var (hasX, hasY) = (false, false)
        var name = key
        var confident = false
        func read(_ scanner: inout JSONScanner, _ key: JSONKey, depth: Int) throws(JSONFault) {
            switch try scanner.text(of: key) {
            case "x":
                row.x = try scanner.readFloat()
                hasX = true
            case "y":
                row.y = try scanner.readFloat()
                hasY = true
            case "z": row.z = try scanner.readFloat()
            case "score", "confidence", "visibility", "visible", "conf", "c", "v", "probability":
                if scanner.skipNull() { return }
                row.w = try scanner.readFloat()
                confident = true
            case "name", "part", "label", "joint", "keypoint", "bodyPart", "body_part", "joint_name":
                if scanner.peek() == UInt8(ascii: "\"") {
                    name = try scanner.readString()
                } else {
                    try scanner.skipValue()
                }
            case "position" where depth == 0 && scanner.peek() == UInt8(ascii: "{"):
                try scanner.readObject { (scanner, key) throws(JSONFault) in try read(&scanner, key, depth: 1) }
            default: try scanner.skipValue()
            }
        }
        try scanner.readObject { (scanner, key) throws(JSONFault) in try read(&scanner, key, depth: 0) }
        guard hasX, hasY else { throw fault }
        hasConfidence = hasConfidence || confident
        if let name { names.append(name) }
        rows.append(row)
    }

    /// An object: of rows, one an axis, or of joints by their names.
    private mutating func readColumns(_ scanner: inout JSONScanner) throws(JSONFault) {
        let before = scanner
        var columns: [Int: [Float]] = [:]
        try scanner.readObject { (scanner, key) throws(JSONFault) in
            let name = try scanner.text(of: key)
            if scanner.peek() == UInt8(ascii: "{") { return try readJoint(named: name, &scanner) }
            guard scanner.peek() == UInt8(ascii: "[") else { return try scanner.skipValue() }
            if let axis = Self.axes[name] {
                columns[axis] = try scanner.readFloats(atMost: Self.greatestCount)
            } else {
                names.append(name)
                try readRow(&scanner)
            }
            guard rows.count <= Self.greatestCount else { throw before.fault(expected: "fewer joints") }
        }
        guard let x = columns[0], let y = columns[1] else {
            guard columns.isEmpty, names.count == rows.count else {
                throw before.fault(expected: "x and y of every joint, or joints by their names")
            }
            return
        }
        guard rows.isEmpty, x.count == y.count, columns.values.allSatisfy({ $0.count == x.count || $0.isEmpty }) else {
            throw before.fault(expected: "as many x as y and confidences")
        }
        let (z, confidence) = (columns[2] ?? [], columns[3] ?? [])
        hasConfidence = !confidence.isEmpty
        rows = x.indices.map { SIMD4(x[$0], y[$0], z.isEmpty ? 0 : z[$0], confidence.isEmpty ? 1 : confidence[$0]) }
    }

    private static let axes = [
        "x": 0, "y": 1, "z": 2, "visible": 3, "visibility": 3, "confidence": 3, "conf": 3, "score": 3, "scores": 3,
    ]
}

extension JSONScanner {
    /// Numbers in a row, or a row in a row; null for none.
    mutating func readFloats(atMost most: Int, depth: Int = 0) throws(JSONFault) -> [Float] {
        if skipNull() { return [] }
        let fault = fault(expected: "at most \(most) numbers")
        var numbers: [Float] = []
        try readArray { (scanner) throws(JSONFault) in
            if depth < 2, scanner.peek() == UInt8(ascii: "[") {
                numbers += try scanner.readFloats(atMost: most, depth: depth + 1)
            } else {
                numbers.append(try scanner.readFloat())
            }
            guard numbers.count <= most else { throw fault }
        }
        return numbers
    }

    /// A fault at the present place that says what was found.
    func fault(expected: String, found: String) -> JSONFault {
        JSONFault(offset: length, expected: expected, found: found)
    }
}
