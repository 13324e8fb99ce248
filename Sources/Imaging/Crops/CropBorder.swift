/// What a crop shows where it reaches beyond the picture.
package enum CropBorder: Sendable {
    /// Black, as round a letter-box.
    case black
    /// The nearest pixel of the picture's edge.
    case edge
}
