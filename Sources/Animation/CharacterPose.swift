/// How a character stands at one moment: where its hips are and how each bone is turned.
package struct CharacterPose: Sendable, Equatable {
    /// Where the hips are, in metres, y up.
    package var root: SIMD3<Float>
    /// How each bone is turned against its rest, one entry a `Bone`.
    package var turns: [Quaternion]

    /// How a bone is turned against its parent.
    package func localTurn(of bone: Bone) -> Quaternion {
        guard let parent = bone.parent else { return turns[bone.rawValue] }
        return turns[parent.rawValue].inverse * turns[bone.rawValue]
    }

    /// Where every bone begins, one entry a `Bone`.
    package func origins(_ lengths: BoneLengths) -> [SIMD3<Float>] {
        var origins: [SIMD3<Float>] = []
        for bone in Bone.allCases {
            guard let parent = bone.parent else {
                origins.append(root)
                continue
            }
            origins.append(origins[parent.rawValue] + turns[parent.rawValue] * lengths.offset(of: bone))
        }
        return origins
    }
}
