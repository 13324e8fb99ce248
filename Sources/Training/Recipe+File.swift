package import Foundation
package import Inference
import Recognition

extension Recipe {
    /// Reads a recipe file; errors name the key that is wrong.
    package init(contentsOf path: String) throws(TrainingError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw TrainingError(file: path, "the file cannot be read")
        }
        try self.init(data, file: path)
    }

    /// Reads a recipe that is in memory already; `file` is what errors call it.
    package init(_ json: Data, file: String) throws(TrainingError) {
        guard let given = try? JSONSerialization.jsonObject(with: json) as? [String: Any] else {
            throw TrainingError(file: file, "expected a JSON object")
        }
        let merged = try Self.merge(given, over: Recipe().jsonObject, file: file, place: "")
        do {
            self = try JSONDecoder().decode(Recipe.self, from: JSONSerialization.data(withJSONObject: merged))
        } catch let error as DecodingError {
            throw TrainingError(file: file, place: error.place, error.problem)
        } catch {
            throw TrainingError(file: file, "not a recipe: \(error.localizedDescription)")
        }
        if let (place, problem) = fault { throw TrainingError(file: file, place: place, problem) }
    }

    /// The recipe as a JSON file with every key.
    package var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { preconditionFailure("a recipe has only finite numbers") }
        return String(decoding: data, as: UTF8.self)
    }

    private var jsonObject: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]) ?? [:]
    }

    /// The objects whose keys are the user's own.
    private static let freeKeys: Set = ["class_weights", "class_priors", "where", "names"]

    /// `given` where it says something, `known` elsewhere; a key that `known` lacks is an error.
    private static func merge(
        _ given: [String: Any], over known: [String: Any], file: String, place: String
    ) throws(TrainingError) -> [String: Any] {
        var merged = known
        for key in given.keys.sorted() {
            let path = place.isEmpty ? key : place + "." + key
            guard let old = known[key] else {
                throw TrainingError(
                    file: file, place: path, "unknown key; known are " + known.keys.sorted().joined(separator: ", "))
            }
            if let old = old as? [String: Any], let new = given[key] as? [String: Any], !freeKeys.contains(key) {
                merged[key] = try merge(new, over: old, file: file, place: path)
            } else {
                merged[key] = given[key]
            }
        }
        return merged
    }

    /// The first key whose value makes no sense, and what is wrong with it; nil when all is well.
    package var fault: (place: String, problem: String)? {
        if stepsPerEpoch.count != 2 || stepsPerEpoch[0] < 1 || stepsPerEpoch[1] < stepsPerEpoch[0] {
            return ("steps_per_epoch", "expected [least, most], found \(stepsPerEpoch)")
        }
        if chunk < 1 || batch < 1 || batch % chunk != 0 {
            return ("batch", "expected a multiple of chunk (\(chunk)), found \(batch)")
        }
        let most = sampling.span == .stream ? 1 : ActionModel.mostNetworks
        if !(1...most ~= networks) { return ("networks", "expected 1 to \(most), found \(networks)") }
        if networks > 1, networks * (batch / chunk) > BatchAssembler.mostChunks {
            return (
                "networks",
                "expected at most \(BatchAssembler.mostChunks) chunks a step, found \(networks) times \(batch / chunk)"
            )
        }
        for (key, values) in [("class_weights", classWeights), ("class_priors", classPriors)] {
            let wrong = values.sorted { $0.key < $1.key }.first { !(0.01...100 ~= $0.value) }
            if let wrong { return ("\(key).\(wrong.key)", "expected 0.01 to 100, found \(wrong.value)") }
        }
        if kernel.parts.isEmpty || kernel.parts.count > 8 || !kernel.parts.allSatisfy({ 1...64 ~= $0 }) {
            return ("kernel.parts", "expected one to eight numbers from 1 to 64, found \(kernel.parts)")
        }
        for limit in limits where !(limit.range ~= limit.value) {
            let (low, high) = (limit.range.lowerBound, limit.range.upperBound)
            return (limit.key, "expected \(low) to \(high), found \(limit.value)")
        }
        return architecture(classes: 2).fault.map { ("network", $0) }
    }

    private struct Limit {
        let key: String
        let value: Double
        let range: ClosedRange<Double>

        init(_ key: String, _ value: Double, _ range: ClosedRange<Double>) {
            self.key = key
            self.value = value
            self.range = range
        }

        init(_ key: String, _ value: Float, _ range: ClosedRange<Double> = 0...1) {
            // By its shortest decimal form: 0.01 is to be 0.01.
            self.init(key, Double("\(value)") ?? Double(value), range)
        }
    }

    private var limits: [Limit] {
        let a = augmentation
        let o = optimiser
        var limits = [
            Limit("epochs", Double(epochs), 1...100_000), Limit("batch", Double(batch), 2...4096),
            Limit("calibration", calibration, 0...0.5),
            Limit("early_stop.share", earlyStop.share, 0...0.5),
            Limit("early_stop.patience", Double(earlyStop.patience), 1...100_000),
            Limit("clips_per_class", Double(clipsPerClass), 0...1_000_000),
            Limit("sampling.frames", Double(sampling.frames), 4...512),
            Limit("sampling.seconds", sampling.seconds, 0.2...60),
            Limit("sampling.look_back", sampling.lookBackShare, 0...1),
            Limit("sampling.rate", sampling.rate, 1...120),
            Limit("sequence.spliced", sequence.spliced), Limit("sequence.passage", sequence.passage, 0...5),
            Limit("sequence.longest", sequence.longest, 0.2...60), Limit("sequence.balance", sequence.balance),
            Limit("sequence.onset", sequence.onset, 0.1...10),
            Limit("sampling.trim", sampling.trim, 0...0.5),
            Limit("sampling.views", Double(sampling.views), 1...Double(ClipSampling.mostViews)),
        ]
        limits += [
            Limit("optimiser.learning_rate", o.learningRate, 1e-6...10),
            Limit("optimiser.weight_decay", o.weightDecay, 0...10),
            Limit("optimiser.momentum", o.momentum, 0...0.9999),
            Limit("optimiser.warm_up", o.warmUp),
            Limit("optimiser.label_smoothing", o.labelSmoothing, 0...0.9),
            Limit("optimiser.dropout", o.dropout, 0...0.9),
            Limit("optimiser.averaging", o.averaging, 0...0.99999),
        ]
        limits += [
            Limit("kernel.share", kernel.share), Limit("kernel.within", kernel.within),
            Limit("kernel.distances", kernel.distances),
            Limit("kernel.window", kernel.window, 0...10),
            Limit("kernel.copies", Double(kernel.copies), 0...100),
            Limit("kernel.reach", kernel.reach, 0.01...100), Limit("kernel.ridge", kernel.ridge, 1e-4...10),
            Limit("kernel.floor", kernel.floor, 0...10),
        ]
        limits += [
            Limit("augmentation.rotation", a.rotation, 0...180), Limit("augmentation.tilt", a.tilt, 0...90),
            Limit("augmentation.mirror", a.mirror), Limit("augmentation.speed", a.speed, 1...4),
            Limit("augmentation.warp", a.warp), Limit("augmentation.reach", a.reach),
            Limit("augmentation.crop", a.crop), Limit("augmentation.bones", a.bones, 0...0.5),
            Limit("augmentation.depth", a.depth), Limit("augmentation.lean", a.lean),
            Limit("augmentation.bias", a.bias),
            Limit("augmentation.jitter", a.jitter), Limit("augmentation.lag", a.lag),
            Limit("augmentation.limbs", a.limbs), Limit("augmentation.legs", a.legs),
            Limit("augmentation.rootless", a.rootless), Limit("augmentation.drift", a.drift, 0...10),
            Limit("augmentation.splice", a.splice), Limit("augmentation.freeze", a.freeze),
            Limit("augmentation.arrival", a.arrival),
        ]
        return limits
    }

    /// The network this recipe asks for.
    package func architecture(classes: Int) -> TemporalArchitecture {
        var architecture = TemporalArchitecture(
            inputChannels: ClipFeatures.channels, frames: sampling.frames, classes: classes, blocks: network.blocks,
            partition: network.partition, isAdaptive: network.adaptive,
            window: network.window ?? (sampling.span == .stream ? 1 : nil))
        // What is not there is not said, so that older files read the same.
        architecture.hasGraphPath = network.graphPath ? true : nil
        return architecture
    }
}
