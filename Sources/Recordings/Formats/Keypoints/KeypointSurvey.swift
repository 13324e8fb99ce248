/// What can only be known of a source of keypoints once all of it was looked at: done before its frames are given.
struct KeypointSurvey {
    private(set) var frames = 0
    /// Whether every frame has a number, and each a larger one than the frame before.
    private(set) var hasGrowingNumbers = true
    /// Whether every frame with people tells its picture's size.
    private(set) var hasPictures = true
    /// Whether anybody has image points.
    private(set) var hasImagePoints = false
    /// Every joint name, in the order of appearance; empty where only their order tells.
    private(set) var names: [String] = []
    /// The time that each frame states, in one unit; frames without one have none.
    private(set) var times: [Double?] = []
    /// What the first time of all says of itself.
    private(set) var timeField: StatedTime?
    /// People in whom no joint was found.
    private(set) var emptyPeople = 0
    /// People passed over since they are of another kind, such as dogs.
    private(set) var strangers: [String: Int] = [:]
    private var people = 0
    private var numbers: [Int] = []
    private var images: Set<ImageName> = []
    private var prefixes: Set<String> = []
    private var hasSplitImages = false
    private var pictures: Set<PictureSize> = []
    private var hasUniqueIDs = true
    private var ids: Set<Int> = []
    private var jointCounts: [(joints: Int, people: Int, first: RecordPlace)] = []
    private var categories: [String: Int] = [:]
    private var low = SIMD2<Float>(repeating: .infinity)
    private var high = SIMD2<Float>(repeating: -.infinity)
    private var greatestHeight: Float = 0
    private let namesPictures: Bool

    /// Fractions of a picture may lie somewhat outside it, but no picture is this small in pixels.
    private static let greatestFraction: Float = 8
    /// What programs call people.
    private static let personWords: Set = ["person", "people", "human", "pedestrian", "man", "woman", "body"]

    /// Looks at every frame. What is wrong in a frame is left for the reading, which then gives what came before it.
    init(_ source: any KeypointSource) {
        namesPictures = source.namesPictures
        while let frame = try? source.next() { take(frame) }
        if let person = personCategory { strangers = categories.filter { $0.key != person } }
    }

    /// What is wrong with those who have another number of joints than most, and how many they are; nil for none.
    var misfits: (people: Int, first: RecordingsError)? {
        let others = jointCounts.filter { $0.joints != joints }
        guard let first = others.first else { return nil }
        return (
            others.reduce(0) { $0 + $1.people },
            first.first.error("expected \(joints) joints as in most frames, found \(first.joints)")
        )
    }

    /// Whether anybody has a joint.
    var hasPeople: Bool { people > 0 }

    /// Joints a person where their order tells: what most people have; 0 when there is nobody.
    var joints: Int {
        jointCounts.max { ($0.people, $1.joints) < ($1.people, $0.joints) }?.joints ?? 0
    }

    /// Whether everyone has an id that is their own within the frame and comes again in others.
    var hasTracks: Bool { hasUniqueIDs && (ids.count < people || frames <= 2) }

    /// Frames that state a time.
    var timedFrames: Int { times.count { $0 != nil } }

    /// Whether frames, or people of one picture, stand in another order than their numbers and can be put right.
    var isUnordered: Bool {
        hasSplitImages || !hasGrowingNumbers && numbers.count == frames && Set(numbers).count == frames
    }

    /// Whether the frames are pictures of their own and no film: nobody is in two of them.
    ///
    /// A single frame is; so are pictures of different sizes, of names that differ in more than a number, and with
    /// numbers that mostly differ by different steps, or by more than any film leaves out.
    var isPhotographs: Bool {
        guard namesPictures || frames == 1, timedFrames == 0 else { return false }
        guard frames > 1 else { return true }
        if hasUniqueIDs, hasTracks { return false }
        if pictures.count > 1 || prefixes.count > frames / 2 { return true }
        guard numbers.count == frames else { return false }
        let steps = zip(numbers.dropFirst(), numbers).map { $0 - $1 }.sorted()
        var counts: [Int: Int] = [:]
        for step in steps { counts[step, default: 0] += 1 }
        let usual = counts.values.max() ?? 0
        return steps[0] > Self.longestGap || Double(usual) < 0.4 * Double(steps.count) && steps[steps.count / 2] > 2
    }

