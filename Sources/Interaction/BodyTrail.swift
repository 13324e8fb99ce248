import Skeleton

/// Where somebody was lately, and how fast they go.
struct BodyTrail {
    /// Of each moment the place and, as last number, where the feet are in the picture.
    private var samples: [(time: Double, place: SIMD4<Float>)] = []

    /// What is remembered, in seconds.
    private static let memory = 0.8
    /// Over how long places across the line of sight are averaged and slopes taken; depth is less steady and takes all.
    private static let placeTime = 0.16
    private static let slopeTime = 0.4

    /// Metres, depth included.
    private(set) var place = SIMD3<Float>.zero
    /// Metres a second.
    private(set) var velocity = SIMD3<Float>.zero
    /// Where the feet are in the picture and how fast they go down it, picture heights and those a second; nil when they
    /// were not seen all the time.
    private(set) var floor: (place: Float, speed: Float)?

    mutating func add(_ new: SIMD3<Float>, floor: Float?, at time: Double) {
        if let last = samples.last, time <= last.time { return }
        // Whoever was away for long is where they are now, and no more is known.
        if let last = samples.last, time - last.time > Self.memory { samples.removeAll(keepingCapacity: true) }
        samples.append((time, SIMD4(new, floor ?? .nan)))
        samples.removeFirst(samples.prefix { $0.time < time - Self.memory }.count)
        let across = mean(since: time - Self.placeTime)
        let along = mean(since: time - Self.slopeTime)
        place = SIMD3(across.x, across.y, along.z)
        let quick = slope(since: time - Self.slopeTime)
        let slow = slope(since: time - Self.memory)
        velocity = SIMD3(quick.x, quick.y, slow.z)
        self.floor = along.w.isFinite && slow.w.isFinite ? (along.w, slow.w) : nil
    }

    private func mean(since start: Double) -> SIMD4<Float> {
        let recent = samples.suffix(while: { $0.time >= start - 1e-6 })
        return recent.reduce(SIMD4<Float>.zero) { $0 + $1.place } / Float(recent.count)
    }

    /// Slope of the line of least squares.
    private func slope(since start: Double) -> SIMD4<Float> {
        let recent = samples.suffix(while: { $0.time >= start - 1e-6 })
        guard let first = recent.first, recent.count > 2 else { return .zero }
        var (times, squares): (Float, Float) = (0, 0)
        var (places, products) = (SIMD4<Float>.zero, SIMD4<Float>.zero)
        for sample in recent {
            let t = Float(sample.time - first.time)
            let offset = sample.place - first.place
            times += t
            squares += t * t
            places += offset
            products += offset * t
        }
        let count = Float(recent.count)
        let spread = squares - times * times / count
        return spread > 1e-6 ? (products - places * (times / count)) / spread : .zero
    }
}

extension Array {
    /// The longest end of the array of which all elements fulfil a condition.
    fileprivate func suffix(while holds: (Element) -> Bool) -> ArraySlice<Element> {
        self[((lastIndex { !holds($0) } ?? -1) + 1)...]
    }

}
