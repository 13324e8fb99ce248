import JSONLines

extension JSONScanner {
    /// Which hand each is: a list of words, of objects with a `label` or `categoryName`, or of lists or objects round such.
    mutating func readHandedness() throws(JSONFault) -> [(word: String, score: Float)] {
        if skipNull() { return [] }
        var all: [(word: String, score: Float)] = []
        try readArray { (scanner) throws(JSONFault) in
            var (word, score): (String?, Float?)
            try scanner.readHand(&word, &score)
            all.append((word ?? "", score ?? 1))
        }
        return all
    }

    /// The first word found in a value, and the score beside it.
    private mutating func readHand(_ word: inout String?, _ score: inout Float?) throws(JSONFault) {
        switch peek() {
        case UInt8(ascii: "\""):
            let text = try readString()
            if word == nil { word = text }
        case UInt8(ascii: "["):
            var (found, sure) = (word, score)
            try readArray { (scanner) throws(JSONFault) in try scanner.readHand(&found, &sure) }
            (word, score) = (found, sure)
        case UInt8(ascii: "{"):
            var (found, sure) = (word, score)
            try readObject { (scanner, key) throws(JSONFault) in
                switch try scanner.text(of: key) {
                case "label", "categoryName", "category_name":
                    let text = try scanner.readString()
                    if found == nil { found = text }
                case "score": if sure == nil { sure = try scanner.readFloat() } else { try scanner.skipValue() }
                case "classification", "categories": try scanner.readHand(&found, &sure)
                default: try scanner.skipValue()
                }
            }
            (word, score) = (found, sure)
        default: try skipValue()
        }
    }
}
