package import JSONLines

/// The answer to a request: `{"id":7,"ok":true,"result":{…}}`, or
/// `{"id":7,"ok":false,"error":{"code":"…","message":"…","hint":"…"}}`.
package struct ControlReply: Sendable, Equatable {
    package var id: JSONValue
    package var result: Result<JSONValue, ControlFault>

    /// The message this is sent as, without a line end.
    package var message: [UInt8] {
        var writer = JSONWriter()
        writer.openObject()
        writer.key("id")
        writer.value(id)
        writer.key("ok")
        switch result {
        case .success(let value):
            writer.value(true)
            writer.key("result")
            writer.value(value)
        case .failure(let fault):
            writer.value(false)
            writer.key("error")
            var members: [String: JSONValue] = ["code": .text(fault.code.rawValue), "message": .text(fault.message)]
            members["hint"] = fault.hint.map { .text($0) }
            writer.value(.object(members))
        }
        writer.closeObject()
        return writer.bytes
    }

    /// Reads an answer; nil where it is none.
    package init?(_ message: [UInt8]) {
        var scanner = JSONScanner(message)
        guard let value = try? scanner.readValue(), case .flag(let ok)? = value["ok"] else { return nil }
        id = value["id"] ?? .null
        if ok {
            result = .success(value["result"] ?? .null)
            return
        }
        guard case .text(let code)? = value["error.code"], case .text(let text)? = value["error.message"]
        else { return nil }
        var hint: String?
        if case .text(let words)? = value["error.hint"] { hint = words }
        result = .failure(ControlFault(ControlFault.Code(rawValue: code) ?? .failed, text, hint: hint))
    }

    init(id: JSONValue, result: Result<JSONValue, ControlFault>) {
        self.id = id
        self.result = result
    }
}
