import Imaging

/// Those who were followed and are not any more, perhaps because somebody passed in front of them: for a while the
/// detector looks where they were last seen, in a square of the size that suits them.
struct LostPeople {
    private struct Place {
        let square: CropRegion
        let until: Duration
        var next: Duration
    }

    private var places: [Place] = []
    private let patience: Duration

    /// So often one place is looked at.
    private static let period: Duration = .milliseconds(90)
    /// Edge of the square over the diameter of the circle that holds the body.
    private static let margin: Float = 1.5
    /// No more places than this are remembered.
    private static let capacity = 4

    init(patience: Duration) { self.patience = patience }

    /// Remembers where somebody was last seen; somebody who left the picture is not looked for.
    mutating func add(_ reading: BodyReading, in picture: Picture, at time: Duration) {
        let center = reading.hipCenter
        guard center.x > 0, center.y > 0, center.x < Float(picture.width), center.y < Float(picture.height) else {
            return
        }
        if places.count == Self.capacity { places.removeFirst() }
        let square = CropRegion(center: center, side: reading.bodySize * Self.margin)
        places.append(Place(square: square, until: time + patience, next: time))
    }

    /// The squares to search now.
    mutating func squares(at time: Duration) -> [CropRegion] {
        places.removeAll { $0.until < time }
        return places.indices.compactMap { index in
            guard places[index].next <= time else { return nil }
            places[index].next = time + Self.period
            return places[index].square
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
