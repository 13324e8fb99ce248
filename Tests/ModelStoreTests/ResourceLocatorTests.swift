import Foundation
import ModelStore
import TestSupport
import Testing

struct ResourceLocatorTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("LABAN_HOME comes before the current folder, and that before the program's")
    func order() throws {
        try make("home/Models", "work/Models", "work/deep/er", "program/Models", "program/.build/release")
        #expect(try locator(home: "home", from: "work/deep/er").folder("Models") == file("home/Models"))
        #expect(try locator(home: nil, from: "work/deep/er").folder("Models") == file("work/Models"))
        try make("elsewhere")
        #expect(try locator(home: nil, from: "elsewhere").folder("Models") == file("program/Models"))
    }

    @Test("a LABAN_HOME without the folder, or an empty one, does not hide the others")
    func incompleteHome() throws {
        try make("home", "work/Gestures")
        #expect(try locator(home: "home", from: "work").folder("Gestures") == file("work/Gestures"))
        let locator = ResourceLocator(
            environment: ["LABAN_HOME": ""], currentFolder: file("work"), executable: nil)
        #expect(try locator.folder("Gestures") == file("work/Gestures"))
    }

    @Test("a file of the folder's name is not the folder")
    func notAFolder() throws {
        try make("work/deep", "work/Models")
        try Data().write(to: folder.file("work/deep/Models"))
        #expect(try locator(home: nil, from: "work/deep").folder("Models") == file("work/Models"))
    }

    @Test("a relative LABAN_HOME counts from the current folder")
    func relativeHome() throws {
        try make("work", "home/Models")
        let locator = ResourceLocator(
            environment: ["LABAN_HOME": "../home"], currentFolder: file("work"), executable: nil)
        #expect(try locator.folder("Models") == file("home/Models"))
    }

    @Test("the error says everywhere it looked and what to set")
    func nowhere() throws {
        try make("work/deep")
        let locator = ResourceLocator(
            environment: ["LABAN_HOME": "/nowhere/home"], currentFolder: file("work/deep"),
            executable: URL(filePath: "/nowhere/bin/laban"))
        let error = #expect(throws: ModelStoreError.self) { try locator.folder("Laban-no-such-folder") }
        for place in ["/nowhere/home", "/nowhere/bin", path(file("work/deep")), path(file("work"))] {
            #expect(error?.message.contains("  \(place)\n") == true)
        }
        #expect(error?.message.contains("LABAN_HOME") == true)
        #expect(Set(locator.places.map(path)).count == locator.places.count)
    }

    @Test("a folder to make goes to LABAN_HOME, else beside Gestures, else right here")
    func toMake() throws {
        try make("work/deep", "checkout/Gestures", "checkout/deep")
        #expect(locator(home: "home", from: "work").folderToMake("Models") == file("home/Models"))
        #expect(locator(home: nil, from: "checkout/deep").folderToMake("Models") == file("checkout/Models"))
        #expect(locator(home: nil, from: "work/deep").folderToMake("Models") == file("work/deep/Models"))
    }

    private func locator(home: String?, from current: String) -> ResourceLocator {
        ResourceLocator(
            environment: home.map { ["LABAN_HOME": path(file($0))] } ?? [:], currentFolder: file(current),
            executable: file("program/.build/release").appending(path: "laban"))
    }

    private func make(_ folders: String...) throws {
        for name in folders {
            try FileManager.default.createDirectory(at: file(name), withIntermediateDirectories: true)
        }
    }

    private func file(_ name: String) -> URL {
        folder.url.appending(path: name, directoryHint: .isDirectory).standardizedFileURL
    }

    private func path(_ url: URL) -> String {
        let path = url.path(percentEncoded: false)
        return path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}
