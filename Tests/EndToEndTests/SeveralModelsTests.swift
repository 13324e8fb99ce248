import Foundation
import TestSupport
import Testing

@Suite("Several action models")
struct SeveralModelsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func copyModel(_ name: String) throws -> String {
        let place = folder.file(name)
        try FileManager.default.copyItem(at: LabanProcess.checkout.appending(path: "Models/everyday"), to: place)
        let manifest = place.appending(path: "model.json")
        try String(contentsOf: manifest, encoding: .utf8)
            .replacingOccurrences(of: #""name" : "everyday""#, with: "\"name\" : \"\(name)\"")
            .write(to: manifest, atomically: true, encoding: .utf8)
        return place.path
    }

    @Test("two models of one run judge on their own, and every action says whose it is")
    func run() throws {
        let twin = try copyModel("twin")
        let history = folder.file("laban.db").path
        let input = LabanProcess.fixture("workout.truth.jsonl")
        let alone = try LabanProcess.run("run", input, "--json")
        let both = try LabanProcess.run(
            "run", input, "--json", "--model", "everyday", "--model", twin, "--history", history)
        #expect(both.status == 0, "\(both.errors)")
        let actions = try EventLines(both.output).of("laban.action")
        func of(_ model: String) -> [[String: Any]] {
            actions.filter { ($0["model"] as? String)?.hasPrefix(model) == true }
        }
        let expected = try EventLines(alone.output).of("laban.action").map { "\($0["label"]!) \($0["pts_us"]!)" }
        #expect(!expected.isEmpty)
        for model in ["everyday@", "twin@"] {
            #expect(of(model).map { "\($0["label"]!) \($0["pts_us"]!)" } == expected)
        }
        let begins = actions.filter { $0["phase"] as? String == "begin" }.compactMap { $0["id"] as? String }
        let ends = actions.filter { $0["phase"] as? String == "end" }.compactMap { $0["id"] as? String }
        #expect(Set(begins).count == begins.count && Set(begins) == Set(ends))

        let asked = try LabanProcess.run("history", "actions", "--history", history)
        #expect(asked.output.contains("model") && asked.output.contains("twin@"))
        let text = try LabanProcess.run("run", input, "--model", "everyday", "--model", twin)
        #expect(text.output.contains("by twin@") && text.output.contains("by everyday@"))
    }

    @Test("one model twice, and a model beside none, are refused")
    func usage() throws {
        let input = LabanProcess.fixture("workout.truth.jsonl")
        for models in [["everyday", "everyday"], ["everyday", "none"]] {
            let result = try LabanProcess(["run", input] + models.flatMap { ["--model", $0] }).wait()
            #expect(result.status == 2)
            #expect(result.errors.contains("--model: expected"))
        }
    }

    @Test("two folders with the same model are refused, both named, in a run and in settings")
    func copies() throws {
        let twin = try copyModel("twin")
        let other = folder.file("other").path
        try FileManager.default.copyItem(atPath: twin, toPath: other)
        let input = LabanProcess.fixture("workout.truth.jsonl")
        let run = try LabanProcess.run("run", input, "--json", "--model", twin, "--model", other)
        #expect(run.status == 2 && run.output.isEmpty)
        let settings = folder.file("laban.yaml")
        try "models: [./twin, ./other]\ncameras: {a: {input: \(input)}}\n"
            .write(to: settings, atomically: true, encoding: .utf8)
        let check = try LabanProcess.run("serve", "--config", settings.path, "--check")
        #expect(check.status == 2 && check.errors.contains("laban.yaml:1:18: "), "\(check.errors)")
        for said in [run.errors, check.errors] {
            #expect(said.contains("expected models that events can tell apart, found twin@"), "\(said)")
            #expect(said.contains("/twin") && said.contains("/other"), "\(said)")
        }
    }

    @Test("settings name models for all cameras and for one; what is wrong with a model is said of its place there")
    func settings() throws {
        let twin = try copyModel("twin")
        let file = folder.file("laban.yaml")
        func check(_ text: String) throws -> CommandResult {
            try text.write(to: file, atomically: true, encoding: .utf8)
            return try LabanProcess.run("serve", "--config", file.path, "--check")
        }
        let input = LabanProcess.fixture("workout.truth.jsonl")
        let good = try check(
            "models: [everyday, ./twin]\ncameras:\n  a: {input: \(input)}\n  b: {input: \(input), model: none}\n")
        #expect(good.status == 0, "\(good.errors)")
        for (text, expected) in [
            ("model: everyday\nmodels: [everyday]\n", "laban.yaml:2:9: expected 'model' or 'models', found both"),
            ("models: everyday\n", "laban.yaml:1:9: expected a list with entries"),
            ("models: []\n", "laban.yaml:1:9: expected a list with entries"),
            ("models: [everyday, everyday]\n", "laban.yaml:1:20: expected each model once"),
            ("models: [everyday, none]\n", "laban.yaml:1:20: expected a model"),
            ("models: [everyday, nobody]\n", "laban.yaml:1:20: model 'nobody': "),
        ] {
            let result = try check(text + "cameras: {a: {input: \(input)}}\n")
            #expect(result.status == 2)
            #expect(result.errors.contains(expected), "\(result.errors)")
        }
        try Data("{".utf8).write(to: URL(filePath: twin + "/model.json"))
        let broken = try check("cameras:\n  a:\n    input: \(input)\n    models:\n      - everyday\n      - ./twin\n")
        #expect(broken.status == 2)
        #expect(broken.errors.contains("laban.yaml:6:9: model '") && broken.errors.contains("twin/model.json"))
    }

    @Test("hostile models end every command that reads them with code 2, and nothing steers the screen")
    func hostile() throws {
        let model = try copyModel("evil")
        let manifest = URL(filePath: model + "/model.json")
        let weights = URL(filePath: model + "/weights.safetensors")
        let input = LabanProcess.fixture("workout.truth.jsonl")
        let good = try String(contentsOf: manifest, encoding: .utf8)
        func expectRefused(_ what: String) throws {
            for arguments in [["run", input, "--model", model], ["evaluate", model, folder.url.path]] {
                let result = try LabanProcess(arguments).wait()
                #expect(result.status == 2, "\(what), \(arguments[0]): \(result.status) \(result.errors)")
                #expect(!result.errors.contains("\u{1B}"))
            }
        }
        for text in [
            good.replacingOccurrences(of: "\"squat\"", with: "\"\\u001b[2Jsquat\""),
            good.replacingOccurrences(of: #""kind""#, with: #""kind2""#).replacingOccurrences(
                of: "{", with: #"{"kind":"network","#),
            String(repeating: "[", count: 1 << 20), "",
        ] {
            try text.write(to: manifest, atomically: true, encoding: .utf8)
            try expectRefused("\(text.prefix(60))")
        }
        try good.write(to: manifest, atomically: true, encoding: .utf8)
        for link in ["/dev/zero", "/dev/urandom", "/"] {
            try FileManager.default.removeItem(at: weights)
            try FileManager.default.createSymbolicLink(atPath: weights.path, withDestinationPath: link)
            try expectRefused(link)
        }
    }
}
