import Foundation
import Randomness
import Skeleton

/// Writes what the two of a `PuppetPair` do, and notes what of it they do to each other.
struct PuppetPairScript {
    private var random: SplitMix64
    /// Where they meet, and the direction from the first to the second there.
    private let middle: SIMD2<Float>
    private let way: SIMD2<Float>
    private let bodies: [PuppetBody]
    private var roles: [PuppetRole] = []
    private var bystanders: [PuppetRole] = []
    private var interactions: [PuppetInteraction] = []

    /// Farther apart nobody approaches, and nobody leaves any more.
    static let reach: Float = 3.5

    init(using random: inout SplitMix64) {
        self.random = random.fork()
        middle = SIMD2(self.random.uniform(-0.6, 0.6), self.random.uniform(-0.5, 0.3))
        // Mostly across the picture, since those in a line with the camera hide each other.
        bodies = [PuppetBody(using: &self.random), PuppetBody(using: &self.random)]
        let angle = self.random.chance(0.65) ? degrees(25) * self.random.gaussian() : self.random.uniform(-.pi, .pi)
        way = SIMD2(cos(angle), sin(angle)) * (self.random.chance(0.5) ? 1 : -1)
    }

    // MARK: What they do

    mutating func handshake() {
        // As high as both reach, and as near.
        let wanted = 0.29 * (bodies[0].stature + bodies[1].stature) + random.uniform(-0.08, 0.06)
        let height = max(wanted, bodies.map { 0.8 * $0.stature - 0.85 * $0.arm }.max()!)
        let reaches = bodies.map { body in
            let drop = 0.8 * body.stature - height
            return 0.95 * max(0.01, body.arm * body.arm - drop * drop).squareRoot() + 0.11
        }
        let distance = min(random.uniform(0.66, 0.95), reaches[0] + reaches[1])
        meet(at: distance)
        let start = roles.map(\.end).max()!
        let side: PuppetSide = random.chance(0.88) ? .right : .left
        let late = [0, Double(random.uniform(0, 0.35))].shuffled(using: &random)
        let out = Double(random.uniform(0.4, 0.8))
        let hold = Double(random.uniform(0.6, 2.2))
        let back = Double(random.uniform(0.4, 0.7))
        let shake = random.chance(0.75) ? random.uniform(0.01, 0.04) : 0
        let rate = random.uniform(1.6, 2.8)
        let lean = degrees(random.uniform(2, 10))
        let touch = start + out + late.max()!
        for index in 0...1 {
            var reach = PuppetContact.Reach(
                side: side, place: SIMD3(0, height, distance * reaches[index] / (reaches[0] + reaches[1]) - 0.085),
                start: late[index],
                out: touch - start - late[index], hold: hold, back: back)
            reach.shake = shake
            reach.shakeRate = rate
            var contact = PuppetContact(duration: touch - start + hold + back + 0.1)
            contact.reaches = [reach]
            contact.lean = lean
            face(index, from: start, contact)
        }
        note("handshake", by: late[0] <= late[1] ? 0 : 1, mutual: true, from: touch - 0.1, to: touch + hold + 0.15)
        part()
    }

    mutating func hug() {
        let near = random.uniform(0.28, 0.38)
        let far = random.uniform(0.55, 0.8)
        meet(at: far)
        let start = roles.map(\.end).max()!
        let isMutual = random.chance(0.7)
        let first = random.chance(0.5) ? 0 : 1
        let out = Double(random.uniform(0.5, 0.9))
        let hold = Double(random.uniform(0.9, 3.2))
        let back = Double(random.uniform(0.45, 0.8))
        let upper: PuppetSide = random.chance(0.5) ? .left : .right
        let isOneArmed = random.chance(0.2)
        for index in 0...1 {
            let other = roles[1 - index].body
            var contact = PuppetContact(duration: out + hold + back + 0.3)
            contact.shifts = [
                .init(distance: (far - near) / 2, start: 0, time: out),
                .init(distance: -(far - near) / 3, start: out + hold, time: back + 0.2),
            ]
            contact.lean = degrees(random.uniform(0, 7))
            // Shifted along with the person, so measured from where they then stand.
            let back3 = SIMD3(0, 0, near + 0.09)
            let over = back3 + SIMD3(random.uniform(-0.06, 0.06), random.uniform(0.74, 0.81) * other.stature, 0)
            let under = back3 + SIMD3(random.uniform(-0.04, 0.08), random.uniform(0.62, 0.71) * other.stature, 0)
            if isMutual || index == first {
                for side in isOneArmed ? [upper] : PuppetSide.allCases {
                    contact.reaches.append(
                        .init(
                            side: side, place: side == upper ? over : under, start: Double(random.uniform(0, 0.15)),
                            out: out, hold: hold - 0.1, back: back))
                }
            }
            face(index, from: start, contact)
        }
        note("hug", by: first, mutual: isMutual, from: start + 0.75 * out, to: start + out + hold + 0.3 * back)
        part()
    }

