import Foundation
import Imaging
import TestSupport
import Video

/// Videos made on the spot, whose every picture is known.
enum SampleVideo {
    /// A soft gradient with a bright disc that moves from picture to picture.
    static func picture(_ index: Int, width: Int = 96, height: Int = 64) -> PixelBuffer {
        var picture = PixelBuffer(width: width, height: height)
        for y in 0..<height {
            for x in 0..<width {
                let at = y * picture.stride + x * 3
                picture.bytes[at] = UInt8(40 + 120 * x / width)
                picture.bytes[at + 1] = UInt8(40 + 120 * y / height)
                picture.bytes[at + 2] = 90
            }
        }
        let place = SIMD2(Float((index * 5) % width), Float(height) * 0.4)
        picture.fillCircle(center: place, radius: Float(height) / 6, color: Color(230, 220, 200))
        return picture
    }

    /// Writes `count` pictures at `times`, 25 a second unless told otherwise.
    static func write(
        _ url: URL, count: Int = 40, width: Int = 96, height: Int = 64,
        at times: (Int) -> Duration = { .milliseconds(40) * $0 }
    ) throws {
        let writer = try VideoWriter(path: url.path(), width: width, height: height, frameRate: 25)
        for index in 0..<count {
            try writer.append(picture(index, width: width, height: height), at: times(index))
        }
        try writer.finish()
    }

    /// A frame as it is shown.
    struct Shown: Equatable {
        let index: Int
        let presentationTime: Duration
        let pixels: PixelBuffer

        init(_ frame: Frame) {
            index = frame.index
            presentationTime = frame.presentationTime
            pixels = frame.picture.rgb()
        }
    }

    /// All frames of a video, and the warning at the end.
    static func read(_ url: URL, threads: Int = 1) throws -> (frames: [Shown], warning: String?) {
        let file = try VideoFile(path: url.path(), threads: threads)
        var frames: [Shown] = []
        while let frame = try file.next() { frames.append(Shown(frame)) }
        return (frames, file.warning)
    }

    /// Mean difference of two pictures' bytes.
    static func difference(_ a: PixelBuffer, _ b: PixelBuffer) -> Double {
        zip(a.bytes, b.bytes).reduce(0) { $0 + abs(Double($1.0) - Double($1.1)) } / Double(a.bytes.count)
    }
}
