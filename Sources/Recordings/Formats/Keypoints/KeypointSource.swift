import JSONLines
import Skeleton

/// One frame of a foreign format, in the format's own units.
struct KeypointFrame {
    /// The frame's number, where its name or index tells.
    var number: Int?
    /// Its time, where the format has times.
    var time: StatedTime?
    /// Size of the picture, where the format tells.
    var picture: PictureSize?
    /// What its picture is called, where people of one picture may stand apart.
    var image: ImageName?
    var people: [KeypointPerson]
    let place: RecordPlace
}

/// One person of such a frame.
struct KeypointPerson {
    /// What the source calls the joints; empty where only their order tells.
    var names: [String] = []
    /// x, y, depth and confidence of each joint in the picture; confidence 0 for one that was not found.
    var points: [SIMD4<Float>] = []
    /// How likely each joint is inside the picture; empty stands for 1 throughout.
    var presences: [Float] = []
    /// Each joint in metres, in Laban's axes.
    var worldPoints: [SIMD3<Float>?] = []
    /// Hands of a person of whom nothing else is known.
    var hands: [HandPose] = []
    /// Who it is over time, where the source tells.
    var id: Int?
    /// How sure the source is of the person, 0…1 after clamping.
    var score: Float?
    /// What the source says it is, such as `person`; nil when it does not say.
    var category: String?

    /// Tells an unlikely joint from one that was not found.
    static let leastConfidence: Float = 0.0001

    /// Joints that the format gives, found or not.
    var jointCount: Int { max(points.count, worldPoints.count) }

    /// Whether no joint at all was found.
    var isEmpty: Bool { hands.isEmpty && !points.contains { $0.isSeen } && !worldPoints.contains { $0 != nil } }
}

extension SIMD4<Float> {
    /// Whether this x, y, depth and confidence is that of a joint that was found.
    var isSeen: Bool { w > 0 }
}

/// What x and y of a source may be measured in.
enum KeypointUnit {
    case pixels
    /// 0…1 of the picture.
    case fractions
    /// -1…1 from one edge of the picture to the other.
    case signedFractions
}

/// Reads one foreign format frame by frame and leaves units, times and tracks to `KeypointReader`.
protocol KeypointSource: AnyObject {
    /// Which joints people have; nil where only their number or their names tell.
    var topology: SkeletonTopology? { get }
    /// What the points may be measured in; of several the points themselves decide.
    var units: [KeypointUnit] { get }
    /// Frames a second that the format stands for.
    var framesPerSecond: Double? { get }
    /// Whether frames are named for pictures, which need not be those of a film.
    var namesPictures: Bool { get }
    /// Whether a damaged frame is left out rather than the end.
    var forgivesFrames: Bool { get }
    /// What was changed on the way from the format to Laban's convention; whole once every frame was read.
    var notes: [String] { get }
    func next() throws(RecordingsError) -> KeypointFrame?
}

extension KeypointSource {
    var topology: SkeletonTopology? { nil }
    var units: [KeypointUnit] { [.pixels] }
    var framesPerSecond: Double? { nil }
    var namesPictures: Bool { false }
    var forgivesFrames: Bool { false }
    var notes: [String] { [] }
}
