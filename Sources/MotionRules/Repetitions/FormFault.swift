/// Something wrong with how a repetition was done, with what shows it.
package struct FormFault: Sendable, Hashable {
    /// The word for it in rule files and events.
    package var name: String
    /// What is wrong, in words.
    package var words: String
    /// Where on the body; nil where it is the whole.
    package var joint: String?
    /// The measure that shows it, its value farthest on the wrong side, and its unit.
    package var measure: String
    package var value: Float
    package var unit: MeasureUnit
    /// Media time of that value.
    package var time: Duration
}
