/// Points in a plane without their place and size.
enum PlaneShape {
    /// The points about their mean, their root mean square distance from it 1; nil where they are all in one place or are no
    /// numbers.
    static func normalised(_ places: [SIMD2<Float>]) -> [SIMD2<Float>]? {
        let mean = places.reduce(.zero, +) / Float(places.count)
        let size = (places.reduce(0) { $0 + (($1 - mean) * ($1 - mean)).sum() } / Float(places.count)).squareRoot()
        guard size.isFinite, size > 1e-6 else { return nil }
        return places.map { ($0 - mean) / size }
    }

    static func distance(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> Float {
        let way = a - b
        return (way * way).sum().squareRoot()
    }
}
