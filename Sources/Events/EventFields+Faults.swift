import JSONLines
import Skeleton

extension EventFields.FaultList: FieldValue {
    func write(to line: inout JSONWriter) {
        line.openArray()
        for fault in faults {
            line.openObject()
            line.key("name")
            line.value(fault.name)
            line.key("says")
            line.value(fault.words)
            if let joint = fault.joint {
                line.key("joint")
                line.value(joint)
            }
            line.key("measure")
            line.value(fault.measure)
            if fault.value.isFinite {
                line.key("value")
                line.value(rounding: fault.value)
            }
            line.key("unit")
            line.value(fault.unit)
            line.key("pts_us")
            line.value(fault.time.inMicroseconds)
            line.closeObject()
        }
        line.closeArray()
    }

    static func read(from scanner: inout JSONScanner) throws(JSONFault) -> Self {
        var list = Self()
        try scanner.readArray { (scanner) throws(JSONFault) in
            var fault = RepetitionPayload.Fault(
                name: "", words: "", joint: nil, measure: "", value: .nan, unit: "", time: .zero)
            try scanner.readObject { (scanner, key) throws(JSONFault) in
                switch try scanner.text(of: key) {
                case "name": fault.name = try scanner.readString()
                case "says": fault.words = try scanner.readString()
                case "joint": fault.joint = try scanner.readString()
                case "measure": fault.measure = try scanner.readString()
                case "value": fault.value = try scanner.readNumber()
                case "unit": fault.unit = try scanner.readString()
                case "pts_us": fault.time = .microseconds(try scanner.readInteger())
                default: try scanner.skipValue()
                }
            }
            list.faults.append(fault)
        }
        return list
    }
}

extension EventFields.NameList: FieldValue {
    func write(to line: inout JSONWriter) {
        line.openArray()
        for text in names { line.value(text) }
        line.closeArray()
    }

    static func read(from scanner: inout JSONScanner) throws(JSONFault) -> Self {
        var list = Self()
        try scanner.readArray { (scanner) throws(JSONFault) in list.names.append(try scanner.readString()) }
        return list
    }
}
