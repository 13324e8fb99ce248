import ArgumentParser
import Foundation
import LabanCommands

/// `Benchmarks actions`: the action networks against ONNX Runtime, continual-inference and OpenBLAS.
struct BenchActionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "actions",
        abstract: "Compare steps and clips of an action network with its peers, in turns on one core.",
        discussion: """
            The networks are ST-GCN as published, 3.1 million random weights, 17 joints, and that of --model. Laban and its peer do the same \
            work one after the other, round by round, pinned to one core; printed are milliseconds of processor time a \
            frame (a clip in the row of clips), the best and the median ratio. What needs a peer that is not there is \
            left out and said. The peers are for measuring only:

              python3 -m venv peers && peers/bin/pip install onnxruntime onnx torch continual-inference
              swift run -c release Benchmarks actions --python peers/bin/python3
              swift run -c release Benchmarks actions --rounds 9 --json

            The last rows compare with what a step costs as two bare OpenBLAS products a block; OPENBLAS_CORETYPE \
            should not be set.

            --training measures whole training steps instead, on all cores: what they take, and what as many operations \
            take in large OpenBLAS products; 1 / ratio is the share of the products' speed.

              swift run -c release Benchmarks actions --training
            """)

    @OptionGroup var peers: PeerOptions

    @Option(help: ArgumentHelp("The model whose network is measured besides.", valueName: "name or folder"))
    var model = "everyday"

    @Flag(help: "Measure training steps instead, on all cores.")
    var training = false

    func run() throws {
        if training { return try runTraining() }
        try CoreAffinity.pin(to: peers.core)
        let bench = ActionBench(rounds: peers.rounds, peer: try? ActionPeer(python: peers.python))
        let comparisons =
            try bench.slidingClips() + bench.framesByPeer()
            + bench.frames(of: ShippedModel(named: model)) + bench.limits()
        let allocations = bench.allocationsPerStep()
        if peers.json {
            struct Summary: Encodable {
                let machine: Machine
                let parameters, state_bytes, allocations_per_step: Int
                let missing: [String]
            }
            for row in comparisons { try StandardOutput.print(JSONLine.text(row.row)) }
            try StandardOutput.print(
                JSONLine.text(
                    Summary(
                        machine: .current, parameters: bench.parameters, state_bytes: bench.stateBytes,
                        allocations_per_step: allocations, missing: bench.missing)))
            return
        }
        let command = CommandLine.arguments.dropFirst().joined(separator: " ")
        for line in Comparison.table(comparisons, command: command) { try StandardOutput.print(line) }
        try StandardOutput.print(
            "\n\(bench.parameters) parameters; \(bench.stateBytes) bytes remembered of a person; "
                + "\(allocations) allocations a step")
        for words in bench.missing { try StandardOutput.print("\nNot measured: \(words)") }
    }

    private func runTraining() throws {
        let comparisons = try TrainingBench(rounds: peers.rounds, steps: 8).comparisons()
        if peers.json {
            for row in comparisons { try StandardOutput.print(JSONLine.text(row.row)) }
            return
        }
        let command = CommandLine.arguments.dropFirst().joined(separator: " ")
        for line in Comparison.table(comparisons, command: command) { try StandardOutput.print(line) }
    }
}
