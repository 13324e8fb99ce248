/// The mean colours of somebody's clothes in one picture: what tells people apart while they are before one camera.
///
/// It goes from the pose stage to the tracker and no further: it is never stored, recorded or published, and the tracker
/// forgets it with the track.
package struct Appearance: Sendable, Hashable {
    /// Red, green and blue of the trunk and of the thighs, 0…1.
    package var trunk: SIMD3<Float>
    package var legs: SIMD3<Float>

    package init(trunk: SIMD3<Float>, legs: SIMD3<Float>) {
        self.trunk = trunk
        self.legs = legs
    }
}
