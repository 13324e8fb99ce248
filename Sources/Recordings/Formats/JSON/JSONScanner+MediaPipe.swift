import JSONLines

extension JSONScanner {
    /// Landmarks of any number of people: `null`, the landmarks of one, a list of such, or `{"landmark": …}` for one.
    mutating func readMediaPipePoses() throws(JSONFault) -> [[MediaPipeLandmark]] {
        if skipNull() { return [] }
        var poses: [[MediaPipeLandmark]] = []
        if try holdsOnePose() {
            poses.append(try readPose())
        } else {
            try readArray { (scanner) throws(JSONFault) in poses.append(try scanner.readPose()) }
        }
        return poses.filter { !$0.isEmpty }
    }

    /// Whether landmarks come rather than a list of people; looks ahead only.
    private func holdsOnePose() throws(JSONFault) -> Bool {
        var ahead = self
        guard ahead.skip(UInt8(ascii: "[")) else { return true }
        if ahead.skip(UInt8(ascii: "[")) {
            return ![UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "]")].contains(ahead.peek())
        }
        guard ahead.peek() == UInt8(ascii: "{") else { return true }
        var isLandmark = true
        try ahead.readObject { (scanner, key) throws(JSONFault) in
            if scanner.isWrapper(key) { isLandmark = false }
            try scanner.skipValue()
        }
        return isLandmark
    }

    private func isWrapper(_ key: JSONKey) -> Bool { matches(key, "landmark") || matches(key, "landmarks") }

    /// The landmarks of one person.
    private mutating func readPose() throws(JSONFault) -> [MediaPipeLandmark] {
        var pose: [MediaPipeLandmark] = []
        if peek() == UInt8(ascii: "{") {
            try readObject { (scanner, key) throws(JSONFault) in
                guard scanner.isWrapper(key) else { return try scanner.skipValue() }
                try scanner.readArray { (scanner) throws(JSONFault) in pose.append(try scanner.readLandmark()) }
            }
        } else {
            try readArray { (scanner) throws(JSONFault) in pose.append(try scanner.readLandmark()) }
        }
        return pose
    }

    /// One landmark, as an object or as its numbers in a row.
    private mutating func readLandmark() throws(JSONFault) -> MediaPipeLandmark {
        var landmark = MediaPipeLandmark()
        if peek() == UInt8(ascii: "[") {
            let fault = fault(expected: "2 to 5 numbers a landmark")
            var count = 0
            try readArray { (scanner) throws(JSONFault) in
                guard count < 5 else { throw fault }
                landmark.set(count, try scanner.readFloat())
                count += 1
            }
            guard count >= 2 else { throw fault }
            return landmark
        }
        try readObject { (scanner, key) throws(JSONFault) in
            guard let field = MediaPipeLandmark.fields.firstIndex(where: { scanner.matches(key, $0) }) else {
                return try scanner.skipValue()
            }
            if !scanner.skipNull() { landmark.set(field, try scanner.readFloat()) }
        }
        return landmark
    }
}
