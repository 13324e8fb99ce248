import Foundation
import Imaging
import Skeleton

/// Those who were followed and are not any more, perhaps because somebody passed in front of them: for a while the
/// detector looks where they were last seen, in a square of the size that suits them.
struct LostPeople {
    private struct Place {
        let square: CropRegion
        /// How the person moved, in pixels a second.
        let velocity: SIMD2<Float>
        let since: Duration
        var next: Duration
    }

    private var places: [Place] = []
    private let patience: Duration

    /// So often one place is looked at.
    private static let period: Duration = .milliseconds(90)
    /// Nobody goes on as before for longer than this, in seconds.
    private static let momentum: Float = 0.5
    /// No more places than this are remembered.
    private static let capacity = 4

    init(patience: Duration) { self.patience = patience }

    /// Remembers where somebody was last seen; somebody who left the picture is not looked for.
    mutating func add(_ person: FollowedPerson, in picture: Picture, at time: Duration) {
        let center = person.reading.hipCenter
        let size = SIMD2(Float(picture.width), Float(picture.height))
        guard center.x > 0, center.y > 0, center.x < size.x, center.y < size.y else { return }
        if places.count == Self.capacity { places.removeFirst() }
        let square = CropRegion(center: center, side: CropRegion.searchMargin * person.reading.bodySize / 2)
        places.append(Place(square: square, velocity: person.velocity, since: time, next: time))
    }

    /// The squares to search now.
    mutating func squares(at time: Duration) -> [CropRegion] {
        places.removeAll { time - $0.since > patience }
        return places.indices.compactMap { index in
            guard places[index].next <= time else { return nil }
            places[index].next = time + Self.period
            var square = places[index].square
            let elapsed = Float((time - places[index].since).inSeconds)
            square.center += places[index].velocity * Self.momentum * (1 - exp(-elapsed / Self.momentum))
            return square
        }
    }

    /// Somebody was found: whoever was lost there is lost no more.
    mutating func remove(near reading: BodyReading) {
        places.removeAll { place in
            let offset = place.square.center - reading.hipCenter
            return (offset * offset).sum().squareRoot() < place.square.side / 3
        }
    }
}
