/// Somebody to be drawn.
package struct PuppetAppearance: Sendable {
    package var skeleton: PuppetSkeleton
    package var body: PuppetBody
    package var look: PuppetLook

    package init(skeleton: PuppetSkeleton, body: PuppetBody, look: PuppetLook) {
        self.skeleton = skeleton
        self.body = body
        self.look = look
    }
}
