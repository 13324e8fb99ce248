import CLibAV
import Glibc

/// The library that reads cameras at this machine.
///
/// It brings eighty others along, for screens, sound and discs: half as long again to start and 20 MB. So it is loaded
/// with the first camera, and not linked.
package enum CaptureLibrary {
    /// Its file; it goes with the container library of the same number.
    package static var name: String { "libavdevice.so.\(avformat_version() >> 16)" }

    /// Whether it is there and reads Video4Linux devices.
    package static var isUsable: Bool { isLoaded && av_find_input_format("v4l2") != nil }

    private static let isLoaded: Bool = {
        guard let library = dlopen(name, RTLD_NOW), let symbol = dlsym(library, "avdevice_register_all") else {
            return false
        }
        unsafeBitCast(symbol, to: (@convention(c) () -> Void).self)()
        return true
    }()
}
