import Files
package import Foundation
package import Inference
import JSONLines
import Recognition

extension Recipe {
    /// The largest recipe file.
    private static let byteLimit = 4 << 20

    /// Reads a recipe file; errors name the key that is wrong.
    package init(contentsOf path: String) throws(TrainingError) {
        let bytes: [UInt8]
        do { bytes = try RegularFile.read(path, limit: Self.byteLimit) } catch { throw TrainingError(error) }
        try self.init(Data(bytes), file: path)
    }

    /// Reads a recipe that is in memory already.
    ///
    /// - Parameters:
    ///   - file: what errors call it.
    ///   - isStrict: whether keys that are unknown or do nothing are errors; in models made elsewhere they are none.
    package init(_ json: Data, file: String, isStrict: Bool = true) throws(TrainingError) {
        if let fault = JSONFileFault([UInt8](json)) {
            throw TrainingError(file: file, line: fault.line, column: fault.column, fault.message)
        }
        guard let given = try? JSONSerialization.jsonObject(with: json) as? [String: Any],
            let value = try? JSONDecoder().decode(JSONValue.self, from: json)
        else {
            throw TrainingError(file: file, "expected JSON, found something else")
        }
        if let (place, problem) = Self.fault(in: value, passing: !isStrict) {
            throw TrainingError(file: file, place: place, problem)
        }
        do {
            let merged = try JSONSerialization.data(withJSONObject: Self.merge(given, over: Recipe().jsonObject))
            do { self = try JSONDecoder().decode(Recipe.self, from: merged) } catch let error as DecodingError {
                throw TrainingError(file: file, place: error.place, error.problem(in: merged))
            }
        } catch let error as TrainingError {
            throw error
        } catch {
            throw TrainingError(file: file, "not a recipe: \(error.localizedDescription)")
        }
        if let (place, problem) = fault { throw TrainingError(file: file, place: place, problem) }
        if isStrict, let (place, problem) = idleKey(in: value) {
            throw TrainingError(file: file, place: place, problem)
        }
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

    /// `given` where it says something, `known` elsewhere.
    private static func merge(_ given: [String: Any], over known: [String: Any]) -> [String: Any] {
        known.merging(given) { old, new in
            guard let old = old as? [String: Any], let new = new as? [String: Any] else { return new }
            return merge(new, over: old)
        }
    }

    /// The first key whose value makes no sense, and what is wrong with it; nil when all is well.
    package var fault: (place: String, problem: String)? {
        guard let value else { return ("numbers", "expected finite ones") }
        if let wrong = Self.fault(in: value) { return wrong }
        if stepsPerEpoch.count != 2 || stepsPerEpoch[1] < stepsPerEpoch[0] {
            return ("steps_per_epoch", "expected [least, most], found \(stepsPerEpoch)")
        }
        if batch % chunk != 0 {
            return ("batch", "expected a multiple of chunk (\(chunk)), found \(batch)")
        }
        if let index = sources.firstIndex(where: { $0.kind == .folder && $0.path.isEmpty }) {
            return ("sources.\(index).path", "expected a folder, found none")
        }
        let most = SequenceAssembler.mostChunks
        if networks > 1, networks * (batch / chunk) > most {
            return ("networks", "expected at most \(most) chunks a step, found \(networks) times \(batch / chunk)")
        }
        return architecture(classes: 2).fault.map { ("network", $0) }
    }

    /// The network this recipe asks for.
    package func architecture(classes: Int) -> TemporalArchitecture {
        var architecture = TemporalArchitecture(
            inputChannels: MotionFeatures.channels, frames: sampling.frames, classes: classes, blocks: network.blocks,
            partition: network.partition, isAdaptive: network.adaptive,
            window: network.window ?? 1)
        // What is not there is not said, so that older files read the same.
        architecture.hasGraphPath = network.graphPath ? true : nil
        return architecture
    }
}
