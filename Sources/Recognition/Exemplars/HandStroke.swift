/// What somebody's hands did from one rest to the next: the newest stroke by itself, and together with strokes shortly
/// before it, shortest first.
struct HandStroke: Sendable {
    let paths: [HandPath]
}
