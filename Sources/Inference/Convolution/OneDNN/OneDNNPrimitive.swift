import ConeDNN

/// A primitive bound to its memory, ready to run any number of times.
final class OneDNNPrimitive {
    private let handle: dnnl_primitive_t
    private let engine: OneDNNEngine
    private let memories: [OneDNNMemory]
    private let arguments: UnsafeMutableBufferPointer<dnnl_exec_arg_t>

    init(
        owning handle: dnnl_primitive_t, _ engine: OneDNNEngine, _ arguments: [(code: Int32, memory: OneDNNMemory)]
    ) {
        self.handle = handle
        self.engine = engine
        memories = arguments.map(\.memory)
        self.arguments = .allocate(capacity: arguments.count)
        for (i, argument) in arguments.enumerated() {
            self.arguments.initializeElement(
                at: i, to: dnnl_exec_arg_t(arg: argument.code, memory: argument.memory.handle))
        }
    }

    deinit {
        dnnl_primitive_destroy(handle)
        arguments.deallocate()
    }

    func run() {
        let status = dnnl_primitive_execute(handle, engine.stream, Int32(arguments.count), arguments.baseAddress)
        precondition(status == dnnl_success, "a planned oneDNN primitive refused to run")
    }
}
