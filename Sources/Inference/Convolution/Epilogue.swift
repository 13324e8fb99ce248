/// What follows a node's operation before its result is stored.
package enum Epilogue: Equatable, Sendable {
    case activation(Activation)
    /// Adds another value of the same shape.
    case add(Int)
    /// Slopes of the negative side by channel, a constant value.
    case prelu(Int)
}
