// swift-tools-version: 6.2
// Targets are listed bottom-up: this file is the architecture diagram. An arrow never points upwards,
// and stages (PoseEstimation … Interaction) never import each other: they meet in Pipeline.
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.target(name: name), "TestSupport"] + dependencies,
        swiftSettings: settings)
}

let package = Package(
    name: "laban",
    products: [.executable(name: "laban", targets: ["laban"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        // C libraries.
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
        .systemLibrary(
            name: "CLibAV", pkgConfig: "libavformat libavcodec libswscale libavutil",
            providers: [.apt(["libavformat-dev", "libavcodec-dev", "libswscale-dev"])]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .target(name: "CConvolution"),
        .target(name: "CRowProduct"),
        .target(name: "CSampling"),

        // Ground: no library of the system, no package.
        module("Files"),
        module("Printing"),
        module("Randomness"),
        module("Waiting"),
        module("Skeleton"),
        module("Imaging", ["CSampling"]),
        module("JSONLines", ["Printing"]),

        // Files, numbers and pictures.
        module("Recordings", ["Files", "Skeleton", "JSONLines"]),
        module("MarkedYAML", ["Files", .product(name: "Yams", package: "Yams")]),
        module("Inference", ["Files", "JSONLines", "Randomness", "CConvolution", "CRowProduct"]),
        module("Shapes", ["Skeleton", "Inference"]),
        module("Video", ["Files", "Imaging", "Waiting", "CLibAV"]),
        module("ModelStore", ["Files", "CArchive", "CLibAV"]),
        module("Rendering", ["Skeleton", "Imaging"]),
        module("Puppet", ["Randomness", "Skeleton", "Imaging"]),
        module("Animation", ["Skeleton"]),
        module("Robots", ["Files", "MarkedYAML"]),

        // Stages.
        module("PoseEstimation", ["Files", "Skeleton", "Imaging", "Inference"]),
        module("Tracking", ["Skeleton"]),
        module("Recognition", ["Files", "Skeleton", "JSONLines", "Inference"]),
        module("MotionRules", ["Skeleton", "Shapes", "MarkedYAML"]),
        module("Interaction", ["Skeleton"]),
        module("Gait", ["Skeleton"]),
        module("Lifting", ["Skeleton", "Inference"]),
        module("MultiView", ["Robots", "Skeleton"]),
        module("Retargeting", ["MarkedYAML", "Robots", "Skeleton"]),
        module(
            "Training",
            [
                "COpenBLAS", "CRowProduct", "Files", "Inference", "JSONLines", "Lifting", "MarkedYAML", "Puppet",
                "Randomness", "Recognition", "Recordings", "Shapes", "Skeleton",
            ]),

        // What comes out.
        module("Events", ["Files", "Skeleton", "JSONLines"]),
        module("Messaging", ["Events", "Files", "JSONLines", "Waiting", "CZeroMQ"]),
        module(
            "History",
            [
                "CArchive", "Events", "Files", "JSONLines", "Printing", "Skeleton", "Waiting",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        module(
            "Pipeline",
            [
                "Skeleton", "Imaging", "Video", "Recordings", "PoseEstimation", "Tracking", "Recognition",
                "MotionRules", "Interaction", "Lifting", "Events", "Messaging", "Retargeting", "Robots", "Shapes",
                "Waiting",
            ]),
        // What runs for long, what people type, and the program.
        module(
            "LabanServer",
            [
                "Events", "Files", "History", "JSONLines", "Lifting", "MarkedYAML", "Messaging", "ModelStore",
                "MotionRules",
                "Pipeline", "Recognition", "Recordings", "Shapes", "Skeleton", "Tracking", "Video", "Waiting",
                .product(name: "Logging", package: "swift-log"),
            ]),
        module(
            "LabanCommands",
            [
                "Animation", "CLibAV", "COpenBLAS", "CZeroMQ", "Events", "Files", "History", "Imaging", "Inference",
                "JSONLines",
                "LabanServer", "MarkedYAML", "Messaging", "ModelStore", "MotionRules", "Pipeline", "PoseEstimation",
                "Printing", "Puppet", "Randomness", "Recognition", "Recordings", "Rendering", "Retargeting", "Robots",
                "Shapes", "Skeleton", "Training", "Video",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .executableTarget(name: "laban", dependencies: ["LabanCommands"], swiftSettings: settings),

        // For development: Laban beside its peers. CAllocationCounter replaces malloc, so nothing that ships depends on it.
        .target(name: "CAllocationCounter"),
        .target(name: "CCoreAffinity"),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "CAllocationCounter", "CCoreAffinity", "COpenBLAS", "CZeroMQ", "Events", "History", "Imaging",
                "Inference", "Interaction", "JSONLines", "LabanCommands", "LabanServer", "Lifting", "Messaging",
                "ModelStore", "MotionRules", "MultiView", "Pipeline", "PoseEstimation", "Puppet", "Randomness",
                "Recognition", "Recordings", "Retargeting", "Robots", "Shapes", "Skeleton", "Tracking", "Training",
                "Video", "Waiting",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: settings),

        // Tests, one target a module.
        .target(
            name: "TestSupport",
            dependencies: [
                "Randomness", "CAllocationCounter", "CZeroMQ",
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            path: "Tests/TestSupport",
            swiftSettings: settings),
        tests("Files"),
        tests("Printing"),
        tests("Randomness"),
        tests("Skeleton"),
        tests("Waiting"),
        tests("Imaging"),
        tests("JSONLines"),
        tests("Recordings", ["Files", "JSONLines", "Skeleton"]),
        tests("MarkedYAML"),
        tests("Inference", ["Randomness"]),
        tests("Shapes", ["Inference", "Randomness", "Skeleton"]),
        tests("Video", ["Files", "Imaging"]),
        tests("ModelStore", ["CArchive"]),
        tests("Rendering", ["Skeleton", "Imaging"]),
        tests("Puppet", ["Randomness", "Skeleton", "Imaging", "Video", "Recordings"]),
        tests("Animation", ["Puppet", "Skeleton"]),
        tests("Robots", ["Randomness"]),
        tests("PoseEstimation", ["Skeleton", "Imaging"]),
        tests("Tracking", ["Skeleton", "Puppet", "Recordings"]),
        tests("Recognition", ["Files", "Randomness", "Skeleton", "Inference"]),
        tests("MotionRules", ["Randomness", "Skeleton", "Shapes", "MarkedYAML", "Puppet"]),
        tests("Interaction", ["Skeleton", "Puppet", "Tracking"]),
        tests("Gait", ["Puppet", "Skeleton"]),
        tests("Lifting", ["Randomness", "Skeleton"]),
        tests("MultiView", ["Puppet", "Randomness", "Robots", "Skeleton"]),
        tests("Retargeting", ["MarkedYAML", "Randomness", "Robots", "Skeleton"]),
        tests(
            "Training",
            ["Inference", "Lifting", "Puppet", "Randomness", "Recognition", "Recordings", "Shapes", "Skeleton"]),
        tests("Events", ["Skeleton"]),
        tests("Messaging", ["Skeleton", "Events", "JSONLines", "CZeroMQ"]),
        tests("History", ["Files", "Skeleton", "Events", .product(name: "GRDBSQLite", package: "GRDB.swift")]),
        tests(
            "Pipeline",
            [
                "Skeleton", "JSONLines", "Events", "Recordings", "Puppet", "Retargeting", "Robots", "Tracking",
                "MotionRules", "Lifting",
                "Video",
            ]),
        tests("LabanServer", ["History", "MarkedYAML", "MotionRules", "Pipeline", "Recognition", "Skeleton"]),
        tests(
            "LabanCommands",
            [
                "Events", "History", "Inference", "LabanServer", "MarkedYAML", "ModelStore", "MotionRules", "Pipeline",
                "Puppet", "Skeleton",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "laban", "Benchmarks", "TestSupport", "Randomness", "Skeleton", "Imaging", "Inference", "Recordings",
                "Puppet", "Video", "Events", "History", "JSONLines", "LabanServer", "Messaging",
            ],
            swiftSettings: settings),
    ]
)
