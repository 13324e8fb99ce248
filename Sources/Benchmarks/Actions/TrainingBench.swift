import COpenBLAS
import Dispatch
import Foundation
import Inference
import LabanCommands
import Recognition
import Skeleton
import Training

/// How near a training step comes to the fastest this machine multiplies matrices: whole steps with everything in them,
/// from drawing clips to moving weights, against as many operations of one large OpenBLAS product on each core.
struct TrainingBench {
    /// A side of the large product's matrices.
    private static let size = 1024
    private static let warmUp = 3

    let rounds: Int
    /// Steps in a round.
    let steps: Int
    private let cores = ProcessInfo.processInfo.activeProcessorCount

    /// By the clock, with all cores busy.
    func comparisons() throws -> [Comparison] {
        openblas_set_num_threads(1)
        var published = Recipe()
        published.batch = 8 * cores
        published.chunk = 8
        published.sampling.frames = 64
        published.network.adaptive = false
        published.network.blocks = ActionBench.blocks.map { .init(channels: $0.channels, kernel: 9, stride: $0.stride) }
        var usual = Recipe()
        usual.batch = usual.chunk * cores
        return try [("as recipes have it", usual), ("ST-GCN as published", published)].map { name, recipe in
            try compare("a training step of \(recipe.batch) clips, \(name), against one large OpenBLAS product", recipe)
        }
    }

    private func compare(_ name: String, _ given: Recipe) throws -> Comparison {
        var recipe = given
        var source = RecipeSource(kind: .puppet)
        source.clips = 3
        recipe.sources = [source]
        recipe.epochs = 1
        recipe.stepsPerEpoch = [Self.warmUp + rounds * steps, Self.warmUp + rounds * steps]
        let folder = FileManager.default.temporaryDirectory.appending(path: "laban-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let training = try TrainingRun(
            motions: try recipe.loadSources(dataFolder: nil).motions, recipe: recipe,
            output: folder.path(percentEncoded: false))
        let operations = Double(6 * training.layers.multiplyAdds * recipe.batch)
        var comparison = Comparison(name: name, unit: "ms", promise: .atMost(2.5))
        var bar = ProgressBar("training", total: rounds, unit: "rounds")
        var start = ContinuousClock.now
        _ = try training.run { progress in
            let done = progress.step - Self.warmUp
            guard done >= 0, done % steps == 0 else { return true }
            if done > 0 {
                comparison.ours.append((ContinuousClock.now - start).inSeconds * 1000 / Double(steps))
                comparison.peers.append(operations / operationsPerSecond() * 1000)
                bar.update(count: done / steps)
            }
            start = .now
            return true
        }
        bar.finish()
        return comparison
    }

    /// Of all cores together, each with a product of its own.
    private func operationsPerSecond() -> Double {
        let (size, products) = (Self.size, 8)
        let start = ContinuousClock.now
        DispatchQueue.concurrentPerform(iterations: cores) { _ in
            let matrices = [Float](repeating: 0.01, count: 2 * size * size)
            var result = [Float](repeating: 0, count: size * size)
            for _ in 0..<products {
                matrices.withUnsafeBufferPointer { matrices in
                    guard let a = matrices.baseAddress else { return }
                    cblas_sgemm(
                        CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(size), blasint(size), blasint(size), 1, a,
                        blasint(size), a + size * size, blasint(size), 0, &result, blasint(size))
                }
            }
        }
        let time = (ContinuousClock.now - start).inSeconds
        return 2 * Double(size * size * size * products * cores) / time
    }
}
