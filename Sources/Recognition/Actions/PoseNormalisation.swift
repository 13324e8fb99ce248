/// What is taken out of a motion before a model sees it. Bodies are always hip-centred and scaled by their bones.
package struct PoseNormalisation: Sendable, Codable, Equatable {
    /// Which way a clip is turned about the vertical.
    package enum Heading: String, Sendable, Codable, CaseIterable {
        /// So that the line of hips and shoulders, on average over the clip, runs along x.
        case clip
        /// Not at all.
        case none
    }

    /// What a model learns of the pelvis's way through space.
    package enum Root: String, Sendable, Codable, CaseIterable {
        /// Nothing.
        case none
        /// What a picture shows: sideways and vertical, not in depth.
        case image
        /// All of it, where the source has it.
        case world
    }

    /// What a joint's place is counted from.
    package enum Place: String, Sendable, Codable, CaseIterable {
        /// The pelvis.
        case pelvis
        /// Where the joint is on average over the clip, from the pelvis: how people stand does not count.
        case mean
    }

    package var heading: Heading
    package var root: Root
    package var place: Place
    /// How often each joint's way is smoothed: every frame becomes half itself and a quarter of either neighbour.
    package var smoothing: Int

    package init(heading: Heading = .clip, root: Root = .image, place: Place = .pelvis, smoothing: Int = 0) {
        self.heading = heading
        self.root = root
        self.place = place
        self.smoothing = smoothing
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            heading: try container.decode(Heading.self, forKey: .heading),
            root: try container.decode(Root.self, forKey: .root),
            place: try container.decodeIfPresent(Place.self, forKey: .place) ?? .pelvis,
            smoothing: try container.decodeIfPresent(Int.self, forKey: .smoothing) ?? 0)
    }

    private enum CodingKeys: String, CodingKey {
        case heading, root, place, smoothing
    }
}
