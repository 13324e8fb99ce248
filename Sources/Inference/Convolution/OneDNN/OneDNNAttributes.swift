import ConeDNN

/// What a primitive does to its result before storing it, and where its scratch memory comes from (from us).
final class OneDNNAttributes {
    enum PostOperation {
        case relu
        case clamp(Float, Float)
        case logistic
        /// Adds what the destination held before.
        case accumulate
    }

    let handle: dnnl_primitive_attr_t

    init(_ operations: [PostOperation] = []) throws(OneDNNFailure) {
        var handle: dnnl_primitive_attr_t?
        try check(dnnl_primitive_attr_create(&handle), "attributes")
        self.handle = handle!
        try check(dnnl_primitive_attr_set_scratchpad_mode(handle, dnnl_scratchpad_mode_user), "scratchpad mode")
        var list: dnnl_post_ops_t?
        try check(dnnl_post_ops_create(&list), "post-operations")
        defer { dnnl_post_ops_destroy(list) }
        for operation in operations {
            let status =
                switch operation {
                case .relu: laban_dnnl_append_eltwise(list, dnnl_eltwise_relu, 0, 0)
                case .clamp(let low, let high): laban_dnnl_append_eltwise(list, dnnl_eltwise_clip, low, high)
                case .logistic: laban_dnnl_append_eltwise(list, dnnl_eltwise_logistic, 0, 0)
                case .accumulate: dnnl_post_ops_append_sum(list, 1)
                }
            try check(status, "post-operation")
        }
        try check(dnnl_primitive_attr_set_post_ops(handle, list), "post-operations")
    }

    deinit { dnnl_primitive_attr_destroy(handle) }
}
