import ConeDNN

/// One processor and one queue of work for it: a network has its own, so networks never share anything.
final class OneDNNEngine {
    let engine: dnnl_engine_t
    let stream: dnnl_stream_t

    init() throws(OneDNNFailure) {
        Self.useOneThread()
        var engine: dnnl_engine_t?
        try check(dnnl_engine_create(&engine, dnnl_cpu, 0), "engine")
        var stream: dnnl_stream_t?
        try check(dnnl_stream_create(&stream, engine, dnnl_stream_default_flags.rawValue), "stream")
        self.engine = engine!
        self.stream = stream!
    }

    deinit {
        dnnl_stream_destroy(stream)
        dnnl_engine_destroy(engine)
    }

    /// Keeps oneDNN on the calling thread. The setting belongs to the thread, so it is made anew before each run.
    static func useOneThread() { omp_set_num_threads(1) }
}