    mutating func push() {
        let distance = random.uniform(0.5, 0.72)
        meet(at: distance)
        let start = roles.map(\.end).max()!
        let first = random.chance(0.5) ? 0 : 1
        let victim = roles[1 - first].body
        let guardTime = Double(random.uniform(0.25, 0.5))
        let pause = Double(random.uniform(0, 0.3))
        let blow = Double(random.uniform(0.16, 0.32))
        let rest = Double(random.uniform(0.05, 0.25))
        let sides: [PuppetSide] = random.chance(0.65) ? PuppetSide.allCases : [random.chance(0.7) ? .right : .left]
        let height = random.uniform(0.7, 0.79) * victim.stature
        let strike = guardTime + pause
        let step = random.uniform(0, 0.15)
        var contact = PuppetContact(duration: strike + blow + rest + 0.7)
        contact.lean = degrees(random.uniform(4, 14))
        if step > 0.04 { contact.shifts = [.init(distance: step, start: strike - 0.15, time: blow + 0.3)] }
        for side in sides {
            let own = roles[first].body.stature
            contact.reaches.append(
                .init(
                    side: side, place: SIMD3(0.1, 0.74 * own, 0.2), start: 0, out: guardTime,
                    hold: pause + blow + rest, back: 0.5))
            var thrust = PuppetContact.Reach(
                side: side, place: SIMD3(random.uniform(0.04, 0.12), height, distance - 0.17), start: strike, out: blow,
                hold: rest, back: 0.35)
            thrust.isQuick = true
            contact.reaches.append(thrust)
        }
        face(first, from: start, contact)
        let recoil = Double(random.uniform(0.5, 1))
        let hit = strike + 0.6 * blow
        var bearing = PuppetContact(duration: hit + recoil + 0.3)
        bearing.shifts = [.init(distance: -random.uniform(0.3, 0.9), start: hit, time: recoil)]
        if random.chance(0.6) {
            for side in PuppetSide.allCases {
                bearing.reaches.append(
                    .init(
                        side: side,
                        place: SIMD3(random.uniform(0.25, 0.45), random.uniform(0.55, 0.75) * victim.stature, 0.15),
                        start: hit + 0.05, out: 0.3, hold: 0.1, back: 0.6))
            }
        }
        face(1 - first, from: start, bearing)
        note("push", by: first, mutual: false, from: start + strike, to: start + hit + recoil)
        part()
    }

    mutating func passing() {
        let across = SIMD2(-way.y, way.x)
        let miss = random.uniform(0.55, 1.3) * (random.chance(0.5) ? 1 : -1)
        let start = middle - way * random.uniform(1.8, 2.6)
        let finish = middle + way * random.uniform(1.8, 2.6)
        switch random.unit() {
        case ..<0.45:
            add(at: start, facing: finish)
            add(at: finish + across * miss, facing: start)
            for (index, target) in [finish, start + across * miss].enumerated() {
                roles[index].wait(until: Double(random.uniform(0.3, 1)))
                roles[index].add(.go(.walk, to: target))
            }
        case ..<0.75:
            add(at: start, facing: finish)
            add(at: middle + across * miss, facing: middle)
            roles[0].wait(until: Double(random.uniform(0.4, 2)))
            roles[0].add(.go(random.chance(0.2) ? .run : .walk, to: finish))
            if random.chance(0.5) {
                roles[0].wait(until: roles[0].end + Double(random.uniform(0.5, 2)))
                roles[0].add(.go(.walk, to: start))
            }
        default:
            let side = across * random.uniform(0.6, 1)
            let moment = Double(random.uniform(0.4, 1.5))
            for offset in [SIMD2<Float>.zero, side] {
                add(at: start + offset, facing: finish + offset)
                roles[roles.count - 1].wait(until: moment)
                roles[roles.count - 1].add(.go(.walk, to: finish + offset))
            }
        }
    }

