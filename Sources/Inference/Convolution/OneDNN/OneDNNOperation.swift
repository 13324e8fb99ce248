import ConeDNN

/// A primitive that oneDNN has agreed to: its implementation and layouts are known, its memory is not yet.
final class OneDNNOperation {
    /// What an argument of a primitive is.
    enum Argument {
        case source, secondSource, weights, bias, destination, scratchpad

        fileprivate var code: Int32 {
            switch self {
            case .source: DNNL_ARG_SRC
            case .secondSource: DNNL_ARG_SRC_1
            case .weights: DNNL_ARG_WEIGHTS
            case .bias: DNNL_ARG_BIAS
            case .destination: DNNL_ARG_DST
            case .scratchpad: DNNL_ARG_SCRATCHPAD
            }
        }
    }

    private let handle: dnnl_primitive_desc_t

    private init(
        _ call: String, _ make: (inout dnnl_primitive_desc_t?) -> dnnl_status_t
    ) throws(OneDNNFailure) {
        var made: dnnl_primitive_desc_t?
        try check(make(&made), call)
        handle = made!
    }

    deinit { dnnl_primitive_desc_destroy(handle) }

    static func convolution(
        _ engine: OneDNNEngine, source: OneDNNDescriptor, weights: OneDNNDescriptor, bias: OneDNNDescriptor,
        destination: OneDNNDescriptor, window: Window, attributes: OneDNNAttributes
    ) throws(OneDNNFailure) -> OneDNNOperation {
        try OneDNNOperation("convolution") {
            laban_dnnl_convolution(
                &$0, engine.engine, source.handle, weights.handle, bias.handle, destination.handle,
                window.stride.pair, Extent(window.dilation.height - 1, window.dilation.width - 1).pair,
                window.before.pair, window.after.pair, attributes.handle)
        }
    }

    static func maxPool(
        _ engine: OneDNNEngine, source: OneDNNDescriptor, destination: OneDNNDescriptor, window: Window,
        attributes: OneDNNAttributes
    ) throws(OneDNNFailure) -> OneDNNOperation {
        try pool(dnnl_pooling_max, engine, source, destination, window, attributes)
    }

    static func mean(
        _ engine: OneDNNEngine, source: OneDNNDescriptor, destination: OneDNNDescriptor, over extent: Extent,
        attributes: OneDNNAttributes
    ) throws(OneDNNFailure) -> OneDNNOperation {
        let window = Window(kernel: extent)
        return try pool(dnnl_pooling_avg_exclude_padding, engine, source, destination, window, attributes)
    }

    private static func pool(
        _ kind: dnnl_alg_kind_t, _ engine: OneDNNEngine, _ source: OneDNNDescriptor, _ destination: OneDNNDescriptor,
        _ window: Window, _ attributes: OneDNNAttributes
    ) throws(OneDNNFailure) -> OneDNNOperation {
        try OneDNNOperation("pooling") {
            laban_dnnl_pooling(
                &$0, engine.engine, kind, source.handle, destination.handle, window.stride.pair, window.kernel.pair,
                window.before.pair, window.after.pair, attributes.handle)
        }
    }

    static func resize(
        _ engine: OneDNNEngine, source: OneDNNDescriptor, destination: OneDNNDescriptor, attributes: OneDNNAttributes
    ) throws(OneDNNFailure) -> OneDNNOperation {
        try OneDNNOperation("resampling") {
            laban_dnnl_resampling(&$0, engine.engine, source.handle, destination.handle, attributes.handle)
        }
    }

    static func addition(
        _ engine: OneDNNEngine, first: OneDNNDescriptor, second: OneDNNDescriptor, destination: OneDNNDescriptor,
        attributes: OneDNNAttributes
    ) throws(OneDNNFailure) -> OneDNNOperation {
        try OneDNNOperation("addition") {
            laban_dnnl_addition(
                &$0, engine.engine, first.handle, second.handle, destination.handle, attributes.handle)
        }
    }

    static func activation(
        _ activation: Activation, _ engine: OneDNNEngine, data: OneDNNDescriptor, attributes: OneDNNAttributes
    ) throws(OneDNNFailure) -> OneDNNOperation {
        let (kind, beta): (dnnl_alg_kind_t, Float) =
            switch activation {
            case .relu: (dnnl_eltwise_relu, 0)
            case .relu6: (dnnl_eltwise_clip, 6)
            case .logistic: (dnnl_eltwise_logistic, 0)
            }
        return try OneDNNOperation("activation") {
            laban_dnnl_eltwise(&$0, engine.engine, kind, data.handle, 0, beta, attributes.handle)
        }
    }

    static func prelu(
        _ engine: OneDNNEngine, data: OneDNNDescriptor, slopes: OneDNNDescriptor, attributes: OneDNNAttributes
    ) throws(OneDNNFailure) -> OneDNNOperation {
        try OneDNNOperation("prelu") {
            laban_dnnl_prelu(&$0, engine.engine, data.handle, slopes.handle, attributes.handle)
        }
    }

    static func reorder(
        _ engine: OneDNNEngine, source: OneDNNDescriptor, destination: OneDNNDescriptor, attributes: OneDNNAttributes
    ) throws(OneDNNFailure) -> OneDNNOperation {
        try OneDNNOperation("reorder") {
            laban_dnnl_reorder(&$0, engine.engine, source.handle, destination.handle, attributes.handle)
        }
    }

    /// The implementation's name, such as `jit:avx512_core`.
    var implementation: String { String(cString: laban_dnnl_implementation(handle)) }
    /// Whether oneDNN only has its slow, plain code for this.
    var isSlow: Bool { implementation.hasPrefix("ref") || implementation.hasPrefix("simple") }

    var source: OneDNNDescriptor? { OneDNNDescriptor(handle, dnnl_query_src_md) }
    var weights: OneDNNDescriptor? { OneDNNDescriptor(handle, dnnl_query_weights_md) }
    var destination: OneDNNDescriptor? { OneDNNDescriptor(handle, dnnl_query_dst_md) }
    /// Memory that the primitive wants for itself while it runs; nil where it wants none.
    var scratchpad: OneDNNDescriptor? {
        guard let descriptor = OneDNNDescriptor(handle, dnnl_query_scratchpad_md), descriptor.bytes > 0 else {
            return nil
        }
        return descriptor
    }

    /// The runnable primitive, with its memory.
    func primitive(
        _ engine: OneDNNEngine, _ arguments: [(Argument, OneDNNMemory)]
    ) throws(OneDNNFailure) -> OneDNNPrimitive {
        var made: dnnl_primitive_t?
        try check(dnnl_primitive_create(&made, handle), "primitive")
        return OneDNNPrimitive(owning: made!, engine, arguments.map { ($0.code, $1) })
    }
}

extension Extent {
    fileprivate var pair: [Int64] { [Int64(height), Int64(width)] }
}
