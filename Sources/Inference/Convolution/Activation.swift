import Foundation

/// A function applied to every number of a tensor.
package enum Activation: Equatable, Sendable {
    case relu
    /// Between 0 and 6.
    case relu6
    case logistic

    /// The function itself.
    package func callAsFunction(_ x: Float) -> Float {
        switch self {
        case .relu: max(x, 0)
        case .relu6: min(max(x, 0), 6)
        case .logistic: 1 / (1 + exp(-x))
        }
    }
}
