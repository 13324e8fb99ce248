/// How a live source is opened, watched and tried again.
package struct LiveSettings: Sendable, Hashable {
    /// How an RTSP camera sends its pictures.
    package enum Transport: String, Sendable, Hashable, CaseIterable {
        /// In one connection, nothing lost.
        case tcp
        /// As datagrams: less to wait for, and some may be lost.
        case udp
    }

    package var transport = Transport.tcp
    /// Without a picture for this long a connected camera is taken for stalled, and the connection is made anew.
    package var stallLimit = Duration.seconds(4)
    /// A camera that is asked gets this long to answer, and four times as long for its first picture if data comes.
    package var openLimit = Duration.seconds(5)
    /// Times between tries double from a quarter of a second up to this one.
    package var longestWait = Duration.milliseconds(1500)
    /// How long to try for the very first picture; nil tries for ever. Later outages are always waited for.
    package var startLimit: Duration?
    /// Devices only: the picture size, frame rate and pixel format or codec to ask for; the device's own when nil.
    package var size: Size?
    package var frameRate: Double?
    package var format: String?

    /// Pixels of a picture.
    package struct Size: Sendable, Hashable {
        package var width: Int
        package var height: Int

        package init(width: Int, height: Int) {
            self.width = width
            self.height = height
        }
    }

    package init() {}
}
