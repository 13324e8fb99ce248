import Files
import Foundation
import Recordings
import Skeleton
import TestSupport
import Testing

@Suite struct RecognisingFormatsTests {
    @Test(
        "every format is recognised by its content, whatever the file is called",
        arguments: StreamFixtures.files.indices)
    func content(index: Int) throws {
        let folder = try TemporaryFolder()
        let (_, format, text) = StreamFixtures.files[index]
        let path = try StreamFixtures.file(folder, text)
        #expect(SkeletonReader.format(of: path) == format)
        #expect(try !StreamFixtures.frames(path).isEmpty)
        #expect(try SkeletonReader.format(of: StreamFixtures.file(folder, "\n " + text, name: "b.mp4")) == format)
    }

    @Test("Laban's own lines are recognised under any name, and a folder of OpenPose files")
    func own() throws {
        let folder = try TemporaryFolder()
        let line = #"{"v":1,"type":"laban.skeleton","frame":4,"pts_us":9,"people":[]}"#
        let path = try StreamFixtures.file(folder, "\(line)\n")
        #expect(SkeletonReader.format(of: path) == .laban)
        #expect(try StreamFixtures.frames(path).map(\.index) == [4])
        #expect(try SkeletonReader.format(of: StreamFixtures.openPoseFolder(folder)) == .openPose)
        #expect(SkeletonReader.format(of: folder.url.path) == nil)
    }

    @Test(
        "what holds no skeletons is not recognised, and opening it says what was expected",
        arguments: [
            "", "[]", "{}", "hello\n", "# landmark\n", "12\nx\n", "{\"a\":1}", "[1,2]", "name,x0,y0\n",
            "\u{0}\u{0}\u{18}ftyp",
            "{\"frames\":[]}", "[[[[",
        ])
    func strangers(text: String) throws {
        let folder = try TemporaryFolder()
        let path = try StreamFixtures.file(folder, text)
        #expect(SkeletonReader.format(of: path) == nil)
        let error = #expect(throws: RecordingsError.self) { try SkeletonReader.open(path: path) }
        #expect(error?.file == path)
        #expect(error?.message.contains("expected skeletons as laban, openpose, alphapose") == true)
    }

    @Test("a stated format that is not what is found is refused; an empty list can only be stated")
    func stated() throws {
        let folder = try TemporaryFolder()
        let path = try StreamFixtures.file(folder, StreamFixtures.ntu)
        let error = #expect(throws: RecordingsError.self) {
            try SkeletonReader.open(path: path, options: SkeletonReadingOptions(format: .openPose))
        }
        #expect(error?.message == "expected openpose, found what looks like ntu")
        let empty = try StreamFixtures.file(folder, "[]", name: "empty.json")
        for format in [SkeletonFormat.alphaPose, .coco, .mediaPipe, .openPose, .azureKinect] {
            #expect(try StreamFixtures.frames(empty, SkeletonReadingOptions(format: format)).isEmpty)
        }
        let missing = #expect(throws: RecordingsError.self) { try SkeletonReader.open(path: "no/such/file") }
        #expect(missing?.description == "no/such/file: cannot be opened: No such file or directory")
    }

    @Test("13,200 mutated files end in frames or an error that names the file")
    func mutated() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("m").path
        var generator = SeededGenerator(seed: 3)
        var refused = 0
        let texts =
            StreamFixtures.files.map(\.text) + [
                StreamFixtures.openPose(frame: 1), StreamFixtures.alphaPose(joints: 136),
            ]
        for text in texts {
            let bytes = [UInt8](text.utf8)
            for round in 0..<600 {
                // Foundation waits for the disk after every file, and so do file systems when one is written over.
                unlink(path)
                let file = try #require(fopen(path, "w"))
                let mutated = bytes.mutated(using: &generator)
                #expect(fwrite(mutated, 1, mutated.count, file) == mutated.count)
                fclose(file)
                // Half of them without being recognised first.
                let format = round % 2 == 0 ? nil : SkeletonFormat.allCases[round / 2 % SkeletonFormat.allCases.count]
                do {
                    let reader = try SkeletonReader.open(path: path, options: SkeletonReadingOptions(format: format))
                    var frames = 0
                    while try reader.next() != nil { frames += 1 }
                    #expect(frames < 100)
                } catch {
                    refused += 1
                    #expect(error.file == path)
                }
            }
        }
        #expect(refused > 4_000)
    }
}
