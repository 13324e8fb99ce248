import Inference

/// What is taken out of a motion before a model sees it. Bodies are always hip-centred and scaled by their bones.
package struct PoseNormalisation: Sendable, Codable, Equatable {
    /// Which way a body is turned about the vertical.
    package enum Heading: String, Sendable, JSONChoice {
        /// So that the line of hips and shoulders, on average over the last seconds, runs along x.
        case clip
        /// Not at all.
        case none
    }

    /// What a model learns of the pelvis's way through space.
    package enum Root: String, Sendable, JSONChoice {
        /// Nothing.
        case none
        /// What a picture shows: sideways and vertical, not in depth.
        case image
        /// All of it, where the source has it.
        case world
    }

    package var heading: Heading
    package var root: Root

    package init(heading: Heading = .clip, root: Root = .image) {
        self.heading = heading
        self.root = root
    }
}
