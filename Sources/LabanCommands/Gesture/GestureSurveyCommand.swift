import ArgumentParser
import Foundation
import Inference
import LabanServer
import MotionRules
import Recordings
import Shapes
import Skeleton

/// `laban gesture survey FOLDER`: what every gesture finds in a set of recordings.
struct GestureSurveyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "survey",
        abstract: "Look for every gesture in a whole set of recordings, and tell where it was found.",
        discussion: """
            FOLDER holds frames.npy and sequences.csv of a data collection, as bandai-namco-2, kinder-gator and \
            cmu-mocap do. For each gesture it prints in which share of the recordings of each kind it was found at \
            least once, how often in all, and how often in an hour of the recordings of other kinds than --expect names.

            Examples:
              laban gesture survey DATA/bandai-namco-2 --by content
              laban gesture survey DATA/kinder-gator --by motion --only raise_hand --expect raise_your
            """)

    @Argument(help: "Folder of the set.")
    var folder: String

    @Option(help: ArgumentHelp("The column of sequences.csv that tells the kind.", valueName: "column"))
    var by = "content"

    @Option(help: ArgumentHelp("Only gestures of these names, separated by commas.", valueName: "names"))
    var only: String?

    @Option(help: ArgumentHelp("Kinds whose name holds this show the gesture.", valueName: "text"))
    var expect: String?

    @OptionGroup var resources: ResourceOptions

    func run() throws {
        let set = try SurveyedSet(folder: folder, kinds: by)
        var gestures = try resources.gestureFolder().rules.gestures
        if let names = only?.split(separator: ",").map(String.init) {
            gestures = gestures.filter { names.contains($0.label) }
        }
        var found: [String: [String: [Int]]] = [:]
        var recogniser = GestureRecogniser(gestures: gestures, shapes: try ShapeModels(for: gestures))
        for (index, sequence) in set.sequences.enumerated() {
            let track = TrackID(index + 1)
            for frame in set.frames(of: sequence, track: track) {
                for change in recogniser.update(frame) where change.phase == .begin {
                    found[change.label, default: [:]][sequence.kind, default: []].append(index)
                }
            }
            _ = recogniser.end(track, frame: sequence.count, at: .zero, reason: .trackEnded)
        }
        var totals: [String: Int] = [:]
        for sequence in set.sequences { totals[sequence.kind, default: 0] += 1 }
        var table = TextTable([
            ("GESTURE", .left), ("KIND", .left), ("FOUND", .right), ("OF", .right), ("TIMES", .right),
        ])
        for (label, kinds) in found.sorted(by: { $0.key < $1.key }) {
            for (kind, hits) in kinds.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) }) {
                table.append([label, kind, "\(Set(hits).count)", "\(totals[kind] ?? 0)", "\(hits.count)"])
            }
        }
        try StandardOutput.print(table.text, terminator: "")
        let others = set.sequences.filter { sequence in expect.map { !sequence.kind.contains($0) } ?? true }
        let hours = Double(others.reduce(0) { $0 + $1.count }) / set.framesPerSecond / 3600
        for (label, kinds) in found.sorted(by: { $0.key < $1.key }) {
            let alarms = kinds.filter { kind in expect.map { !kind.key.contains($0) } ?? true }
            let rate = Double(alarms.values.reduce(0) { $0 + $1.count }) / max(hours, 1e-9)
            try StandardOutput.print(
                "\(label): \((rate * 10).rounded() / 10) an hour in \(others.count) other recordings")
        }
    }
}

/// A set of recordings as one array of joints and a table of sequences.
private struct SurveyedSet {
    struct Sequence {
        let kind: String
        let start: Int
        let count: Int
    }

    let sequences: [Sequence]
    let framesPerSecond = 30.0
    private let numbers: [Float]
    private let topology: SkeletonTopology
    /// From the set's axes to Laban's: x to the right, y down, z away, in metres.
    private let axes: SIMD3<Float>

    init(folder: String, kinds: String) throws {
        let array = try NumPyArray(path: folder + "/frames.npy")
        let table = try CSVTable(path: folder + "/sequences.csv")
        let known: [Int: (SkeletonTopology, SIMD3<Float>)] = [
            // Kinect's x grows to the person's right, the others' is that of a right-handed world with y up.
            20: (.kinect20, SIMD3(-1, -1, 1)), 21: (.bandai21, SIMD3(1, -1, -1)), 31: (.cmu31, SIMD3(1, -1, -1)),
        ]
        guard array.shape.count == 3, array.shape[2] == 3, let (topology, axes) = known[array.shape[1]] else {
            throw InferenceError(
                .mismatch, file: folder + "/frames.npy", place: "shape", expected: "(frames, 20, 21 or 31 joints, 3)",
                found: "\(array.shape)")
        }
        self.topology = topology
        self.axes = axes / 1000
        numbers = array.numbers
        let (kind, start) = (try table.column(kinds), try table.column("start"))
        let frames = try table.column("frames")
        sequences = try table.rows.enumerated().map { index, row in
            guard let first = Int(row[start]), let count = Int(row[frames]), first >= 0, count >= 0,
                first + count <= array.shape[0]
            else {
                throw InferenceError(
                    .mismatch, file: table.file, place: "line \(table.lines[index])",
                    expected: "start and frames within \(array.shape[0]) frames",
                    found: "'\(row[start])' and '\(row[frames])'")
            }
            return Sequence(kind: row[kind], start: first, count: count)
        }
    }

    func frames(of sequence: Sequence, track: TrackID) -> [SkeletonFrame] {
        (0..<sequence.count).map { index in
            let first = (sequence.start + index) * topology.count * 3
            let points = (0..<topology.count).map { joint -> SIMD3<Float>? in
                let place = first + 3 * joint
                return SIMD3(numbers[place], numbers[place + 1], numbers[place + 2]) * axes
            }
            return SkeletonFrame(
                camera: "survey", index: index, presentationTime: .seconds(Double(index) / framesPerSecond),
                aspectRatio: nil,
                people: [TrackedPose(track: track, pose: Pose(topology: topology, worldPoints: points))])
        }
    }
}
