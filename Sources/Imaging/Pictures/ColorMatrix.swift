/// The shares of red and blue in luma, by which luma and colour differences are told apart.
package enum ColorMatrix: Sendable, Hashable, CaseIterable {
    case bt601, bt709, bt2020, fcc, smpte240M

    /// Kr and Kb; green has what is left.
    var shares: (red: Float, blue: Float) {
        switch self {
        case .bt601: (0.299, 0.114)
        case .bt709: (0.2126, 0.0722)
        case .bt2020: (0.2627, 0.0593)
        case .fcc: (0.30, 0.11)
        case .smpte240M: (0.212, 0.087)
        }
    }
}
