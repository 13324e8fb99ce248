/// What counts as repeated motion.
struct RepeatedMotionSettings: Sendable {
    /// Rows that are looked back on, several spans at once: short for quick movements, long for slow ones.
    var windows = [30, 45, 68, 98, 135, 195]
    /// Rows between looks.
    var hop = 4
    /// Shares of the way out that a swing begins and ends at.
    var outer: Float = 0.62
    var inner: Float = 0.38
    /// Correlation that two swings need to be alike: when they are the only two, and when there are more.
    var likenessOfTwo: Float = 0.75
    var likeness: Float = 0.5
    /// Alike ones are at most so many times as long as their neighbours, and go at least this share as far.
    var longest: Float = 2.5
    var smallest: Float = 0.5
    /// They follow each other within so many lengths and a second.
    var pause: Float = 2.5
    /// Least length in rows: 0.35 s.
    var shortest: Float = 5.25
    /// Least width of a motion, as the root of the sum of squares over all joints, in trunk lengths.
    var width: Float = 0.05
    /// What is added to likeness: by going on in the same direction, by each swing up to four, and by the share of all
    /// motion that goes that way.
    var steadiness: Float = 0.15
    var evidence: Float = 0.05
    var share: Float = 0.2
}
