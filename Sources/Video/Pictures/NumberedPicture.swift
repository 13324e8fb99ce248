/// One picture of a sequence.
struct NumberedPicture {
    let path: String
    /// How many pictures after the first it was taken, those missing in between included.
    var step: Int
}
