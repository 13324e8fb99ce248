import Glibc

/// A thread of its own that is waited for in the end, so that nothing it holds outlives its owner.
final class JoinedThread: Sendable {
    private final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private let thread: pthread_t

    /// Starts `body`.
    init(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let work = Unmanaged.passRetained(Work(body))
        let code = pthread_create(
            &thread, nil,
            { work in
                Unmanaged<Work>.fromOpaque(work!).takeRetainedValue().body()
                return nil
            }, work.toOpaque())
        precondition(code == 0, "a thread can be started")
        self.thread = thread
    }

    /// Waits until `body` has returned.
    func join() { pthread_join(thread, nil) }
}