    /// Frames; ten seconds of a usual film.
    private static let longestGap = 300

    /// What the points are measured in, of what they may be.
    func unit(of units: [KeypointUnit]) -> KeypointUnit {
        if units.contains(.pixels), units.count == 1 || high.max() > Self.greatestFraction { return .pixels }
        if units.contains(.signedFractions), low.min() < -0.001 { return .signedFractions }
        return .fractions
    }

    /// A picture that holds all points; nil when there are none or they are absurdly far away.
    var extent: PictureSize? {
        guard high.x.isFinite, high.max() < 100_000 else { return nil }
        return PictureSize(width: Int(max(1, high.x).rounded(.up)), height: Int(max(1, high.y).rounded(.up)))
    }

    /// What world points must be multiplied with to be metres, and what they are then: nobody is smaller than 3.5 mm
    /// or taller than 10 m.
    var worldScale: (factor: Float, unit: String) {
        greatestHeight < 10 ? (1, "metres") : greatestHeight < 350 ? (0.01, "centimetres") : (0.001, "millimetres")
    }

    /// Whether somebody is one of those the frames are about.
    func isPerson(_ person: KeypointPerson) -> Bool {
        person.category.map { strangers[$0] == nil } ?? true
    }

    /// The kind that is people, where there are several kinds.
    private var personCategory: String? {
        guard categories.count > 1 else { return nil }
        return categories.keys.first { Self.personWords.contains($0.lowercased()) }
            ?? ["1", "0"].first { categories[$0] != nil }
    }

    private mutating func take(_ frame: KeypointFrame) {
        frames += 1
        take(frame.time)
        let number = frame.number ?? frame.image?.frameNumber
        if let number {
            if let last = numbers.last, number <= last { hasGrowingNumbers = false }
            numbers.append(number)
        } else {
            hasGrowingNumbers = false
        }
        if let image = frame.image {
            if !images.insert(image).inserted { hasSplitImages = true }
            prefixes.insert(image.prefix)
        }
        if let picture = frame.picture { pictures.insert(picture) }
        var ids: Set<Int> = []
        for person in frame.people {
            if let category = person.category { categories[category, default: 0] += 1 }
            guard !person.isEmpty else {
                emptyPeople += 1
                continue
            }
            people += 1
            if let id = person.id, ids.insert(id).inserted {} else { hasUniqueIDs = false }
            if frame.picture == nil { hasPictures = false }
            take(person, at: frame.place)
        }
        self.ids.formUnion(ids)
    }

    private mutating func take(_ time: StatedTime?) {
        if timeField == nil { timeField = time }
        // Times of another unit than the first one's cannot be told from it.
        times.append(time?.unit == timeField?.unit ? time?.value : nil)
    }

    private mutating func take(_ person: KeypointPerson, at place: RecordPlace) {
        // Hands have no layout of their own.
        guard person.hands.isEmpty else { return }
        if person.names.isEmpty {
            if let index = jointCounts.firstIndex(where: { $0.joints == person.jointCount }) {
                jointCounts[index].people += 1
            } else {
                jointCounts.append((person.jointCount, 1, place))
            }
        } else if person.names != names {
            for name in person.names where !names.contains(name) { names.append(name) }
        }
        if !person.points.isEmpty { hasImagePoints = true }
        for point in person.points where point.isSeen {
            let place = SIMD2(point.x, point.y)
            low = pointwiseMin(low, place)
            high = pointwiseMax(high, place)
        }
        guard !person.worldPoints.isEmpty else { return }
        let heights = person.worldPoints.compactMap { $0?.y }
        if let lowest = heights.min(), let highest = heights.max() {
            greatestHeight = max(greatestHeight, highest - lowest)
        }
    }
}
