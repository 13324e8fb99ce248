import Imaging
import PoseEstimation
import Testing

@Suite("Search schedule")
struct SearchScheduleTests {
    private let pixels = PixelBuffer(width: 640, height: 360)

    private func run(rate: Int, frames: Int, knowsSomebody: Bool) -> [[CropRegion]] {
        var schedule = SearchSchedule(settings: PoseEstimatorSettings())
        return (0..<frames).map { frame in
            schedule.squares(
                of: pixels, at: .microseconds(frame * 1_000_000 / rate), knowsSomebody: knowsSomebody)
        }
    }

    @Test("tiles cover the picture and overlap", arguments: [(640, 360), (384, 288), (300, 300), (200, 900), (17, 5)])
    func cover(width: Int, height: Int) {
        let tiles = SearchSchedule.tiles(width: width, height: height)
        for x in stride(from: 0, through: width, by: max(1, width / 40)) {
            for y in stride(from: 0, through: height, by: max(1, height / 40)) {
                let place = SIMD2(Float(x), Float(y))
                #expect(
                    tiles.contains { tile in
                        let offset = place - tile.center
                        return max(abs(offset.x), abs(offset.y)) <= tile.side / 2 + 0.01
                    }, "\(place)")
            }
        }
        #expect(Set(tiles).count == tiles.count)
    }

    @Test("the first frame is searched whole and in every tile")
    func firstFrame() {
        let first = run(rate: 30, frames: 1, knowsSomebody: false)[0]
        #expect(first.count == 1 + SearchSchedule.tiles(width: 640, height: 360).count)
        #expect(first[0] == CropRegion(holding: pixels))
    }

    @Test("every square is searched within a sweep, at any frame rate", arguments: [10, 15, 30, 60])
    func sweep(rate: Int) {
        let all = Set(run(rate: rate, frames: 1, knowsSomebody: true)[0])
        let frames = run(rate: rate, frames: 4 * rate, knowsSomebody: true)
        // One frame more than the sweep's period, as a sweep need not begin with a frame.
        let window = rate / 2 + 1
        for start in 1..<(frames.count - window) {
            #expect(Set(frames[start..<start + window].joined()) == all, "from frame \(start)")
        }
    }

    @Test("no frame after the first costs more than its budget", arguments: [1, 5, 30])
    func budget(rate: Int) {
        let limit = PoseEstimatorSettings().maximumSearchesPerFrame
        for frame in run(rate: rate, frames: 50, knowsSomebody: true).dropFirst() { #expect(frame.count <= limit) }
    }

    @Test("while nobody is known every frame is searched as a whole")
    func idle() {
        for frame in run(rate: 30, frames: 50, knowsSomebody: false) {
            #expect(frame.contains(CropRegion(holding: pixels)))
        }
    }

    @Test("a picture of another size starts the search afresh")
    func otherSize() {
        var schedule = SearchSchedule(settings: PoseEstimatorSettings())
        _ = schedule.squares(of: pixels, at: .zero, knowsSomebody: false)
        let other = PixelBuffer(width: 100, height: 100)
        let squares = schedule.squares(of: other, at: .milliseconds(33), knowsSomebody: false)
        #expect(squares.contains(CropRegion(holding: other)))
        #expect(squares.allSatisfy { $0.side <= 100 })
    }
}
