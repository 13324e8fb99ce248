import Foundation
package import Inference
package import Skeleton

/// A trained network for hand shapes or body signals.
package struct ShapeModel: Sendable {
    /// What it looks at.
    package enum Subject: String, Sendable, Codable {
        case hand, body

        /// Its classes in the order of the network's outputs, that for none of them last.
        package var classes: [String] {
            let shapes = self == .hand ? HandShape.allCases.map(\.rawValue) : BodySignal.allCases.map(\.rawValue)
            return shapes + ["none"]
        }

        /// Values the network takes.
        package var features: Int { self == .hand ? HandFeatures.count : BodyFeatures.count }
    }

    package let subject: Subject
    package let network: DenseNetwork

    package init(subject: Subject, network: DenseNetwork) {
        precondition(network.inputs == subject.features && network.classes == subject.classes.count, "a network for it")
        self.subject = subject
        self.network = network
    }

    /// What `model.json` must say; more may stand there.
    private struct Description: Decodable {
        let subject: Subject
        let classes: [String]
    }

    /// Reads `model.json` and `weights.safetensors` of a folder.
    ///
    /// - Throws: where they are missing, or are for something else than `subject`.
    package init(_ subject: Subject, folder: String) throws(InferenceError) {
        let place = folder + "/model.json"
        let bytes = try BoundedFile.read(place, limit: 1 << 20)
        let description: Description
        do {
            description = try JSONDecoder().decode(Description.self, from: Data(bytes))
        } catch {
            throw InferenceError(
                .malformed, file: place, place: "model", "expected 'subject' and 'classes' of a shape model")
        }
        guard description.subject == subject, description.classes == subject.classes else {
            throw InferenceError(
                .mismatch, file: place, place: "classes",
                expected: "subject \(subject.rawValue) with the classes \(subject.classes.joined(separator: ", "))",
                found: "subject \(description.subject.rawValue) with \(description.classes.count) classes")
        }
        let file = try TensorFile(contentsOf: folder + "/weights.safetensors")
        self.init(
            subject: subject,
            network: try DenseNetwork(file, inputs: subject.features, classes: subject.classes.count))
    }

    /// How sure it is of each shape of a hand, none of them last; nil where the hand has no extent.
    package func probabilities(of hand: HandPose, aspectRatio: Float) -> [Float]? {
        precondition(subject == .hand, "a network for hands")
        var features = [Float](repeating: 0, count: HandFeatures.count)
        guard HandFeatures.write(HandFeatures.places(of: hand, aspectRatio: aspectRatio), into: &features) else {
            return nil
        }
        return network.probabilities(features)
    }

    /// How sure it is of each signal of a body, none of them last; nil where the trunk was not seen.
    package func probabilities(of pose: Pose, aspectRatio: Float) -> [Float]? {
        precondition(subject == .body, "a network for bodies")
        var features = [Float](repeating: 0, count: BodyFeatures.count)
        guard BodyFeatures.write(BodyFeatures.places(of: pose, aspectRatio: aspectRatio), into: &features) else {
            return nil
        }
        return network.probabilities(features)
    }
}

/// The networks that rules about shapes ask.
package struct ShapeModels: Sendable {
    package var hand: ShapeModel?
    package var body: ShapeModel?

    package init(hand: ShapeModel? = nil, body: ShapeModel? = nil) {
        self.hand = hand
        self.body = body
    }

    /// Reads `hand_shapes` and `body_signals` in Laban's folder of models.
    package init(models: String) throws(InferenceError) {
        self.init(
            hand: try ShapeModel(.hand, folder: models + "/hand_shapes"),
            body: try ShapeModel(.body, folder: models + "/body_signals"))
    }
}
