/// The kernel machine that judges whole recordings beside the network.
package struct KernelSettings: Sendable, Codable, Equatable {
    /// How much of a clip's probabilities is the kernel machine's, 0…1; 0 trains none.
    package var share: Float = 0
    /// Varied copies of each clip among the exemplars, where that leaves them few enough.
    package var copies = 5
    /// How far nearness reaches, as a share of the mean squared distance between exemplars.
    package var reach: Float = 1
    /// How little single exemplars may count.
    package var ridge: Float = 0.05

    package init() {}
}
