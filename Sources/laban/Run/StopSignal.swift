import Dispatch
import Foundation
import Synchronization

/// Turns Ctrl-C (SIGINT) and SIGTERM into a flag that loops ask, so that open events are ended and nothing is lost.
/// A second signal ends the process at once.
final class StopSignal: Sendable {
    private let requested = Atomic<Bool>(false)
    private let sources: [any DispatchSourceSignal]

    /// `onStop` runs once, on a queue of its own, when the first signal comes.
    init(onStop: @escaping @Sendable () -> Void = {}) {
        let queue = DispatchQueue(label: "laban.signals")
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number, queue: queue)
        }
        for source in sources {
            source.setEventHandler { [unowned self] in
                if requested.exchange(true, ordering: .sequentiallyConsistent) { _exit(130) }
                onStop()
            }
            source.resume()
        }
    }

    /// Whether somebody asked to stop.
    var isRequested: Bool { requested.load(ordering: .relaxed) }
}
