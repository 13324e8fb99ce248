/// Spatial graph convolution (Yan et al. 2018): every joint gathers its neighbours, one weight matrix a partition.
///
/// `y = Σₚ Wₚ · x · (Aₚ ⊙ Mₚ)` with the graph's adjacency A and a learned edge importance M. With `isAdaptive` the
/// whole matrix is learned, starting from A, so joints without a bone between them may speak to each other
/// (Shi et al. 2019).
package struct GraphConvolution: Sendable, Equatable {
    package let inputChannels: Int
    package let outputChannels: Int
    package let graph: SpatialGraph
    package let isAdaptive: Bool
    /// (outputChannels, P · inputChannels).
    package let weight: ParameterLayout.Slot
    /// (P, V, V).
    package let importance: ParameterLayout.Slot

    package init(
        _ name: String, from inputChannels: Int, to outputChannels: Int, graph: SpatialGraph, isAdaptive: Bool,
        layout: inout ParameterLayout
    ) {
        self.inputChannels = inputChannels
        self.outputChannels = outputChannels
        self.graph = graph
        self.isAdaptive = isAdaptive
        weight = layout.add(name + ".weight", [outputChannels, graph.partitions, inputChannels], .weight)
        importance = layout.add(name + ".importance", [graph.partitions, graph.joints, graph.joints], .offset)
    }

    /// The starting point of `importance`.
    var initialImportance: [Float] {
        isAdaptive ? graph.adjacency : [Float](repeating: 1, count: graph.adjacency.count)
    }

    /// What joint u gives to joint v under these parameters, (P, V, V).
    package func adjacency(_ parameters: UnsafePointer<Float>) -> [Float] {
        let learned = parameters + importance.offset
        if isAdaptive { return Array(UnsafeBufferPointer(start: learned, count: importance.count)) }
        return graph.adjacency.enumerated().map { $0.element * learned[$0.offset] }
    }
}
