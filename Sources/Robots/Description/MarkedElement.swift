import Files
import Foundation
import FoundationXML

/// An element of an XML file that knows its place.
struct MarkedElement {
    let name: String
    let attributes: [String: String]
    let line: Int
    let column: Int
    fileprivate(set) var children: [MarkedElement] = []

    func children(named name: String) -> [MarkedElement] { children.filter { $0.name == name } }

    func child(named name: String) -> MarkedElement? { children.first { $0.name == name } }

    /// How errors call it: `joint elbow`, or `limit` where it has no name.
    var words: String { attributes["name"].map { "\(name) \($0.prefix(60))" } ?? name }
}

/// Reads XML files of robots, with limits on all that a hostile one could make endless.
struct MarkedElementReader {
    private static let largestFile = 16 * 1024 * 1024
    private static let mostElements = 10_000
    private static let deepest = 64

    let file: String

    /// The root element of the file.
    ///
    /// - Throws: `RobotsError` where it cannot be read, is no XML, has a document type, or is too large or too deep.
    func read() throws(RobotsError) -> MarkedElement {
        let bytes: [UInt8]
        do {
            bytes = try RegularFile.read(file, limit: Self.largestFile)
        } catch {
            throw RobotsError(file: file, message: error.message)
        }
        return try read(bytes)
    }

    func read(_ bytes: [UInt8]) throws(RobotsError) -> MarkedElement {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            // What is no text decodes to this mark.
            let start = String(decoding: bytes, as: UTF8.self).unicodeScalars.prefix { $0 != "\u{FFFD}" }
            throw RobotsError(
                file: file, line: start.count { $0 == "\n" } + 1, message: "expected UTF-8 text, found other bytes")
        }
        if let zero = bytes.firstIndex(of: 0) {
            throw RobotsError(
                file: file, line: bytes[..<zero].count { $0 == 10 } + 1, message: "expected text, found a zero byte")
        }
        // Entities can unfold without end or name other files; robots need none.
        if let found = text.range(of: "<!DOCTYPE") ?? text.range(of: "<!ENTITY") {
            let line = text[..<found.lowerBound].utf8.count { $0 == 10 } + 1
            throw RobotsError(
                file: file, line: line,
                message: "expected no document type, found \(text[found]): entities are not read")
        }
        // In another encoding the same bytes would be other text than what was looked at.
        if text.hasPrefix("<?xml"), let end = text.range(of: "?>"),
            let found = text[..<end.lowerBound].firstMatch(of: /encoding\s*=\s*["']([^"']*)/)?.output.1,
            !["utf-8", "us-ascii"].contains(found.lowercased())
        {
            throw RobotsError(file: file, line: 1, message: "expected the encoding UTF-8, found \(found.prefix(40))")
        }
        let builder = Builder()
        let parser = XMLParser(data: Data(bytes))
        parser.shouldResolveExternalEntities = false
        parser.delegate = builder
        let isWhole = parser.parse()
        if let fault = builder.fault {
            throw RobotsError(file: file, line: fault.line, column: fault.column, message: fault.message)
        }
        guard isWhole, let root = builder.root else {
            throw RobotsError(
                file: file, line: max(1, parser.lineNumber), column: max(1, parser.columnNumber),
                message: "expected well-formed XML, found a fault (code \((parser.parserError as NSError?)?.code ?? 0))"
                    + (builder.open.last.map { " inside \($0.words)" } ?? ""))
        }
        return root
    }

    private final class Builder: NSObject, XMLParserDelegate {
        var root: MarkedElement?
        var open: [MarkedElement] = []
        var fault: (line: Int, column: Int, message: String)?
        private var count = 0

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            let element = MarkedElement(
                name: name, attributes: attributes, line: parser.lineNumber, column: parser.columnNumber)
            count += 1
            if count > MarkedElementReader.mostElements {
                stop(parser, "expected at most \(MarkedElementReader.mostElements) elements, found more")
            } else if open.count >= MarkedElementReader.deepest {
                stop(parser, "expected at most \(MarkedElementReader.deepest) elements inside each other, found more")
            } else if name.hasPrefix("xacro:") {
                stop(parser, "expected URDF, found \(name): run xacro on it first (xacro FILE > robot.urdf)")
            } else if let macro = attributes.values.first(where: { $0.contains("${") || $0.contains("$(") }),
                !open.contains(where: { $0.name == "gazebo" })
            {
                stop(
                    parser,
                    "expected URDF, found '\(macro.prefix(40))': run xacro on it first (xacro FILE > robot.urdf)")
            }
            open.append(element)
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) {
            guard let element = open.popLast() else { return }
            if open.isEmpty { root = root ?? element } else { open[open.count - 1].children.append(element) }
        }

        private func stop(_ parser: XMLParser, _ message: String) {
            guard fault == nil else { return }
            fault = (parser.lineNumber, parser.columnNumber, message)
            parser.abortParsing()
        }
    }
}
