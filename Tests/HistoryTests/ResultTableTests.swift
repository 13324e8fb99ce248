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

    @Test("an hour that clocks show twice is told apart by its offset")
    func repeatedHour() {
        let calendar = Calendar.history(in: TimeZone(identifier: "Europe/Berlin")!)
        // 2026-10-25 01:30 summer time, and each hour after.
        let rows = (0..<4).map { hour in
            TimelineRecord(
                start: UnixTime(microseconds: (1_792_884_600 + Int64(hour) * 3600) * 1_000_000), duration: nil,
                camera: "", kind: .camera, track: nil, label: "x", detail: nil)
        }
        let lines = ResultTable(rows).text(calendar: calendar).split(separator: "\n").dropFirst()
        #expect(
            lines.map { $0.components(separatedBy: "  ")[0] } == [
                "2026-10-25 01:30:00", "2026-10-25 02:30:00+02:00", "2026-10-25 02:30:00+01:00", "2026-10-25 03:30:00",
            ])
    }

    @Test("names and labels from outside steer nothing in tables, CSV and JSON, and formulas are defused on request")
    func hostile() throws {
        let texts = [
            "\u{1B}]0;x\u{7}\u{1B}[31m", "a\nFAKE", "\u{9B}31m", "\u{202E}x", "\r\n", "\u{2028}", "=1+1", "+1", "-1",
            "@a", "\t=1",
        ]
        var generator = SeededGenerator(seed: 2)
        let mutated = (0..<500).map {
            String(decoding: [UInt8](texts[$0 % texts.count].utf8).mutated(using: &generator), as: UTF8.self)
        }
        let table = ResultTable(
            (texts + mutated).map { text in
                TimelineRecord(
                    start: EventMaker.morning, duration: .seconds(-1), camera: text, kind: .action, track: -3,
                    label: text,
                    detail: text)
            })
        let spreadsheet = table.csv(isForSpreadsheet: true)
        for text in [table.text(), table.csv().replacing("\r\n", with: "\n"), table.jsonLines()] {
            #expect(
                text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) || $0 == "\n" })
            #expect(text.split(separator: "\n").count >= table.rows.count)
            #expect(!text.contains("\nFAKE"))
        }
        #expect(spreadsheet.contains(",'=1+1,action,-3,'=1+1,'=1+1\r\n"))
        #expect(spreadsheet.contains(",'@a,") && spreadsheet.contains(",'+1,") && spreadsheet.contains(",-1000000,"))
        #expect(table.csv().contains(",=1+1,action"))
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