    mutating func talking() {
        let across = SIMD2(-way.y, way.x)
        let isAbreast = random.chance(0.5)
        let distance = isAbreast ? random.uniform(0.55, 1.3) : random.uniform(1, 1.7)
        let end = Double(random.uniform(9, 14))
        for sign in [Float(-1), 1] {
            let place = middle + sign * distance / 2 * way
            let ahead = isAbreast ? place + across : middle
            add(at: place, facing: ahead)
            var time = 0.0
            while time < end {
                time = min(end, time + Double(random.uniform(2, 5)))
                let index = roles.count - 1
                let heading = roles[index].heading(to: ahead) + degrees(random.uniform(-30, 30))
                roles[index].wait(until: time, facing: heading, arms: random.chance(0.75) ? .talking : nil)
            }
        }
    }

    mutating func exercising() {
        let distance = random.uniform(1.3, 2.2)
        let across = SIMD2(-way.y, way.x)
        let isAbreast = random.chance(0.75)
        let together = random.chance(0.6)
        let kinds: [PuppetKind] = [
            .squat, .jumpingJack, .armsSideways, .armRaise, .lunge, .punch, .wave, .clap, .kick, .bend, .sideLunge,
            .run,
        ]
        var kind = random.pick(kinds)
        for sign in [Float(-1), 1] {
            let place = middle + sign * distance / 2 * way
            add(at: place, facing: isAbreast ? place + across : middle)
            let index = roles.count - 1
            if !together { kind = random.pick(kinds) }
            roles[index].wait(until: Double(random.uniform(0.3, 1.2)))
            roles[index].add(.perform(kind, .seconds(Double(random.uniform(4, 7)))))
            roles[index].add(.perform(random.pick(kinds), .seconds(Double(random.uniform(3, 5)))))
        }
    }

    // MARK: Ways

    private mutating func add(at place: SIMD2<Float>, facing: SIMD2<Float>) {
        let way = facing - place
        roles.append(PuppetRole(bodies[roles.count], at: place, heading: atan2(way.x, way.y), using: &random))
    }

    /// One or both come until they stand so far apart, each facing the other.
    private mutating func meet(at distance: Float) {
        let places = [middle - way * distance / 2, middle + way * distance / 2]
        let choice = random.unit()
        // Sometimes they stand together from the beginning.
        let walkers: Set<Int> = choice < 0.1 ? [] : choice < 0.42 ? [0] : choice < 0.7 ? [1] : [0, 1]
        for index in 0...1 {
            let sign: Float = index == 0 ? -1 : 1
            guard walkers.contains(index) else {
                let heading = places[1 - index] + SIMD2(random.uniform(-0.8, 0.8), random.uniform(-0.8, 0.8))
                add(at: places[index], facing: heading)
                continue
            }
            let turn = degrees(random.uniform(-35, 35))
            let from = places[index] + sign * random.uniform(1.3, 2.4) * rotated(way, by: turn)
            add(at: from, facing: from + SIMD2(random.uniform(-1, 1), random.uniform(-1, 1)))
            roles[index].wait(until: Double(random.uniform(0.6, 1.8)))
            roles[index].add(.go(.walk, to: places[index]))
        }
        let arrival = roles.map(\.end).max()!
        if walkers.isEmpty {
            for index in 0...1 { roles[index].wait(until: Double(random.uniform(1, 2.5)), arms: .close) }
        }
        // Who waits turns to the other some time before they are there.
        for index in 0...1 {
            let turning = max(roles[index].end, arrival - Double(random.uniform(0.2, 1.2)))
            roles[index].wait(until: turning, arms: .close)
        }
        let start = roles.map(\.end).max()! + Double(random.uniform(0.25, 1.3))
        for index in 0...1 {
            let facing = roles[index].heading(to: places[1 - index])
            roles[index].wait(until: start, facing: facing, arms: .close)
        }
        noteChange("approach", until: start)
    }

    /// The contact, facing the other, whenever the person has waited till then.
    private mutating func face(_ index: Int, from start: Double, _ contact: PuppetContact) {
        roles[index].wait(until: start, arms: .close)
        roles[index].add(.meet(contact, heading: roles[index].heading(to: roles[1 - index].place)))
    }

    /// One or both go, or they stay.
    private mutating func part() {
        let begin = roles.map(\.end).max()!
        let choice = random.unit()
        let leavers: [Int] = choice < 0.2 ? [] : choice < 0.5 ? [0] : choice < 0.8 ? [1] : [0, 1]
        let time = begin + Double(random.uniform(0.3, 1.6))
        for index in 0...1 { roles[index].wait(until: time, arms: .close) }
        for index in leavers {
            let away = normalized2(roles[index].place - roles[1 - index].place)
            let turn = degrees(random.uniform(-55, 55))
            roles[index].add(.go(.walk, to: roles[index].place + random.uniform(1.4, 2.6) * rotated(away, by: turn)))
        }
        noteChange("leave", from: time - 0.3)
    }

