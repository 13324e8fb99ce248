extension TemporalLayers {
    /// Every parameter from a weight file, checked for name and shape.
    package func parameters(from file: TensorFile) throws(InferenceError) -> [Float] {
        var parameters: [Float] = []
        for slot in layout.slots {
            parameters += try file.finiteValues(of: slot.name, shape: slot.shape)
        }
        return parameters
    }

    /// Adds every parameter to a weight file under its name.
    package func add(_ parameters: [Float], to file: inout TensorFileWriter) {
        for slot in layout.slots { file.add(slot.name, shape: slot.shape, values: parameters[slot.range]) }
    }
}
