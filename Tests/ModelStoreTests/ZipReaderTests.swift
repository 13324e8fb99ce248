import ModelStore
import TestSupport
import Testing

struct ZipReaderTests {
    private let text = Array(String(repeating: "a limb moves and another rests. ", count: 60).utf8)

    @Test("stored, deflated and empty entries come out as they went in", arguments: [true, false])
    func roundTrip(deflated: Bool) throws {
        let zip = ZipFixture(entries: [
            .init(name: "empty", contents: [], deflated: deflated),
            .init(name: "a/b", contents: text, deflated: deflated),
        ])
        let reader = ZipReader(zip.bytes, file: "t.zip")
        #expect(try reader.contents(of: "empty", size: 0) == [])
        #expect(try reader.contents(of: "a/b", size: text.count) == text)
    }

    @Test("a zip file cut at any byte is refused")
    func cut() {
        let whole = ZipFixture(entries: [.init(name: "a", contents: text)]).bytes
        for length in 0..<whole.count {
            #expect(throws: ModelStoreError.self) {
                try ZipReader(Array(whole[..<length]), file: "t.zip").contents(of: "a", size: text.count)
            }
        }
    }

    @Test("an entry that is larger than it should be is never unpacked")
    func tooLarge() throws {
        let reader = ZipReader(ZipFixture(entries: [.init(name: "a", contents: text)]).bytes, file: "t.zip")
        let error = #expect(throws: ModelStoreError.self) {
            try reader.contents(of: "a", size: text.count - 1)
        }
        #expect(error?.message == "t.zip: 'a' has \(text.count) bytes, expected \(text.count - 1)")
    }

    @Test("what a directory claims of a size changes nothing about what is unpacked")
    func claimedSize() throws {
        let bomb = ZipFixture(entries: [.init(name: "a", contents: text, claimedSize: 0xffff_fff0)])
        let found = try? ZipReader(bomb.bytes, file: "t.zip").contents(of: "a", size: text.count)
        #expect(found == nil || found == text)
    }

    @Test("an entry that goes on unpacking past its claimed length is refused without growing")
    func bomb() throws {
        let million = [UInt8](repeating: 0, count: 1_000_000)
        let bomb = ZipFixture(entries: [.init(name: "a", contents: million, claimedSize: 100)])
        let reader = ZipReader(bomb.bytes, file: "t.zip")
        let error = #expect(throws: ModelStoreError.self) {
            try reader.contents(of: "a", size: 100)
        }
        #expect(error?.message.hasPrefix("t.zip: 'a' ") == true, "\(String(describing: error))")
    }

    @Test("a name that is absent, or there twice, is an error")
    func names() throws {
        let twice = ZipFixture(entries: [.init(name: "a", contents: text), .init(name: "a", contents: text)])
        let reader = ZipReader(twice.bytes, file: "t.zip")
        #expect(throws: ModelStoreError(.badInput, "t.zip: holds 'a' 2 times")) {
            try reader.contents(of: "a", size: text.count)
        }
        #expect(throws: ModelStoreError(.badInput, "t.zip: holds no 'b'")) { try reader.contents(of: "b", size: 1) }
    }

    @Test("an altered byte in an entry shows as a CRC or unpacking error")
    func alteredContents() throws {
        let zip = ZipFixture(entries: [.init(name: "a", contents: text)]).bytes
        // Behind the entry's header, its name and what else the header says.
        let start = 30 + Int(zip[26]) + Int(zip[28])
        for place in stride(from: start, to: start + 40, by: 3) {
            var altered = zip
            altered[place] ^= 0x10
            let reader = ZipReader(altered, file: "t.zip")
            #expect(throws: ModelStoreError.self) {
                try reader.contents(of: "a", size: text.count)
            }
        }
    }

    @Test("2,000 mutated zip files give contents or an error, never a crash")
    func mutations() {
        var random = SeededGenerator(seed: 2)
        let whole = ZipFixture(entries: [
            .init(name: "a", contents: text), .init(name: "b", contents: text, deflated: false),
            .init(name: "c", contents: []),
        ]).bytes
        var opened = 0
        for _ in 0..<2_000 {
            let mutant = mutated(whole, using: &random)
            let reader = ZipReader(mutant, file: "t.zip")
            for (name, expected) in [("a", text), ("b", text), ("c", [])] {
                guard let contents = try? reader.contents(of: name, size: expected.count) else { continue }
                #expect(contents == expected)
                opened += 1
            }
        }
        #expect(opened > 100, "mutants that are still readable keep this test meaningful")
    }

    private func mutated(_ bytes: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
        var mutant = bytes
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                mutant[Int.random(in: 0..<mutant.count, using: &random)] ^=
                    UInt8(1) << UInt8.random(in: 0..<8, using: &random)
            }
        case 1: mutant.removeLast(Int.random(in: 1...mutant.count, using: &random))
        case 2:
            let start = Int.random(in: 0..<mutant.count, using: &random)
            mutant.removeSubrange(start..<min(mutant.count, start + Int.random(in: 1...64, using: &random)))
        default:
            // Extreme numbers in the directory, where lengths and offsets are.
            let place = Int.random(in: max(0, mutant.count - 180)..<(mutant.count - 4), using: &random)
            mutant.replaceSubrange(
                place..<place + 4, with: [0xff, 0xff, [0xff, 0x7f, 0][Int.random(in: 0..<3, using: &random)], 0xff])
        }
        return mutant
    }
}
