import Foundation
import Imaging
import Skeleton

/// Those who were followed and are not any more, perhaps because somebody passed in front of them: for a while the
/// detector looks where they were last seen, in a square of the size that suits them.
struct LostPeople {
    struct Place {
        let person: FollowedPerson
        /// Whether they were lost beside somebody, who most likely hides them.
        let isHidden: Bool
        let since: Duration
        fileprivate(set) var next: Duration
        /// How far the person is thought to have gone since, in pixels.
        fileprivate(set) var way = SIMD2<Float>.zero

        /// Where the landmark network may still find them.
        var region: CropRegion {
            var region = person.region
            region.center += way
            return region
        }

        /// Where the detector looks for them.
        var square: CropRegion {
            CropRegion(
                center: person.reading.hipCenter + way, side: CropRegion.searchMargin * person.reading.bodySize / 2)
        }
    }

    private var places: [Place] = []
    private let patience: Duration
    private let hiddenPatience: Duration

    /// So often one place is looked at.
    private static let period: Duration = .milliseconds(90)
    /// Nobody goes on as before for longer than this, in seconds.
    private static let momentum: Float = 0.5
    /// No more places than this are remembered.
    private static let capacity = 4

    init(_ settings: PoseEstimatorSettings) {
        patience = settings.lostPatience
        hiddenPatience = settings.hiddenPatience
    }

    /// Those who are most likely still beside somebody, as they were last read.
    var hidden: [BodyReading] { places.filter(\.isHidden).map(\.person.reading) }

    /// Remembers where somebody was last seen; somebody who left the picture is not looked for.
    mutating func add(
        _ person: FollowedPerson, beside others: some Sequence<FollowedPerson>, in picture: Picture, at time: Duration
    ) {
        let center = person.reading.hipCenter
        let size = SIMD2(Float(picture.width), Float(picture.height))
        guard center.x > 0, center.y > 0, center.x < size.x, center.y < size.y else { return }
        if places.count == Self.capacity { places.removeFirst() }
        let isHidden = others.contains { RegionView.stand(person.reading, beside: $0.reading) }
        places.append(Place(person: person, isHidden: isHidden, since: time, next: time + Self.period))
    }

    /// The places to look at now.
    mutating func due(at time: Duration) -> [Place] {
        places.removeAll { time - $0.since > ($0.isHidden ? hiddenPatience : patience) }
        return places.indices.compactMap { index in
            guard places[index].next <= time else { return nil }
            places[index].next = time + Self.period
            // Who comes up to somebody stops there.
            guard !places[index].isHidden else { return places[index] }
            let elapsed = Float((time - places[index].since).inSeconds)
            places[index].way =
                places[index].person.velocity * Self.momentum * (1 - exp(-elapsed / Self.momentum))
            return places[index]
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
