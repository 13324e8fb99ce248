import JSONLines

/// A picture as annotations and results name it.
enum ImageName: Hashable {
    case number(Int)
    case name(String)

    /// The frame's number in it.
    var frameNumber: Int? {
        switch self {
        case .number(let number): (0..<FrameNumber.limit).contains(number) ? number : nil
        case .name(let name): FrameNumber.inName(name)
        }
    }

    /// What stands before the number, the same for all pictures of a film; empty for plain numbers.
    var prefix: String {
        guard case .name(let name) = self else { return "" }
        return FrameNumber.split(FrameNumber.stem(name)).prefix
    }
}

extension JSONScanner {
    /// An image's number or name.
    mutating func readImage() throws(JSONFault) -> ImageName {
        if peek() == UInt8(ascii: "\"") { return .name(try readString()) }
        return .number(Int(try readInteger()))
    }
}
