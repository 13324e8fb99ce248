import Foundation
import TestSupport
import Testing

struct CountTests {
    @Test("a count ends with a table of sets: who, what, how many, and the rest before")
    func table() throws {
        let result = try LabanProcess.run("count", LabanProcess.fixture("workout.truth.jsonl"))
        #expect(result.status == 0)
        let head = try #require(result.lines.firstIndex { $0.hasPrefix("WHO") })
        let words = result.lines[(head + 1)...].map { $0.split(separator: " ").map(String.init) }
        // Four frames a second are too few to see every push-up.
        #expect(
            words.map { Array($0.prefix(3)) } == [
                ["#1", "1", "squat"], ["#1", "2", "jumping_jack"], ["#1", "3", "push_up"],
            ])
        #expect(words.prefix(2).map { $0[3] } == ["5", "8"])
        #expect(result.lines[head].split(separator: " ").last == "REST")
    }

    @Test("a count is drawn over the video, picture by picture, and over the motion")
    func pictures() throws {
        let folder = try TemporaryFolder()
        let (video, plot) = (folder.file("counted.mp4").path, folder.file("counted.png").path)
        let result = try LabanProcess.run(
            "count", LabanProcess.fixture("workout.mp4"), "--render", video, "--plot", plot)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.lines.contains { $0.hasPrefix("702 frames") })
        let again = try LabanProcess.run("run", video, "--model", "none")
        #expect(again.lines.contains { $0.hasPrefix("702 frames") }, "\(again.errors)")
        #expect(try Data(contentsOf: URL(filePath: plot)).starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }

    @Test(
        "options that contradict each other are refused before anything is watched",
        arguments: [
            (["--render", "out.mp4"], "holds skeletons"),
            (["--teach", "knee_lift", "--explain"], "--teach goes without"),
        ])
    func refused(options: [String], words: String) throws {
        let result = try LabanProcess(["count", LabanProcess.fixture("workout.truth.jsonl")] + options).wait()
        #expect(result.status == 2)
        #expect(result.errors.contains(words), "\(result.errors)")
    }
}
