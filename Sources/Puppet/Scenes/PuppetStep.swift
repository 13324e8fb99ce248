import Foundation

/// What a person of a scene is told to do.
package enum PuppetInstruction: Sendable, Hashable {
    /// Do something on the spot; a heading turns there first. The variant settles how it is done.
    case perform(PuppetKind, PuppetLength, heading: Float? = nil, variant: UInt64? = nil)
    /// Walk or run straight to a place on the floor (x, z).
    case go(PuppetKind, to: SIMD2<Float>)
    /// Do something with somebody who stands before them; a heading turns there first.
    case meet(PuppetContact, heading: Float? = nil)
}

/// One thing a person of a scene does: when, where and what.
package struct PuppetStep: Sendable {
    package let kind: PuppetKind
    /// Seconds of the scene.
    package let start: Double
    package let end: Double
    let endPlace: SIMD2<Float>
    let endHeading: Float
    private let place: SIMD2<Float>
    private let heading: Float
    private let course: SIMD2<Float>?
    private let performance: PuppetPerformance

    init(
        _ instruction: PuppetInstruction, body: PuppetBody, style: PuppetStyle, at place: SIMD2<Float>, heading: Float,
        from start: Double, seed: UInt64
    ) {
        self.start = start
        self.place = place
        switch instruction {
        case .perform(let kind, let length, let newHeading, let variant):
            self.kind = kind
            self.heading = newHeading ?? heading
            course = nil
            performance = PuppetPerformance(
                kind, body: body, style: style, length: length, mirrored: variant == nil ? nil : false,
                seed: variant ?? seed)
            end = start + performance.duration
            endPlace = place
            endHeading = self.heading
        case .meet(let contact, let newHeading):
            kind = .stand
            let heading = newHeading ?? heading
            self.heading = heading
            let way = SIMD2(sin(heading), cos(heading))
            course = way
            performance = PuppetPerformance(contact, body: body, style: style, seed: seed)
            end = start + contact.duration
            endPlace = place + way * performance.travel(at: contact.duration)
            endHeading = heading
        case .go(let kind, let target):
            let way = target - place
            let distance = (way * way).sum().squareRoot()
            self.kind = kind
            self.heading = distance > 0 ? atan2(way.x, way.y) : heading
            let performance = PuppetPerformance(kind, body: body, style: style, length: .seconds(60), seed: seed)
            self.performance = performance
            // Steps follow the way: time runs until the distance is walked.
            var time = 0.0
            while performance.travel(at: time) < distance && time < 60 { time += 0.01 }
            end = start + time
            course = distance > 0 ? way / distance : nil
            endPlace = target
            endHeading = self.heading
        }
    }

    func figure(at time: Double) -> Figure { performance.figure(at: time - start) }

    /// Where the person stands at a time, and where they are headed.
    func placement(at time: Double) -> (place: SIMD3<Float>, heading: Float) {
        guard let course else { return (SIMD3(place.x, 0, place.y), heading) }
        let distance = performance.travel(at: min(max(time, start), end) - start)
        let now = place + course * distance
        return (SIMD3(now.x, 0, now.y), heading)
    }

    /// The repetitions done in this step, in seconds of the scene.
    package var repetitions: [PuppetRepetition] {
        performance.repetitions.map { repetition in
            var moved = repetition
            moved.start += start
            moved.turnStart += start
            moved.turnEnd += start
            moved.end += start
            return moved
        }
    }
}
