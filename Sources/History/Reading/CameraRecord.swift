package import Events

/// What a camera reported of itself.
package struct CameraRecord: Sendable, Hashable {
    package var eventID: String
    package var run: String
    package var camera: String
    package var time: UnixTime
    package var state: String
    package var message: String?
    package var frames: Int?
    package var droppedFrames: Int?
    package var reason: String?
}
