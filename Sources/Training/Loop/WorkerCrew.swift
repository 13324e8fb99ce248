import Dispatch
import Recognition

/// Workers that share out a batch over threads. Their gradients are summed in the order of the chunks.
final class WorkerCrew: @unchecked Sendable {
    // Unchecked: each worker is touched by one thread only during `run`, and by the caller only after all are done.
    private let workers: [TrainingWorker]
    private let threads: Int

    init(_ workers: [TrainingWorker], threads: Int) {
        self.workers = workers
        self.threads = threads
    }

    func run(
        step: Int, parameters: [Float], standardisation: FeatureStandardisation
    ) -> (gradient: [Float], loss: Double, accuracy: Double) {
        let threads = threads
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            for index in stride(from: thread, to: workers.count, by: threads) {
                workers[index].run(step: step, parameters: parameters, standardisation: standardisation)
            }
        }
        var gradient = [Float](repeating: 0, count: parameters.count)
        let share = 1 / Float(workers.count)
        for worker in workers {
            let part = worker.gradient
            for i in gradient.indices { gradient[i] += part[i] * share }
        }
        let loss = workers.reduce(0) { $0 + $1.meanLoss } / Double(workers.count)
        let (asked, correct) = (workers.reduce(0) { $0 + $1.asked }, workers.reduce(0) { $0 + $1.correct })
        return (gradient, loss, Double(correct) / Double(max(1, asked)))
    }
}