    // MARK: Truth

    private mutating func note(_ label: String, by index: Int, mutual: Bool, from start: Double, to end: Double) {
        interactions.append(
            PuppetInteraction(
                label: label, track: TrackID(index + 1), other: TrackID(2 - index), isMutual: mutual,
                start: .microseconds(rounding: start), end: .microseconds(rounding: end)))
    }

    /// Notes the longest time in which they came nearer, or went apart, within `reach` of each other.
    private mutating func noteChange(_ label: String, from first: Double = 0, until last: Double? = nil) {
        let last = last ?? roles.map(\.end).max()!
        let sign: Float = label == "approach" ? -1 : 1
        let actors = roles.map(\.actor)
        func place(_ index: Int, _ time: Double) -> SIMD2<Float> {
            let pelvis = actors[index].skeleton(at: min(time, actors[index].end - 1e-3))!.pelvis
            return SIMD2(pelvis.x, pelvis.z)
        }
        func distance(_ time: Double) -> Float { length2(place(1, time) - place(0, time)) }
        let step = 0.04
        var best: (start: Double, end: Double)?
        var run: (start: Double, end: Double)?
        for time in stride(from: max(0.12, first), to: last - 0.12, by: step) {
            let speed = sign * (distance(time + 0.12) - distance(time - 0.12)) / 0.24
            guard speed > 0.2, distance(time) < Self.reach else {
                run = nil
                continue
            }
            run = (run?.start ?? time, time + step)
            if let run, run.end - run.start > best.map({ $0.end - $0.start }) ?? 0.3 { best = run }
        }
        guard let best, abs(distance(best.end) - distance(best.start)) > 0.5 else { return }
        let line = normalized2(place(1, best.start) - place(0, best.start) + place(1, best.end) - place(0, best.end))
        let ways = [0, 1].map { index in
            sign * (index == 0 ? -1 : 1) * dot2(place(index, best.end) - place(index, best.start), line)
        }
        let mover = ways[0] >= ways[1] ? 0 : 1
        note(
            label, by: mover, mutual: ways.min()! > 0.3 * (ways[0] + ways[1]), from: best.start, to: best.end)
    }

    // MARK: The scene

    /// Now and then there is somebody else, so far off that nobody comes near them.
    private mutating func addBystander(until end: Double) {
        guard random.chance(0.25) else { return }
        let place = middle + SIMD2(random.uniform(-2, 2), random.uniform(-3, -1.8))
        for actor in roles.map(\.actor) {
            for time in stride(from: 0, to: end, by: 0.25) {
                guard let pelvis = actor.skeleton(at: time)?.pelvis else { continue }
                if length2(SIMD2(pelvis.x, pelvis.z) - place) < 2.2 { return }
            }
        }
        let body = PuppetBody(using: &random)
        bystanders.append(PuppetRole(body, at: place, heading: random.uniform(-1, 1), using: &random))
    }

    mutating func scene(name: String) -> PuppetScene {
        let end = roles.map(\.end).max()! + Double(random.uniform(0.8, 2))
        for index in roles.indices { roles[index].wait(until: end + 0.5) }
        addBystander(until: end)
        for index in bystanders.indices {
            bystanders[index].wait(until: end + 0.5, arms: random.chance(0.5) ? .talking : nil)
        }
        let aspect: Float = random.pick([16.0 / 9, 16.0 / 9, 4.0 / 3])
        let camera = PuppetCamera(
            position: SIMD3(random.uniform(-1, 1), random.uniform(1, 2.6), random.uniform(4.8, 6.5)),
            target: SIMD3(middle.x, random.uniform(0.8, 1), middle.y), focalLength: random.uniform(0.9, 1.35),
            aspectRatio: aspect)
        return PuppetScene(
            name: name, camera: camera, width: aspect > 1.5 ? 640 : 480, height: 360,
            frameRate: random.pick([15, 20, 25]), duration: end, actors: (roles + bystanders).map(\.actor),
            interactions: interactions.sorted { $0.start < $1.start }, marksHidden: true)
    }
}

private func dot2(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> Float { (a * b).sum() }

private func length2(_ a: SIMD2<Float>) -> Float { dot2(a, a).squareRoot() }

private func normalized2(_ a: SIMD2<Float>) -> SIMD2<Float> { a / max(length2(a), 1e-6) }

/// The direction turned about the vertical.
private func rotated(_ a: SIMD2<Float>, by angle: Float) -> SIMD2<Float> {
    SIMD2(a.x * cos(angle) - a.y * sin(angle), a.x * sin(angle) + a.y * cos(angle))
}
