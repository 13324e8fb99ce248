/// One labelled clip of a recordings folder, found but not loaded yet.
package struct RecordedClip: Sendable {
    /// Names the clip within its folder, such as `squat/anna-1` or `m01_s01_e01`.
    package let name: String
    package let label: String
    /// Who moves, or where a data set does not tell, its own unit of splitting (a style, a group); nil when unknown.
    package let subject: String?
    /// Whatever else the data set says of it, by the data set's own column names.
    package let attributes: [String: String]
    let source: RecordingSource
}
