/// One way a gesture was shown with hands alone.
struct HandExemplar: Sendable {
    /// Which gesture it shows, by its place in the list.
    let gesture: Int
    let path: HandPath

    /// 0 for the example itself, 1 for hands at rest.
    func cost(of path: HandPath) -> Float { self.path.distance(to: path) / self.path.size }
}
