import Foundation
package import Imaging
package import Skeleton

/// People in a room before a camera, with ground truth about all they do.
package struct PuppetScene: Sendable {
    package let name: String
    package let camera: PuppetCamera
    package let width: Int
    package let height: Int
    package let frameRate: Double
    /// Seconds.
    package let duration: Double
    package let actors: [PuppetActor]
    /// Places of chairs on the floor (x, z) and where who sits there faces.
    package let chairs: [PuppetChair]
    /// What people do to each other, ordered by start.
    package let interactions: [PuppetInteraction]
    /// Whether the ground truth gives joints that another person hides a visibility of 0.
    package let marksHidden: Bool
    private let painter: PuppetPainter
    private let room: PixelBuffer

    package init(
        name: String, camera: PuppetCamera, width: Int, height: Int, frameRate: Double, duration: Double,
        actors: [PuppetActor], chairs: [PuppetChair] = [], interactions: [PuppetInteraction] = [],
        marksHidden: Bool = false
    ) {
        precondition(frameRate > 0 && duration > 0, "a scene lasts a time at a rate")
        self.name = name
        painter = PuppetPainter(camera: camera, width: width, height: height)
        self.camera = painter.camera
        self.width = width
        self.height = height
        self.frameRate = frameRate
        self.duration = duration
        self.actors = actors
        self.chairs = chairs
        self.interactions = interactions
        self.marksHidden = marksHidden
        room = PuppetBackdrop().picture(painter)
    }

    /// How many frames the scene has.
    package var frameCount: Int { Int((duration * frameRate).rounded(.down)) }

    /// Media time of a frame.
    package func time(ofFrame index: Int) -> Duration {
        .microseconds(Int64((Double(index) / frameRate * 1e6).rounded()))
    }

    /// The true poses of everybody of whom at least a quarter of the joints is in the picture; track 1 is the first
    /// actor.
    package func frame(at index: Int) -> SkeletonFrame {
        let time = time(ofFrame: index)
        var people: [TrackedPose] = []
        for (number, actor) in actors.enumerated() {
            guard let skeleton = actor.skeleton(at: time.inSeconds) else { continue }
            let pose = camera.pose(of: skeleton)
            let inside = pose.keypoints.count { ($0?.presence ?? 0) > 0 }
            guard inside * 4 >= pose.keypoints.count else { continue }
            people.append(TrackedPose(track: TrackID(number + 1), pose: pose))
        }
        let frame = SkeletonFrame(
            camera: name, index: index, presentationTime: time, aspectRatio: Float(width) / Float(height),
            people: people)
        return marksHidden ? markingHidden(frame) : frame
    }

    /// The picture of a frame.
    package func picture(at index: Int) -> PixelBuffer {
        var picture = room
        let time = time(ofFrame: index).inSeconds
        let people = actors.compactMap { actor in
            actor.skeleton(at: time).map { PuppetAppearance(skeleton: $0, body: actor.body, look: actor.look) }
        }
        painter.draw(people, with: chairs.map { $0.part(camera) }, on: &picture)
        return picture
    }
}
