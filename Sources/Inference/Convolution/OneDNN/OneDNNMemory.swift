import ConeDNN

/// A place in memory with its layout. It owns the handle, never the numbers.
final class OneDNNMemory {
    let handle: dnnl_memory_t

    init(_ descriptor: OneDNNDescriptor, _ engine: OneDNNEngine, at data: UnsafeMutableRawPointer) throws(OneDNNFailure)
    {
        var handle: dnnl_memory_t?
        try check(laban_dnnl_memory(&handle, descriptor.handle, engine.engine, data), "memory")
        self.handle = handle!
    }

    deinit { dnnl_memory_destroy(handle) }
}
