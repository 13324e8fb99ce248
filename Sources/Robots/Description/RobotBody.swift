/// A part of a link's extent, for the check that a robot does not hit itself.
package struct RobotBody: Sendable, Hashable {
    /// Round or centred on its own origin, the cylinder along z; metres.
    package enum Shape: Sendable, Hashable {
        case box(Vector3)
        case cylinder(radius: Double, length: Double)
        case sphere(radius: Double)
        /// A file as the URDF names it.
        case mesh(String, scale: Vector3)
    }

    /// Index into the links.
    package var link: Int
    /// Where it lies in the link's frame.
    package var origin: RigidTransform
    package var shape: Shape
    /// Of the URDF file, for people.
    package var line: Int

    package init(link: Int, origin: RigidTransform = .identity, shape: Shape, line: Int = 0) {
        self.link = link
        self.origin = origin
        self.shape = shape
        self.line = line
    }
}
