/// The kernel machines that judge beside the network: whole recordings, or the last seconds of a stream; windows are the
/// network's alone.
package struct KernelSettings: Sendable, Codable, Equatable {
    /// How much the kernel machines have to say beside the network, 0…1; 0 trains none.
    package var share: Float = 0.25
    /// A machine for each of these numbers of parts that clips are cut into; the first one of a stream model.
    package var parts = [8]
    /// Stream models: seconds that a machine judges at every frame; 0 trains none.
    package var window: Float = 0
    /// Whether how people stand is part of what is judged.
    package var stance = false
    /// How much of the nearness of two clips is that of the distances between joints, 0…1.
    package var distances: Float = 0.3
    /// Classes with the same name before ` / ` get machines of their own, which tell them apart; how much of what is
    /// between those classes is these machines', 0…1; 0 trains none.
    package var within: Float = 0
    /// Varied copies of each clip among the exemplars, where that leaves them few enough.
    package var copies = 12
    /// How far nearness reaches, as a share of the mean squared distance between exemplars.
    package var reach: Float = 1
    /// How little single exemplars may count.
    package var ridge: Float = 0.05
    /// What is added to the deviation of everything compared, as a share of the mean deviation: how little what hardly
    /// varies may count.
    package var floor: Float = 2

    package init() {}
}
