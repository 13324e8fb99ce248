import Dispatch

/// Works out the gradient of one chunk of a batch, on one thread at a time.
protocol GradientWorker: AnyObject, SendableMetatype {
    /// Of the last chunk, laid out as the parameters.
    var gradient: [Float] { get }
}

/// Workers that share out a batch over threads. Their gradients are summed in the order of the chunks.
final class WorkerCrew<Worker: GradientWorker>: @unchecked Sendable {
    // Unchecked: each worker is touched by one thread only during `run`, and by the caller only after all are done.
    let workers: [Worker]
    private let threads: Int

    init(_ workers: [Worker], threads: Int) {
        self.workers = workers
        self.threads = threads
    }

    /// Lets each worker do its part.
    ///
    /// - Returns: the mean of their gradients.
    func run(_ work: @Sendable (Worker) -> Void) -> [Float] {
        let threads = threads
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            for index in stride(from: thread, to: workers.count, by: threads) { work(workers[index]) }
        }
        var gradient = [Float](repeating: 0, count: workers[0].gradient.count)
        let share = 1 / Float(workers.count)
        for worker in workers {
            let part = worker.gradient
            for i in gradient.indices { gradient[i] += part[i] * share }
        }
        return gradient
    }

    /// The mean of what each worker says.
    func mean(_ value: (Worker) -> Double) -> Double { workers.reduce(0) { $0 + value($1) } / Double(workers.count) }
}
