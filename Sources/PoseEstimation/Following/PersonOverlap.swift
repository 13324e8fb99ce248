import Imaging
import Skeleton

/// How far two readings of one picture seem to be of the same person.
struct PersonOverlap {
    /// Likeness of the poses (OKS), 0…1.
    let similarity: Float
    /// Intersection over union of the boxes round the joints, 0…1.
    let shared: Float
    /// Whether the first reading lies within the second one's box and is clearly smaller: then it most likely is a part
    /// of the second body taken for a body.
    let isPart: Bool

    private static let measure = ObjectKeypointSimilarity(topology: .blazePose33)

    init(_ a: BodyReading, _ b: BodyReading, in picture: Picture) {
        similarity = Self.measure(a.pose, b.pose, aspectRatio: Float(picture.width) / Float(picture.height))
        let common = a.box.intersection(with: b.box).area
        let union = a.box.area + b.box.area - common
        shared = union > 0 ? common / union : 0
        isPart = common >= 0.75 * a.box.area && a.bodySize < 0.8 * b.bodySize
    }

    /// Whether this is one person read twice. Of two people, both known for a while, much is needed to say so, as they
    /// may just be passing each other; a newcomer must stand apart.
    func isSamePerson(_ settings: PoseEstimatorSettings, areBothEstablished: Bool) -> Bool {
        let strictness: Float = areBothEstablished ? 1 : 0.6
        return similarity >= settings.duplicateSimilarity * strictness
            || shared >= settings.duplicateOverlap * strictness
    }
}
