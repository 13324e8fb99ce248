package import JSONLines

/// What somebody asks of a running Laban: `{"id":7,"op":"robot.stop","args":{"reason":"test"}}`.
package struct ControlRequest: Sendable, Equatable {
    /// Comes back with the answer: a number or a text; null where there was none.
    package var id: JSONValue
    package var op: String
    package var args: [String: JSONValue]

    package init(id: JSONValue = .null, op: String, args: [String: JSONValue] = [:]) {
        self.id = id
        self.op = op
        self.args = args
    }

    /// The text an argument holds; nil where it is not given.
    ///
    /// - Throws: where it is no text.
    package func text(_ name: String) throws(ControlFault) -> String? {
        switch args[name] {
        case nil, .null?: return nil
        case .text(let text)?: return text
        case let other?:
            throw ControlFault(.badArgument, "expected args.\(name) to be a text, found \(other.words)")
        }
    }

    /// Refuses arguments that nobody asks for, so that a slip of the pen is no silent one.
    package func expectArguments(_ names: String...) throws(ControlFault) {
        guard let stranger = args.keys.sorted().first(where: { !names.contains($0) }) else { return }
        throw ControlFault(
            .badArgument, "expected no args.\(stranger.prefix(40))",
            hint: names.isEmpty ? "\(op) takes no arguments" : "\(op) takes \(names.joined(separator: ", "))")
    }

    /// The message this is sent as.
    package var message: [UInt8] {
        var writer = JSONWriter()
        writer.openObject()
        writer.key("id")
        writer.value(id)
        writer.key("op")
        writer.value(op)
        if !args.isEmpty {
            writer.key("args")
            writer.value(.object(args))
        }
        writer.closeObject()
        return writer.bytes
    }

    /// Reads a message. The id is told also of a request that is refused, where it has one.
    static func read(_ message: [UInt8]) -> (id: JSONValue, request: Result<ControlRequest, ControlFault>) {
        let value: JSONValue
        do throws(JSONFault) {
            var scanner = JSONScanner(message)
            value = try scanner.readValue()
            try scanner.expectEnd()
        } catch {
            return (.null, .failure(.malformed(error.sentence)))
        }
        guard case .object(let members) = value else {
            return (.null, .failure(.malformed("expected an object, found \(value.words)")))
        }
        let id = members["id"] ?? .null
        switch id {
        case .null, .number, .text: break
        default: return (.null, .failure(.malformed("expected \"id\" to be a number or a text, found \(id.words)")))
        }
        guard case .text(let op)? = members["op"] else {
            return (id, .failure(.malformed("expected \"op\" to be a text, found \(members["op"]?.words ?? "none")")))
        }
        switch members["args"] {
        case nil, .null?: return (id, .success(ControlRequest(id: id, op: op)))
        case .object(let args)?: return (id, .success(ControlRequest(id: id, op: op, args: args)))
        case let other?: return (id, .failure(.malformed("expected \"args\" to be an object, found \(other.words)")))
        }
    }
}
