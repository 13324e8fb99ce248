/// A function applied to every number of a tensor.
package enum Activation: Equatable, Sendable {
    case relu
    /// Between 0 and 6.
    case relu6
    case logistic
}
