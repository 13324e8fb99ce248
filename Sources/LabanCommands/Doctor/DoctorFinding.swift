/// What a check found out about one part of the machine.
struct DoctorFinding: Encodable, Equatable {
    enum State: String, Encodable {
        case ok
        /// Works, but worse than it could.
        case advice
        /// Something Laban needs is not there.
        case missing
    }

    /// The part, in a word or two.
    let part: String
    let state: State
    /// What is there, with its version or size.
    let found: String
    /// The command, or the one sentence, that mends it.
    let mend: String?

    static func ok(_ part: String, _ found: String) -> DoctorFinding {
        DoctorFinding(part: part, state: .ok, found: found, mend: nil)
    }

    static func advice(_ part: String, _ found: String, mend: String) -> DoctorFinding {
        DoctorFinding(part: part, state: .advice, found: found, mend: mend)
    }

    static func missing(_ part: String, _ found: String, mend: String) -> DoctorFinding {
        DoctorFinding(part: part, state: .missing, found: found, mend: mend)
    }
}
