import Foundation
import LabanCommands
import LabanServer
import TestSupport
import Testing

@Suite("Places of results")
struct ResultPlaceTests {
    @Test("a place that could not be written when all work is done is refused before it begins")
    func refused() throws {
        let folder = try TemporaryFolder()
        try Data().write(to: folder.file("clip.png"))
        for (path, inputs, said) in [
            (folder.file("a.jpg").path, [], "ends in .png"), ("/no/such/folder/a.png", [], "a folder"),
            (folder.file("clip.png").path, [folder.url.path], "no file that is read"),
        ] {
            let error = try #require(throws: OutputError.self) {
                try ResultPlace.check(path, option: "--picture", ending: ".png", sparing: inputs)
            }
            #expect(error.isUsage && error.message.contains(said), "\(error)")
        }
        try ResultPlace.check(folder.file("clip.png").path, option: "--picture", ending: ".png")
    }
}
