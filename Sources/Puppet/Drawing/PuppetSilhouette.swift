import Skeleton

/// The outline of somebody as a camera sees it, made of round limbs: enough to tell what they hide.
struct PuppetSilhouette {
    /// A limb between two places of the picture, in picture heights, with its half width and depth at both ends.
    private struct Limb {
        var start: SIMD2<Float>
        var way: SIMD2<Float>
        var radii: SIMD2<Float>
        var depths: SIMD2<Float>
    }

    private var limbs: [Limb] = []

    init(_ actor: PuppetActor, _ skeleton: PuppetSkeleton, _ camera: PuppetCamera) {
        let unit = actor.body.stature * actor.body.girth / 1.72
        func add(_ a: SIMD3<Float>, _ b: SIMD3<Float>, _ thickness: SIMD2<Float>) {
            let (from, to) = (camera.local(a), camera.local(b))
            guard let start = camera.picture(ofLocal: from), let end = camera.picture(ofLocal: to) else { return }
            let square = SIMD2(camera.aspectRatio, 1)
            limbs.append(
                Limb(
                    start: start * square, way: (end - start) * square,
                    radii: thickness * unit * camera.focalLength / SIMD2(from.z, to.z), depths: SIMD2(from.z, to.z)))
        }
        for side in PuppetSide.allCases {
            add(skeleton[.shoulder(side)], skeleton[.elbow(side)], SIMD2(0.055, 0.044))
            add(skeleton[.elbow(side)], skeleton[.wrist(side)], SIMD2(0.044, 0.032))
            add(skeleton[.hip(side)], skeleton[.knee(side)], SIMD2(0.088, 0.058))
            add(skeleton[.knee(side)], skeleton[.ankle(side)], SIMD2(0.058, 0.045))
            add(skeleton[.shoulder(side)], skeleton[.hip(side)], SIMD2(0.08, 0.1))
        }
        add(skeleton.neck, skeleton.pelvis, SIMD2(0.13, 0.14))
        add(skeleton.skull, skeleton.headTop, SIMD2(0.085, 0.085))
    }

    /// Whether a point, in picture heights and metres from the lens, lies behind.
    func hides(_ point: SIMD2<Float>, depth: Float) -> Bool {
        limbs.contains { limb in
            let length = (limb.way * limb.way).sum()
            let along = length > 0 ? max(0, min(1, ((point - limb.start) * limb.way).sum() / length)) : 0
            let offset = point - limb.start - along * limb.way
            let radius = limb.radii.x + (limb.radii.y - limb.radii.x) * along
            let front = limb.depths.x + (limb.depths.y - limb.depths.x) * along
            return (offset * offset).sum() < radius * radius && front < depth - 0.1
        }
    }
}

extension PuppetScene {
    /// The frame with the visibility of every joint that somebody nearer hides set to 0. The share of joints left
    /// visible is how much of a person can be seen.
    func markingHidden(_ frame: SkeletonFrame) -> SkeletonFrame {
        let time = frame.presentationTime.inSeconds
        let seen: [Int: (skeleton: PuppetSkeleton, silhouette: PuppetSilhouette)] = Dictionary(
            uniqueKeysWithValues: actors.enumerated().compactMap { number, actor in
                actor.skeleton(at: time).map { (number + 1, ($0, PuppetSilhouette(actor, $0, camera))) }
            })
        var marked = frame
        for index in frame.people.indices {
            let track = frame.people[index].track.value
            guard let person = seen[track] else { continue }
            let others = seen.filter { $0.key != track }.map(\.value.silhouette)
            for joint in person.skeleton.joints.indices {
                guard let keypoint = frame.people[index].pose.keypoints[joint] else { continue }
                let point = SIMD2(keypoint.x * camera.aspectRatio, keypoint.y)
                let depth = camera.local(person.skeleton.joints[joint]).z
                if others.contains(where: { $0.hides(point, depth: depth) }) {
                    marked.people[index].pose.keypoints[joint]?.visibility = 0
                }
            }
        }
        return marked
    }
}

extension Pose {
    /// Share of the joints that are visible, 0…1.
    package var visibleShare: Float {
        guard !keypoints.isEmpty else { return 0 }
        return Float(keypoints.count { ($0?.visibility ?? 0) > 0 }) / Float(keypoints.count)
    }
}
