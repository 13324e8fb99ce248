import ConeDNN

/// What oneDNN refused to do, to be told with the operator it was for.
struct OneDNNFailure: Error, CustomStringConvertible {
    let call: String
    let status: UInt32

    var description: String { "oneDNN refused: \(call), status \(status)" }
}

/// Turns a status other than success into an error.
func check(_ status: dnnl_status_t, _ call: String) throws(OneDNNFailure) {
    guard status == dnnl_success else { throw OneDNNFailure(call: call, status: status.rawValue) }
}
