import Events
import Foundation
import History
import TestSupport
import Testing

@Suite struct ResultTableTests {
    private let records = [
        TimelineRecord(
            start: EventMaker.morning, duration: .milliseconds(1234), camera: "gym, north", kind: .action, track: 1,
            label: "say \"hi\"", detail: "two\nlines"),
        TimelineRecord(
            start: EventMaker.time(3600), duration: .seconds(7_500), camera: "hall", kind: .camera, track: nil,
            label: "online", detail: nil),
    ]

    @Test("CSV quotes commas and quotation marks, and a row stays one line")
    func csv() {
        #expect(
            ResultTable(records).csv()
                == "start_us,duration_us,camera,kind,track,label,detail\r\n"
                + "1795255200000000,1234000,\"gym, north\",action,1,\"say \"\"hi\"\"\",two\\nlines\r\n"
                + "1795258800000000,7500000000,hall,camera,,online,\r\n")
    }

    @Test("JSON lines hold what is there and nothing else")
    func json() throws {
        #expect(
            ResultTable(records).jsonLines()
                == "{\"start_us\":1795255200000000,\"duration_us\":1234000,\"camera\":\"gym, north\",\"kind\":\"action\","
                + "\"track\":1,\"label\":\"say \\\"hi\\\"\",\"detail\":\"two\\u000alines\"}\n"
                + "{\"start_us\":1795258800000000,\"duration_us\":7500000000,\"camera\":\"hall\",\"kind\":\"camera\","
                + "\"label\":\"online\"}\n")
    }

    @Test("tables are aligned and show times in the asker's zone")
    func text() {
        let calendar = Calendar.history(in: TimeZone(identifier: "Europe/Berlin")!)
        #expect(
            ResultTable(records).text(calendar: calendar)
                == "start                  duration  camera      kind    track  label     detail\n"
                + "2026-11-21 11:00:00       1.2 s  gym, north  action      1  say \"hi\"  two\\nlines\n"
                + "2026-11-21 12:00:00  2 h 05 min  hall        camera         online\n")
        #expect(ResultTable([TimelineRecord]()).text(calendar: calendar).isEmpty)
    }

    @Test("every kind of record makes a table with a cell for every column")
    func kinds() throws {
        let folder = try TemporaryFolder()
        let store = try HistoryStore(path: folder.file("h.db").path)
        var maker = EventMaker()
        for event in maker.segment("squat", from: 1, to: 3.5) { store.append(event) }
        try store.flush()
        let segments = ResultTable(try store.reader.segments(.action))
        #expect(segments.jsonLines().contains("\"confidence\":0.75,\"open\":false,\"reason\":\"completed\""))
        #expect(ResultTable(try store.reader.statistics()).csv().hasSuffix("gym,action,squat,1,2500000\r\n"))
        #expect(ResultTable(try store.reader.repetitions()).jsonLines().isEmpty)
    }
}
