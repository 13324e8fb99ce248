package import Recognition
import Synchronization

/// A model that cameras use, and that a newer one may replace while they do: each takes that up with its next frame.
package final class SharedModel: Sendable {
    /// A model, and the how many-th it is in this place.
    package struct Edition: Sendable {
        package let number: Int
        package let model: ActionModel
    }

    private let state: Mutex<Edition>

    package init(_ model: ActionModel) { state = Mutex(Edition(number: 1, model: model)) }

    /// The model to use now.
    package var latest: Edition { state.withLock { $0 } }

    /// Puts a newer model in the place of the one before.
    package func replace(with model: ActionModel) {
        state.withLock { $0 = Edition(number: $0.number + 1, model: model) }
    }
}
