extension DecodingError {
    /// The key that is wrong, such as `architecture.blocks.2.kernel`.
    package var place: String {
        let (path, key): ([any CodingKey], String?) =
            switch self {
            case .keyNotFound(let key, let context): (context.codingPath, key.stringValue)
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                (context.codingPath, nil)
            @unknown default: ([], nil)
            }
        return (path.map { $0.intValue.map(String.init) ?? $0.stringValue } + (key.map { [$0] } ?? []))
            .joined(separator: ".")
    }

    /// What is wrong with it.
    package var problem: String {
        switch self {
        case .keyNotFound: "is missing"
        case .typeMismatch(let type, _): "expected \(type), found something else"
        case .valueNotFound(let type, _): "expected \(type), found null"
        case .dataCorrupted(let context): context.debugDescription
        @unknown default: "\(self)"
        }
    }
}
