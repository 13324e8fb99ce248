/// The trunk and legs beneath unnamed arm movements.
protocol NothingBase: Sendable {
    /// Whether the arms follow a script of their own.
    var usesArms: Bool { get }
    /// The posture, or nil where only figures are known.
    func posture(at time: Double) -> Posture?
    func figure(at time: Double) -> Figure
}

extension NothingBase {
    var usesArms: Bool { true }
    func figure(at time: Double) -> Figure { preconditionFailure("a base without postures gives figures") }
}
