import Foundation
import Inference
import Recognition
import Skeleton
import TestSupport
import Testing

/// Networks that were trained elsewhere, at work on people.
@Suite("Imported networks")
struct ImportedActionTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A network that says 'up' as far as the joints lie above where y is 0, and 'down' as far as they lie below.
    private func weights(joints: Int, channels: Int = 2, mean: Float = 0) -> [UInt8] {
        var file = TensorFileWriter()
        func addNorm(_ name: String, _ count: Int, mean: Float = 0) {
            file.add(name + ".weight", shape: [count], values: [Float](repeating: 1, count: count))
            file.add(name + ".bias", shape: [count], values: [Float](repeating: 0, count: count))
            file.add(name + ".running_mean", shape: [count], values: [Float](repeating: mean, count: count))
            file.add(name + ".running_var", shape: [count], values: [Float](repeating: 1 - 1e-5, count: count))
        }
        addNorm("backbone.data_bn", joints * channels, mean: mean)
        var links = [Float](repeating: 0, count: joints * joints)
        for joint in 0..<joints { links[joint * joints + joint] = 1 }
        file.add("backbone.gcn.0.gcn.A", shape: [1, joints, joints], values: links)
        var map = [Float](repeating: 0, count: 2 * channels)
        map[1] = -1
        map[channels + 1] = 1
        file.add("backbone.gcn.0.gcn.conv.weight", shape: [2, channels, 1, 1], values: map)
        addNorm("backbone.gcn.0.gcn.bn", 2)
        file.add("backbone.gcn.0.tcn.conv.weight", shape: [2, 2, 1, 1], values: [1, 0, 0, 1])
        addNorm("backbone.gcn.0.tcn.bn", 2)
        file.add("cls_head.fc_cls.weight", shape: [3, 2], values: [60, -60, -60, 60, -60, -60])
        file.add("cls_head.fc_cls.bias", shape: [3], values: [0, 0, 0])
        return file.bytes
    }

    /// - Parameter input: nil leaves what the size of the network tells.
    private func model(
        joints: Int, channels: Int = 2, mean: Float = 0, classes: [String] = ["up", "down", "nothing"],
        people: Int? = nil, normalisation: ImportedNetwork.Description.Input.Normalisation? = nil
    ) throws -> ActionModel {
        let file = folder.file("network.safetensors").path
        try Data(weights(joints: joints, channels: channels, mean: mean)).write(to: URL(filePath: file))
        _ = try ImportedNetwork(
            importing: file, to: folder.file("imported"), frames: 10, strides: nil, adjacency: .importance,
            classes: classes, licence: nil
        ) { network, mean in
            ActionModel.importedInput(
                for: network, mean: mean, normalisation: normalisation, seconds: 1, people: people)
        }
        return try ActionModel(folder: folder.file("imported").path)
    }

    private func body(_ topology: SkeletonTopology, y: Float) -> Pose {
        Pose(topology: topology, keypoints: (0..<topology.count).map { Keypoint(x: 0.3 + 0.01 * Float($0), y: y) })
    }

    /// Two seconds in the upper half of the picture and two in the lower, at 20 frames a second.
    private func changes(
        _ model: ActionModel, _ pose: (_ y: Float) -> Pose
    ) -> (changes: [SegmentChange], complaint: String?) {
        var recogniser = ActionRecogniser(model: model)
        var changes: [SegmentChange] = []
        for index in 0..<80 {
            changes += recogniser.update(
                SkeletonFrame(
                    camera: "x", index: index, presentationTime: .milliseconds(index * 50),
                    people: [TrackedPose(track: TrackID(7), pose: pose(index < 40 ? 0.2 : 0.8))]))
        }
        changes += recogniser.finish(frame: 80, at: .seconds(4), reason: .sourceEnded)
        return (changes, recogniser.complaint)
    }

    @Test("bodies of any topology with COCO's joints are shown to a network over COCO's joints")
    func bodies() throws {
        let model = try model(joints: 17, channels: 3)
        #expect(!model.input.looksAtHands)
        for topology in [SkeletonTopology.coco17, .blazePose33, .openPose25] {
            let changes = changes(model) { body(topology, y: $0) }.changes
            #expect(changes.filter { $0.phase == .begin }.map(\.label) == ["up", "down"], "\(topology.name)")
            #expect(changes.filter { $0.phase == .end }.map(\.reason) == [.completed, .sourceEnded])
            #expect(changes.allSatisfy { $0.track == TrackID(7) && (0...1).contains($0.confidence) })
            // As many frames as a clip has must be there before anything is said.
            #expect(try #require(changes.first).presentationTime >= .milliseconds(900))
        }
    }

    @Test("hands are shown to a network over hands, each on its own")
    func hands() throws {
        let model = try model(joints: 21)
        #expect(model.input.looksAtHands)
        let changes = changes(model) { y in
            let points = (0..<21).map { SIMD3(0.4 + 0.01 * Float($0), y, 0) }
            return Pose(
                topology: .blazePose33,
                hands: [.init(side: .left, imagePoints: points), .init(side: .right, imagePoints: points)])
        }.changes
        #expect(changes.filter { $0.phase == .begin }.map(\.label) == ["up", "up", "down", "down"])
        #expect(Set(changes.map(\.segment)).count == 4)
    }

    @Test("outputs of one name are one class, and 'nothing' is silent")
    func sharedNames() throws {
        let model = try model(joints: 17, classes: ["nothing", "down", "nothing"])
        #expect(changes(model) { body(.coco17, y: $0) }.changes.filter { $0.phase == .begin }.map(\.label) == ["down"])
    }

    @Test("the mean of the training clips tells fractions from signed places, and a second person is left empty")
    func inputs() throws {
        for (mean, people, normalisation, labels) in [
            (Float(0), 1, ImportedNetwork.Description.Input.Normalisation.picture, ["up", "down"]),
            (0.5, 1, .fraction, ["up", "down"]),
            // Places of somebody who is not there are 0, which among fractions is the upper edge.
            (0.5, 2, .fraction, ["up"]),
        ] {
            let model = try model(joints: 17, mean: mean, people: people)
            guard case .imported(let description) = model.origin else { throw CocoaError(.featureUnsupported) }
            #expect(description.input?.normalisation == normalisation)
            let found = changes(model) { body(.coco17, y: $0) }.changes
            #expect(found.filter { $0.phase == .begin }.map(\.label) == labels, "\(normalisation), \(people)")
        }
    }

    @Test("within the extent of the joints a body looks the same wherever it is")
    func extent() throws {
        let model = try model(joints: 17, normalisation: .extent)
        func leaning(_ y: Float) -> Pose {
            // Most joints lie in the upper part of what the body spans.
            Pose(
                topology: .coco17,
                keypoints: (0..<17).map { Keypoint(x: 0.3 + 0.02 * Float($0), y: y + ($0 == 0 ? 0.15 : 0.01)) })
        }
        let labels = changes(model, leaning).changes.filter { $0.phase == .begin }.map(\.label)
        #expect(labels.first == "up")
    }

    @Test("step by step a network says of a clip from reset what its clip form says, in whatever frame of reference")
    func stepsAreClips() throws {
        for normalisation in [ImportedNetwork.Description.Input.Normalisation.picture, .fraction] {
            let model = try model(joints: 17, channels: 3, normalisation: normalisation)
            let network = model.networks[0]
            var sampler = ActionSampler(model.input)
            var samples: [ActionSample] = []
            for frame in 0..<network.clipFrames {
                samples += sampler.samples(
                    of: body(.coco17, y: 0.2 + 0.06 * Float(frame)), at: Double(frame) * model.input.period,
                    aspectRatio: nil
                ).map(\.sample)
            }
            let found = try #require(ActionClassifier(model: model).predictions(of: [samples])[0].last)
            let logits = ClipWorkspace(network: network, clips: 1).run(count: 1) { clip in
                for frame in 0..<network.clipFrames {
                    for joint in 0..<17 {
                        let (x, y) = (0.3 + 0.01 * Float(joint), 0.2 + 0.06 * Float(frame))
                        let place = (frame * 17 + joint) * 3
                        clip[place] = normalisation == .picture ? (x - 0.5) / 0.5 : x
                        clip[place + 1] = normalisation == .picture ? (y - 0.5) / 0.5 : y
                        clip[place + 2] = 1
                    }
                }
            } read: { logits, _ in
                Array(logits[0])
            }
            let powers = logits.map { exp($0 - (logits.max() ?? 0)) }
            let sum = powers.reduce(0, +)
            expectClose(found.probabilities, powers.map { $0 / sum }, tolerance: 1e-4)
        }
    }

    @Test("poses in space alone cannot be shown, and that is said")
    func worldOnly() throws {
        let result = changes(try model(joints: 17)) { _ in
            Pose(topology: .kinect20, worldPoints: Array(repeating: SIMD3(0, 0, 2), count: 20))
        }
        #expect(result.changes.isEmpty)
        #expect(try #require(result.complaint).contains("kinect20"))
    }

    @Test("a network over joints that are not to be had is refused, with what it has and what could be")
    func foreignJoints() throws {
        let error = #expect(throws: RecognitionError.self) { try model(joints: 25, channels: 3) }
        #expect(error?.place == "input")
        #expect(error?.message.contains("coco17 (17 joints)") == true)
        #expect(error?.message.contains("25 joints and 3 channels") == true)
    }

    @Test("2000 damaged descriptions of imported networks are refused, or read")
    func damagedDescriptions() throws {
        _ = try model(joints: 17)
        let manifest = folder.file("imported/model.json")
        let original = [UInt8](try Data(contentsOf: manifest))
        var random = SeededGenerator(seed: 73)
        var refused = 0
        for _ in 0..<2_000 {
            try Data(original.mutated(using: &random)).write(to: manifest)
            do { _ = try ActionModel(folder: folder.file("imported").path) } catch { refused += 1 }
        }
        #expect(refused > 1_000)
    }
}
