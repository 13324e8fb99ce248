package import Imaging
import Skeleton

/// Decides which squares of which frame the detector looks at for newcomers: those in which something has changed, the
/// one waiting longest first, within a budget that no frame and no second exceeds.
package struct SearchSchedule {
    private let settings: PoseEstimatorSettings
    private var squares: [SearchSquare] = []
    private var size = SIMD2(0, 0)
    private var grid = ChangeGrid(width: 1, height: 1)
    /// When each square was searched last; nil for never.
    private var searchedAt: [Duration?] = []
    /// Searches that may be made now, whole and part.
    private var allowance: Float = 0
    private var lastTime: Duration?

    /// So few changed cells are noise.
    private static let leastChanges = 2

    package init(settings: PoseEstimatorSettings) { self.settings = settings }

    /// The squares to search in this frame; the first frame of a source gets a whole sweep.
    ///
    /// - Parameters:
    ///   - known: boxes, in pixels, round those followed for sure; what changes there calls for no search.
    ///   - doubtful: boxes round those who may be people; they are searched as if they had changed.
    package mutating func squares(
        of picture: Picture, at time: Duration, known: [PixelBox], doubtful: [PixelBox]
    ) -> [CropRegion] {
        if size != SIMD2(picture.width, picture.height) {
            size = SIMD2(picture.width, picture.height)
            squares = SearchSquare.all(width: size.x, height: size.y, withTiles: settings.searchesTiles)
            searchedAt = Array(repeating: nil, count: squares.count)
            grid = ChangeGrid(width: size.x, height: size.y)
            allowance = Float(settings.maximumSearchesPerFrame)
        }
        grid.update(picture, at: time, known: known, doubtful: doubtful)
        defer { lastTime = time }
        guard let lastTime else {
            searchedAt = searchedAt.map { _ in time }
            return squares.map(\.region)
        }

        let perSecond = squares.reduce(Float(0)) { $0 + 1 / Float(period($1, knowsSomebody: true).inSeconds) }
        let limit = Float(settings.maximumSearchesPerFrame)
        allowance = min(limit, allowance + perSecond * max(0, Float((time - lastTime).inSeconds)))
        let due = squares.indices
            .map { (index: $0, urgency: urgency(of: $0, at: time, knowsSomebody: !known.isEmpty)) }
            .filter { $0.urgency >= 1 }
            .sorted { ($0.urgency, $1.index) > ($1.urgency, $0.index) }
            .prefix(Int(allowance))
        allowance -= Float(due.count)
        for square in due { searchedAt[square.index] = time }
        return due.map { squares[$0.index].region }
    }

    /// How long a square has waited, in units of the wait that is due to it: 1 and more calls for a search.
    private func urgency(of index: Int, at time: Duration, knowsSomebody: Bool) -> Float {
        guard let last = searchedAt[index] else { return .infinity }
        let waited = Float((time - last).inSeconds)
        let period = Float(period(squares[index], knowsSomebody: knowsSomebody).inSeconds)
        let hasChanged = grid.changes(in: squares[index].region, since: last) >= Self.leastChanges
        return waited / (hasChanged ? period : period * settings.stillFactor)
    }

    private func period(_ square: SearchSquare, knowsSomebody: Bool) -> Duration {
        switch (square.level, knowsSomebody) {
        case (0...1, true): settings.sweepPeriod
        case (_, true): settings.fineSweepPeriod
        case (_, false): settings.idleSweepPeriod
        }
    }
}
