extension TemporalLayers {
    /// Every parameter from a weight file, checked for name and shape.
    package func parameters(from file: TensorFile) throws(InferenceError) -> [Float] {
        var parameters: [Float] = []
        parameters.reserveCapacity(layout.count)
        for slot in layout.slots {
            let values = try file.values(of: slot.name, shape: slot.shape)
            guard values.allSatisfy(\.isFinite) else {
                throw InferenceError(.malformed, file: file.file, place: slot.name, "holds numbers that are not finite")
            }
            parameters += values
        }
        return parameters
    }

    /// Adds every parameter to a weight file under its name.
    package func add(_ parameters: [Float], to file: inout TensorFileWriter) {
        for slot in layout.slots { file.add(slot.name, shape: slot.shape, values: parameters[slot.range]) }
    }
}
