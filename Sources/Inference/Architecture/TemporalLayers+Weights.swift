extension TemporalLayers {
    /// Every parameter from a weight file, checked for name and shape.
    ///
    /// - Parameter prefix: what the names in the file begin with.
    package func parameters(from file: TensorFile, prefix: String = "") throws(InferenceError) -> [Float] {
        var parameters: [Float] = []
        for slot in layout.slots {
            parameters += try file.finiteValues(of: prefix + slot.name, shape: slot.shape)
        }
        return parameters
    }

    /// Adds every parameter to a weight file under its name, after `prefix`.
    package func add(_ parameters: [Float], to file: inout TensorFileWriter, prefix: String = "") {
        for slot in layout.slots { file.add(prefix + slot.name, shape: slot.shape, values: parameters[slot.range]) }
    }
}
