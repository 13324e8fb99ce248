/// The value of a measure at one moment and how far to trust it.
package struct Measurement: Sendable, Hashable {
    /// In the unit of its measure.
    package var value: Float
    /// Confidence of the worst-seen joint it rests on, 0…1.
    package var confidence: Float

    package init(value: Float, confidence: Float) {
        self.value = value
        self.confidence = confidence
    }
}
