import CLibAV
import COpenBLAS
import CZeroMQ
import Glibc
import Video

/// The C libraries. A program whose library is missing does not start at all, so these say what was loaded and whether
/// it can do what Laban asks of it.
extension DoctorCheck {
    static let openBLAS = DoctorCheck {
        let words = String(cString: openblas_get_config()).split(separator: " ")
        let core = String(cString: openblas_get_corename())
        let found = "\(words.count > 1 ? words[1] : "version unknown"), kernels for \(core)"
        // OpenBLAS chooses its kernels by the name of the processor, and plain ones for a name it does not know.
        let best: (kernels: String, instructions: String)? =
            if processorFlags().contains("avx512f") {
                ["Haswell", "Zen", "Sandybridge", "Prescott", "Nehalem"].contains(core) ? ("SkylakeX", "AVX-512") : nil
            } else if processorFlags().contains("avx2") {
                ["Sandybridge", "Prescott", "Nehalem"].contains(core) ? ("Haswell", "AVX2") : nil
            } else {
                nil
            }
        guard let best else { return [.ok("OpenBLAS", found)] }
        let isForced = getenv("OPENBLAS_CORETYPE") != nil
        return [
            .advice(
                "OpenBLAS", found + " though there is \(best.instructions)",
                mend: isForced ? "unset OPENBLAS_CORETYPE" : "export OPENBLAS_CORETYPE=\(best.kernels)")
        ]
    }

    static let zeroMQ = DoctorCheck {
        var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
        zmq_version(&major, &minor, &patch)
        let text = "\(major).\(minor).\(patch)"
        guard major > 4 || major == 4 && minor >= 3 else {
            return [.missing("ZeroMQ", "\(text), expected 4.3 or newer", mend: apt("libzmq3-dev"))]
        }
        return [.ok("ZeroMQ", text + (zmq_has("curve") == 1 ? ", with encryption" : ", without encryption"))]
    }

    static let videoLibraries = DoctorCheck {
        let text = "\(avcodec_version() >> 16).\(avcodec_version() >> 8 & 255).\(avcodec_version() & 255)"
        let decoder =
            avcodec_find_decoder(AV_CODEC_ID_H264) == nil
            ? DoctorFinding.missing(
                "video reading", "libavcodec \(text) cannot read H.264", mend: apt("libavcodec-extra"))
            : .ok("video reading", "libavcodec \(text), H.264")
        let encoder =
            avcodec_find_encoder_by_name("libx264") == nil
            ? DoctorFinding.advice(
                "video writing", "no x264: --render cannot write H.264", mend: apt("libavcodec-extra"))
            : .ok("video writing", "H.264 by x264")
        return [decoder, encoder]
    }

    /// Needed for cameras at this machine only.
    static let captureLibrary = DoctorCheck {
        guard CaptureLibrary.isUsable else {
            return [
                .advice(
                    "camera library", "no \(CaptureLibrary.name): /dev/videoN cannot be read",
                    mend: apt("libavdevice-dev"))
            ]
        }
        return [.ok("camera library", "\(CaptureLibrary.name), Video4Linux")]
    }

    static let sqlite = DoctorCheck {
        // SQLite is linked by the history store; its version is asked of whatever was loaded.
        guard let symbol = dlsym(nil, "sqlite3_libversion") else {
            return [.missing("SQLite", "not loaded", mend: apt("libsqlite3-dev"))]
        }
        let version = unsafeBitCast(symbol, to: (@convention(c) () -> UnsafePointer<CChar>).self)
        return [.ok("SQLite", String(cString: version()))]
    }

    private static func apt(_ package: String) -> String { "sudo apt-get install -y \(package)" }
}
