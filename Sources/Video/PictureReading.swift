/// Gives the pictures of a film in showing order, whether they lie in one file or in many.
///
/// One owner at a time. Pictures are upright, of square pixels and all of one size.
package protocol PictureReading: AnyObject {
    /// Size of the pictures in pixels, as shown.
    var width: Int { get }
    var height: Int { get }
    /// Frames a second, the mean where the rate varies; nil when nothing tells.
    var frameRate: Double? { get }
    /// How many frames to expect, for progress bars; nil when nothing tells.
    var estimatedFrameCount: Int? { get }
    /// What the source does not tell and had to be assumed, or what was done to its pictures, one phrase each.
    var derived: [String] { get }
    /// Whether this is a single picture, and no film.
    var isPhotograph: Bool { get }
    /// What was missing or damaged; known once `next()` has given nil.
    var warning: String? { get }
    /// The next frame, or nil after the last. It may be kept for as long as wanted.
    func next() throws(VideoError) -> Frame?
}

/// Opens films of any kind.
package enum FilmReader {
    /// A video file, here or on a web server, or the pictures of a sequence.
    ///
    /// - Parameter framesPerSecond: how many pictures were taken a second, where the source does not tell.
    package static func open(
        _ place: String, framesPerSecond: Double? = nil
    ) throws(VideoError) -> any PictureReading {
        if PicturePlace.isNamed(place) { return try PictureSequence(place, framesPerSecond: framesPerSecond) }
        return try VideoFile(path: place, framesPerSecond: framesPerSecond)
    }
}
