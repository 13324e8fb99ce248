/// One labelled clip of a recordings folder, found but not loaded yet.
package struct RecordedClip: Sendable {
    /// Names the clip within its folder, such as `squat/anna-1` or `m01_s01_e01`.
    package let name: String
    package let label: String
    /// Who moves; nil when unknown.
    package let subject: String?
    /// Whatever else `subjects.csv` says of it, by its column names.
    package let attributes: [String: String]
    /// A file or folder of skeletons, or a video.
    let file: String
}
