/// Where a pose's world points come from.
package enum WorldSource: String, Sendable, CaseIterable {
    /// The source gives them.
    case measured
    /// They were lifted from the picture.
    case lifted
}
