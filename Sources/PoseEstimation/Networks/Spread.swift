import Dispatch

/// Does every job, on several threads at once, jobs of one worker one after the other; which worker does a job depends
/// on its number alone.
func spread<Result: Sendable>(
    over jobs: Int, workers most: Int, _ work: @Sendable (_ job: Int, _ worker: Int) -> Result
) -> [Result] {
    let workers = min(jobs, most)
    if workers <= 1 { return (0..<jobs).map { work($0, 0) } }
    return withoutActuallyEscaping(work) { work in
        [Result](unsafeUninitializedCapacity: jobs) { results, count in
            nonisolated(unsafe) let results = results
            DispatchQueue.concurrentPerform(iterations: workers) { worker in
                for job in stride(from: worker, to: jobs, by: workers) {
                    (results.baseAddress! + job).initialize(to: work(job, worker))
                }
            }
            count = jobs
        }
    }
}
