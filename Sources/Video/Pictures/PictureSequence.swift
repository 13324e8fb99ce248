import Foundation
import Imaging

/// Pictures in files of their own that make a film: in order of their numbers, at even distances.
///
/// All come in the size of the first one; those of another shape are fitted into it between black bars. What cannot be
/// read is passed over, and said in `warning`.
package final class PictureSequence: PictureReading {
    package let width: Int
    package let height: Int
    package let frameRate: Double?
    package let derived: [String]
    package let isPhotograph = false
    package private(set) var warning: String?
    package var estimatedFrameCount: Int? { files.count }

    private let place: String
    private let files: [NumberedPicture]
    private var clock: PresentationClock
    private var upcoming: Picture?
    /// Of the file that comes next.
    private var position = 0
    private var frameCount = 0
    private var unreadable: [String] = []

    /// Finds the pictures and reads up to the first.
    ///
    /// - Parameters:
    ///   - place: a folder with pictures, or a pattern as `PicturePlace` knows it.
    ///   - framesPerSecond: how many pictures were taken a second; nil assumes 25.
    /// - Throws: `VideoError` when there are none, or none can be read.
    package init(_ place: String, framesPerSecond: Double? = nil) throws(VideoError) {
        self.place = place
        let listing = try PicturePlace(place).pictures()
        files = listing.pictures
        let time = CountedTime(stated: framesPerSecond)
        frameRate = time.framesPerSecond
        clock = PresentationClock(
            timeBase: time.timeBase, interval: .nanoseconds(Int64(1e9 / time.framesPerSecond)))
        var first: Picture?
        while first == nil, position < files.count {
            first = Self.read(files[position], &unreadable)
            if first == nil { position += 1 }
        }
        guard let first else {
            throw VideoError(
                place,
                "expected pictures, found \(files.count) that cannot be read: \(unreadable.prefix(3).joined(separator: ", "))"
            )
        }
        width = first.width
        height = first.height
        derived = [time.note] + listing.notes
        upcoming = first
    }

    package func next() throws(VideoError) -> Frame? {
        while position < files.count {
            let file = files[position]
            position += 1
            guard let picture = upcoming.take() ?? Self.read(file, &unreadable) else { continue }
            defer { frameCount += 1 }
            return Frame(
                index: frameCount, presentationTime: clock.time(of: Int64(file.step)),
                picture: picture.fitted(toWidth: width, height: height))
        }
        if warning == nil, !unreadable.isEmpty {
            let rest = unreadable.count > 3 ? " and \(unreadable.count - 3) more" : ""
            warning =
                "\(place): \(unreadable.count) of \(files.count) pictures cannot be read and are passed over: "
                + unreadable.prefix(3).joined(separator: ", ") + rest
        }
        return nil
    }

    /// A file's picture, or nil and its name with the reason among the unreadable ones.
    private static func read(_ file: NumberedPicture, _ unreadable: inout [String]) -> Picture? {
        do throws(VideoError) {
            let video = try VideoFile(path: file.path)
            guard video.isPhotograph else { throw VideoError(file.path, "found \(video.formatName) data") }
            guard let frame = try video.next() else { throw VideoError(file.path, "found no picture") }
            return frame.picture
        } catch {
            unreadable.append("\(URL(filePath: file.path).lastPathComponent) (\(error.message))")
            return nil
        }
    }
}
