import ArgumentParser

/// `laban doctor`: what is missing on this machine, and how to mend it.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what is missing on this machine, and the command that mends it.",
        discussion: """
            Looks at the processor, the libraries, the models, the gesture files and the places that Laban writes to. \
            'missing' is something Laban needs; 'advice' works, but could be better. Exits 1 when something is missing.

            When laban does not start at all, run 'sh .scripts/doctor': it checks the system packages without it.

            Examples:
              laban doctor
              laban doctor --json | jq -r 'select(.state == "missing").mend'
            """)

    @Flag(help: "Print one JSON object a part, and nothing else.")
    var json = false

    func run() throws {
        let findings = DoctorCheck.all.flatMap { $0.findings() }
        if json {
            for finding in findings { try StandardOutput.print(JSONLine.text(finding)) }
        } else {
            try show(findings)
        }
        if findings.contains(where: { $0.state == .missing }) { throw ExitCode(1) }
    }

    private func show(_ findings: [DoctorFinding]) throws {
        var table = TextTable([("PART", .left), ("STATE", .left), ("FOUND", .left), ("MEND IT WITH", .left)])
        for finding in findings {
            table.append([finding.part, finding.state.rawValue, finding.found, finding.mend ?? ""])
        }
        try StandardOutput.print(table.text, terminator: "")
        let missing = findings.count { $0.state == .missing }
        try StandardOutput.print(
            missing == 0 ? "Everything Laban needs is here." : "\(missing) of \(findings.count) parts missing.")
    }
}
