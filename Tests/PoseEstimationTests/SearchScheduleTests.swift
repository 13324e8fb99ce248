import Imaging
import PoseEstimation
import Testing

@Suite("Search schedule")
struct SearchScheduleTests {
    private let settings = PoseEstimatorSettings()
    private let size = SIMD2(1280, 720)

    /// A grey picture with a bright patch.
    private func picture(_ patch: PixelBox?) -> Picture {
        var picture = PixelBuffer(width: size.x, height: size.y, color: Color(90, 90, 90))
        guard let patch else { return .interleaved(picture) }
        for y in Int(patch.low.y)..<Int(patch.high.y) {
            for x in Int(patch.low.x)..<Int(patch.high.x) { picture.bytes[y * picture.stride + x * 3 + 1] = 200 }
        }
        return .interleaved(picture)
    }

    /// A patch of a small person's size, 80 pixels high.
    private func patch(x: Float, y: Float) -> PixelBox {
        PixelBox(low: SIMD2(x, y), high: SIMD2(x + 34, y + 80))
    }

    private func run(
        rate: Int, frames: Int, known: [PixelBox] = [], doubtful: [PixelBox] = [],
        patch: (Int) -> PixelBox? = { _ in nil }
    ) -> [[CropRegion]] {
        var schedule = SearchSchedule(settings: settings)
        return (0..<frames).map { frame in
            schedule.squares(
                of: picture(patch(frame)), at: .microseconds(frame * 1_000_000 / rate), known: known,
                doubtful: doubtful)
        }
    }

    private func holds(_ region: CropRegion, _ box: PixelBox) -> Bool {
        let reach = SIMD2(repeating: region.side / 2)
        let low = region.center - reach
        let high = region.center + reach
        return low.x <= box.low.x && low.y <= box.low.y && high.x >= box.high.x && high.y >= box.high.y
    }

    /// A flickering picture: everything changes all the time, as with a moving camera.
    private func flicker(frames: Int, rate: Int) -> [[CropRegion]] {
        var schedule = SearchSchedule(settings: settings)
        let someone = patch(x: 600, y: 300)
        return (0..<frames).map { frame in
            let grey = UInt8(60 + frame % 2 * 60)
            let picture = Picture.interleaved(
                PixelBuffer(width: size.x, height: size.y, color: Color(grey, grey, grey)))
            return schedule.squares(
                of: picture, at: .microseconds(frame * 1_000_000 / rate), known: [someone], doubtful: [])
        }
    }

    @Test("the first frame is searched everywhere, and a person of 80 pixels fills a quarter of a square")
    func firstFrame() {
        let squares = run(rate: 30, frames: 1)[0]
        #expect(squares[0] == CropRegion(holding: picture(nil)))
        for x in stride(from: Float(0), to: 1246, by: 40) {
            for y in stride(from: Float(0), to: 640, by: 40) {
                let person = patch(x: x, y: y)
                #expect(squares.contains { $0.side <= 320 && holds($0, person) }, "\(person)")
            }
        }
    }

    @Test("where nothing changes, little is searched, and everything in time")
    func still() {
        let frames = run(rate: 10, frames: 100, known: [patch(x: 600, y: 300)])
        let searches = frames.dropFirst().joined()
        #expect(Set(searches) == Set(frames[0]))
        #expect(searches.count <= 4 * frames[0].count)
    }

    @Test("a small newcomer is looked at within half a second at 10 frames a second", arguments: [20, 33, 57])
    func newcomer(start: Int) {
        let person = patch(x: 930, y: 410)
        let frames = run(rate: 10, frames: start + 6, known: [patch(x: 100, y: 300)]) { $0 < start ? nil : person }
        let seen = frames[start..<start + 5].joined().filter { $0.side <= 320 && holds($0, person) }
        #expect(!seen.isEmpty)
    }

    @Test("what moves where somebody is known calls for no search")
    func explained() {
        let person = PixelBox(low: SIMD2(500, 200), high: SIMD2(700, 600))
        func count(known: [PixelBox]) -> Int {
            run(rate: 10, frames: 40, known: known) { patch(x: 560, y: 300 + Float($0 % 7) * 20) }
                .dropFirst().joined().count
        }
        #expect(count(known: [person]) * 3 < count(known: [patch(x: 0, y: 0)]))
    }

    @Test("where there may be a person the search goes on though nothing moves")
    func doubtful() {
        let person = patch(x: 930, y: 410)
        let frames = run(rate: 10, frames: 30, known: [patch(x: 100, y: 300)], doubtful: [person])
        let seen = frames.dropFirst().filter { $0.contains { holds($0, person) } }
        #expect(seen.count >= 6)
    }

    @Test(
        "no frame and no second costs more than its budget, even when all the picture changes", arguments: [1, 5, 30])
    func budget(rate: Int) {
        let frames = flicker(frames: 6 * rate, rate: rate)
        #expect(frames.dropFirst().allSatisfy { $0.count <= settings.maximumSearchesPerFrame })
        // Nine large squares twice a second and the small ones once.
        let perSecond = frames[0].count + 9
        for start in stride(from: rate, to: frames.count - rate, by: rate) {
            let count = frames[start..<start + rate].joined().count
            #expect(count <= perSecond + settings.maximumSearchesPerFrame)
        }
    }

    @Test("when all the picture changes every square has its turn within two seconds", arguments: [10, 30])
    func turns(rate: Int) {
        let frames = flicker(frames: 4 * rate, rate: rate)
        for start in 1..<frames.count - 2 * rate {
            let missed = Set(frames[0]).subtracting(frames[start..<start + 2 * rate].joined())
            #expect(missed.isEmpty, "from frame \(start)")
        }
    }

    @Test("a picture of another size starts the search afresh")
    func otherSize() {
        var schedule = SearchSchedule(settings: settings)
        _ = schedule.squares(of: picture(nil), at: .zero, known: [], doubtful: [])
        let other = Picture.interleaved(PixelBuffer(width: 100, height: 100))
        let squares = schedule.squares(of: other, at: .milliseconds(33), known: [], doubtful: [])
        #expect(squares.contains(CropRegion(holding: other)))
        #expect(squares.allSatisfy { $0.side <= 100 })
    }

    @Test("pictures of a few pixels are searched as a whole", arguments: [(1, 1), (17, 5), (200, 900)])
    func odd(width: Int, height: Int) {
        var schedule = SearchSchedule(settings: settings)
        let picture = Picture.interleaved(PixelBuffer(width: width, height: height))
        let squares = schedule.squares(of: picture, at: .zero, known: [], doubtful: [])
        #expect(squares.first == CropRegion(holding: picture))
    }

    @Test("a picture too narrow for anybody costs one search at a time", arguments: [(1000, 2), (8, 4000)])
    func narrow(width: Int, height: Int) {
        var schedule = SearchSchedule(settings: settings)
        let picture = Picture.interleaved(PixelBuffer(width: width, height: height))
        for frame in 0..<5 {
            let squares = schedule.squares(of: picture, at: .milliseconds(40 * frame), known: [], doubtful: [])
            #expect(squares.count <= 1)
        }
    }
}
