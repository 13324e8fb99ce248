/// Published weights that Laban fetches rather than ships: where they come from and by which digests they are known.
package struct WeightsRelease: Sendable {
    package struct File: Sendable, Equatable {
        /// Name under `Models/pose/`.
        package let name: String
        /// Path inside the wheel.
        package let entry: String
        /// Length in bytes.
        package let size: Int
        package let sha256: String

        package init(name: String, entry: String, size: Int, sha256: String) {
            self.name = name
            self.entry = entry
            self.size = size
            self.sha256 = sha256
        }
    }

    /// What pip is asked for, such as `mediapipe==0.10.21`.
    package let requirement: String
    /// The wheel's file name, its length in bytes and its digest.
    package let wheel: File
    /// SPDX name of the licence.
    package let licence: String
    package let copyright: String
    /// The only files taken from the wheel.
    package let files: [File]

    package init(requirement: String, wheel: File, licence: String, copyright: String, files: [File]) {
        self.requirement = requirement
        self.wheel = wheel
        self.licence = licence
        self.copyright = copyright
        self.files = files
    }

    /// Length of all files in bytes.
    package var size: Int { files.reduce(0) { $0 + $1.size } }

    /// The BlazePose and BlazeHands networks, as the MediaPipe wheel carries them.
    package static let mediapipe = WeightsRelease(
        requirement: "mediapipe==0.10.21",
        wheel: File(
            name: "mediapipe-0.10.21-cp311-cp311-manylinux_2_28_x86_64.whl", entry: "", size: 35_622_638,
            sha256: "05dc4a9e593655a79558d05d6227d31018c2537a4bd3362b51e230cf22aecfe3"),
        licence: "Apache-2.0",
        copyright: "Google, the MediaPipe authors",
        files: [
            File(
                name: "pose_detection.tflite", entry: "mediapipe/modules/pose_detection/pose_detection.tflite",
                size: 2_959_046, sha256: "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c"),
            File(
                name: "pose_landmark_full.tflite", entry: "mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
                size: 6_440_512, sha256: "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f"),
            File(
                name: "palm_detection_full.tflite",
                entry: "mediapipe/modules/palm_detection/palm_detection_full.tflite",
                size: 2_339_846, sha256: "1b14e9422c6ad006cde6581a46c8b90dd573c07ab7f3934b5589e7cea3f89a54"),
            File(
                name: "hand_landmark_full.tflite", entry: "mediapipe/modules/hand_landmark/hand_landmark_full.tflite",
                size: 5_478_917, sha256: "11c272b891e1a99ab034208e23937a8008388cf11ed2a9d776ed3d01d0ba00e3"),
        ])

    /// The command a person types to fetch the wheel by hand, on a machine that can.
    package var pipCommand: String {
        (["python3 -m pip", "download"] + pipOptions + [requirement]).joined(separator: " ")
    }

    /// Makes the download independent of the local Python and processor.
    var pipOptions: [String] {
        ["--no-deps", "--only-binary=:all:", "--python-version", "3.11", "--platform", "manylinux_2_28_x86_64"]
    }
}
