import ArgumentParser
import Foundation
import LabanCommands
import Puppet

/// `Benchmarks interactions`: how well, and how fast, it is found what people do to each other.
struct BenchInteractionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "interactions",
        abstract: "Measure how well it is found what people do to each other, on simulated pairs.",
        discussion: """
            Pairs of puppets approach, shake hands, hug, push and leave each other, or pass, talk and exercise and do \
            nothing to each other, in views, sizes and tempos that follow from the seed. They are seen with the errors \
            of pose networks and followed by the tracker (picture), as keypoints alone (keypoints) or by a depth camera \
            (room), or drawn and seen by the pose networks themselves (video), which takes seconds a scene. Found and true count as the same from an overlap of 0.25 on. Crowds that only cross each other's \
            ways tell the false alarms.

            Examples:
              swift run -c release Benchmarks interactions                           a hundred scenes of each kind, from the picture
              swift run -c release Benchmarks interactions --source room --json      from a depth camera, as one JSON line
              swift run -c release Benchmarks interactions --source video --scenes 5 the whole pipeline, from drawn pictures
              swift run -c release Benchmarks interactions --notes --scenes 10       and what was wrong
            """)

    @Option(help: "What the scenes are seen by: picture, keypoints, room or video.")
    var source = InteractionTrial.Source.picture

    @Option(help: "Scenes of each kind.")
    var scenes = 100

    @Option(help: "The first scene's seed; the others follow.")
    var seed: UInt64 = 1000

    @Flag(help: "Also print each that was missed or is false.")
    var notes = false

    @Flag(help: "Print one JSON object, and nothing else.")
    var json = false

    func validate() throws {
        guard (1...100_000).contains(scenes) else {
            throw ValidationError("--scenes: expected 1 to 100000, found \(scenes)")
        }
    }

    func run() throws {
        var score = InteractionScore()
        var crowd = InteractionScore()
        var times: [Duration] = []
        let eye = source == .video ? try DrawnSceneEye() : nil
        var bar = ProgressBar("interactions", total: scenes, unit: "scenes")
        for index in 0..<scenes {
            let seed = seed &+ UInt64(index)
            for kind in PuppetPair.allCases {
                let scene = kind.scene(seed: seed)
                let trial = try InteractionTrial(scene, source: source, seed: ~seed, look: eye?.look(at: scene))
                score.add(trial, named: scene.name)
                times += trial.times
            }
            let scene = PuppetCrowd.crossings.scene(people: 2 + index % 4, seed: seed)
            let trial = try InteractionTrial(scene, source: source, seed: ~seed, look: eye?.look(at: scene))
            crowd.add(trial, named: scene.name)
            bar.update(count: index + 1)
        }
        bar.finish()
        let report = InteractionReport(score, crowd, times: times, source: source, scenes: scenes, seed: seed)
        if json {
            try StandardOutput.print(report.jsonLine())
            return
        }
        if notes { for note in score.notes { try StandardOutput.print(note) } }
        try StandardOutput.print(report.text, terminator: "")
    }
}

extension InteractionTrial.Source: ExpressibleByArgument {}
