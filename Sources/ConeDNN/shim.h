// One face for oneDNN 2.x and 3.x: where their C interfaces differ, a laban_dnnl_ function hides it.
#pragma once
#include <dnnl.h>
#include <stdlib.h>
#include <string.h>

// From the OpenMP run time that oneDNN is built on; how many threads the calling thread may use.
void omp_set_num_threads(int count);

// A memory descriptor is a struct in 2.x and a handle in 3.x; here it is always a pointer that the caller frees.
typedef struct laban_dnnl_descriptor laban_dnnl_descriptor;

#if DNNL_VERSION_MAJOR >= 3
typedef dnnl_memory_desc_t laban_dnnl_native;
#else
typedef dnnl_memory_desc_t *laban_dnnl_native;
#endif

static inline laban_dnnl_native laban_dnnl_unwrap(const laban_dnnl_descriptor *descriptor) {
    return (laban_dnnl_native)descriptor;
}

// A null `strides` leaves the layout to oneDNN.
static inline laban_dnnl_descriptor *laban_dnnl_descriptor_create(
    int count, const int64_t *dimensions, const int64_t *strides) {
    dnnl_dims_t dims, steps;
    if (count < 1 || count > DNNL_MAX_NDIMS) return NULL;
    for (int i = 0; i < count; i++) {
        dims[i] = dimensions[i];
        steps[i] = strides ? strides[i] : 0;
    }
#if DNNL_VERSION_MAJOR >= 3
    dnnl_memory_desc_t made = NULL;
    dnnl_status_t status = strides
        ? dnnl_memory_desc_create_with_strides(&made, count, dims, dnnl_f32, steps)
        : dnnl_memory_desc_create_with_tag(&made, count, dims, dnnl_f32, dnnl_format_tag_any);
    return status == dnnl_success ? (laban_dnnl_descriptor *)made : NULL;
#else
    dnnl_memory_desc_t *made = (dnnl_memory_desc_t *)calloc(1, sizeof *made);
    if (!made) return NULL;
    dnnl_status_t status = strides
        ? dnnl_memory_desc_init_by_strides(made, count, dims, dnnl_f32, steps)
        : dnnl_memory_desc_init_by_tag(made, count, dims, dnnl_f32, dnnl_format_tag_any);
    if (status == dnnl_success) return (laban_dnnl_descriptor *)made;
    free(made);
    return NULL;
#endif
}

static inline void laban_dnnl_descriptor_free(laban_dnnl_descriptor *descriptor) {
#if DNNL_VERSION_MAJOR >= 3
    dnnl_memory_desc_destroy(laban_dnnl_unwrap(descriptor));
#else
    free(descriptor);
#endif
}

static inline size_t laban_dnnl_descriptor_bytes(const laban_dnnl_descriptor *descriptor) {
    return dnnl_memory_desc_get_size(laban_dnnl_unwrap(descriptor));
}

static inline int laban_dnnl_descriptor_equal(const laban_dnnl_descriptor *a, const laban_dnnl_descriptor *b) {
    return dnnl_memory_desc_equal(laban_dnnl_unwrap(a), laban_dnnl_unwrap(b));
}

// A copy of one of the layouts a primitive has settled on; null where it has none.
static inline laban_dnnl_descriptor *laban_dnnl_query(const_dnnl_primitive_desc_t primitive, dnnl_query_t what) {
#if DNNL_VERSION_MAJOR >= 3
    dnnl_memory_desc_t copy = NULL;
    const_dnnl_memory_desc_t found = dnnl_primitive_desc_query_md(primitive, what, 0);
    return found && dnnl_memory_desc_clone(&copy, found) == dnnl_success ? (laban_dnnl_descriptor *)copy : NULL;
#else
    const dnnl_memory_desc_t *found = dnnl_primitive_desc_query_md(primitive, what, 0);
    dnnl_memory_desc_t *copy = found ? (dnnl_memory_desc_t *)malloc(sizeof *copy) : NULL;
    if (copy) memcpy(copy, found, sizeof *copy);
    return (laban_dnnl_descriptor *)copy;
#endif
}

static inline const char *laban_dnnl_implementation(const_dnnl_primitive_desc_t primitive) {
    const char *name = NULL;
    dnnl_primitive_desc_query(primitive, dnnl_query_impl_info_str, 0, &name);
    return name ? name : "";
}

static inline dnnl_status_t laban_dnnl_memory(
    dnnl_memory_t *memory, const laban_dnnl_descriptor *descriptor, dnnl_engine_t engine, void *data) {
    return dnnl_memory_create(memory, laban_dnnl_unwrap(descriptor), engine, data);
}

static inline dnnl_status_t laban_dnnl_append_eltwise(
    dnnl_post_ops_t operations, dnnl_alg_kind_t kind, float alpha, float beta) {
#if DNNL_VERSION_MAJOR >= 3
    return dnnl_post_ops_append_eltwise(operations, kind, alpha, beta);
#else
    return dnnl_post_ops_append_eltwise(operations, 1, kind, alpha, beta);
#endif
}

static inline dnnl_status_t laban_dnnl_convolution(
    dnnl_primitive_desc_t *made, dnnl_engine_t engine, const laban_dnnl_descriptor *source,
    const laban_dnnl_descriptor *weights, const laban_dnnl_descriptor *bias, const laban_dnnl_descriptor *destination,
    const int64_t strides[2], const int64_t dilations[2], const int64_t before[2], const int64_t after[2],
    const_dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
    return dnnl_convolution_forward_primitive_desc_create(
        made, engine, dnnl_forward_inference, dnnl_convolution_direct, laban_dnnl_unwrap(source),
        laban_dnnl_unwrap(weights), laban_dnnl_unwrap(bias), laban_dnnl_unwrap(destination), strides, dilations,
        before, after, attributes);
#else
    dnnl_convolution_desc_t wanted;
    dnnl_status_t status = dnnl_dilated_convolution_forward_desc_init(
        &wanted, dnnl_forward_inference, dnnl_convolution_direct, laban_dnnl_unwrap(source),
        laban_dnnl_unwrap(weights), laban_dnnl_unwrap(bias), laban_dnnl_unwrap(destination), strides, dilations,
        before, after);
    return status == dnnl_success ? dnnl_primitive_desc_create(made, &wanted, attributes, engine, NULL) : status;
#endif
}

static inline dnnl_status_t laban_dnnl_pooling(
    dnnl_primitive_desc_t *made, dnnl_engine_t engine, dnnl_alg_kind_t kind, const laban_dnnl_descriptor *source,
    const laban_dnnl_descriptor *destination, const int64_t strides[2], const int64_t kernel[2],
    const int64_t before[2], const int64_t after[2], const_dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
    const dnnl_dims_t dense = {0};
    return dnnl_pooling_forward_primitive_desc_create(
        made, engine, dnnl_forward_inference, kind, laban_dnnl_unwrap(source), laban_dnnl_unwrap(destination),
        strides, kernel, dense, before, after, attributes);
#else
    dnnl_pooling_desc_t wanted;
    dnnl_status_t status = dnnl_pooling_forward_desc_init(
        &wanted, dnnl_forward_inference, kind, laban_dnnl_unwrap(source), laban_dnnl_unwrap(destination), strides,
        kernel, before, after);
    return status == dnnl_success ? dnnl_primitive_desc_create(made, &wanted, attributes, engine, NULL) : status;
#endif
}

static inline dnnl_status_t laban_dnnl_resampling(
    dnnl_primitive_desc_t *made, dnnl_engine_t engine, const laban_dnnl_descriptor *source,
    const laban_dnnl_descriptor *destination, const_dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
    return dnnl_resampling_forward_primitive_desc_create(
        made, engine, dnnl_forward_inference, dnnl_resampling_linear, NULL, laban_dnnl_unwrap(source),
        laban_dnnl_unwrap(destination), attributes);
#else
    dnnl_resampling_desc_t wanted;
    dnnl_status_t status = dnnl_resampling_forward_desc_init(
        &wanted, dnnl_forward_inference, dnnl_resampling_linear, NULL, laban_dnnl_unwrap(source),
        laban_dnnl_unwrap(destination));
    return status == dnnl_success ? dnnl_primitive_desc_create(made, &wanted, attributes, engine, NULL) : status;
#endif
}

static inline dnnl_status_t laban_dnnl_addition(
    dnnl_primitive_desc_t *made, dnnl_engine_t engine, const laban_dnnl_descriptor *first,
    const laban_dnnl_descriptor *second, const laban_dnnl_descriptor *destination,
    const_dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
    return dnnl_binary_primitive_desc_create(
        made, engine, dnnl_binary_add, laban_dnnl_unwrap(first), laban_dnnl_unwrap(second),
        laban_dnnl_unwrap(destination), attributes);
#else
    dnnl_binary_desc_t wanted;
    dnnl_status_t status = dnnl_binary_desc_init(
        &wanted, dnnl_binary_add, laban_dnnl_unwrap(first), laban_dnnl_unwrap(second),
        laban_dnnl_unwrap(destination));
    return status == dnnl_success ? dnnl_primitive_desc_create(made, &wanted, attributes, engine, NULL) : status;
#endif
}

static inline dnnl_status_t laban_dnnl_eltwise(
    dnnl_primitive_desc_t *made, dnnl_engine_t engine, dnnl_alg_kind_t kind, const laban_dnnl_descriptor *data,
    float alpha, float beta, const_dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
    return dnnl_eltwise_forward_primitive_desc_create(
        made, engine, dnnl_forward_inference, kind, laban_dnnl_unwrap(data), laban_dnnl_unwrap(data), alpha, beta,
        attributes);
#else
    dnnl_eltwise_desc_t wanted;
    dnnl_status_t status = dnnl_eltwise_forward_desc_init(
        &wanted, dnnl_forward_inference, kind, laban_dnnl_unwrap(data), alpha, beta);
    return status == dnnl_success ? dnnl_primitive_desc_create(made, &wanted, attributes, engine, NULL) : status;
#endif
}

static inline dnnl_status_t laban_dnnl_prelu(
    dnnl_primitive_desc_t *made, dnnl_engine_t engine, const laban_dnnl_descriptor *data,
    const laban_dnnl_descriptor *slopes, const_dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
    return dnnl_prelu_forward_primitive_desc_create(
        made, engine, dnnl_forward_inference, laban_dnnl_unwrap(data), laban_dnnl_unwrap(slopes),
        laban_dnnl_unwrap(data), attributes);
#else
    dnnl_prelu_desc_t wanted;
    dnnl_status_t status = dnnl_prelu_forward_desc_init(
        &wanted, dnnl_forward_inference, laban_dnnl_unwrap(data), laban_dnnl_unwrap(slopes));
    return status == dnnl_success ? dnnl_primitive_desc_create(made, &wanted, attributes, engine, NULL) : status;
#endif
}

static inline dnnl_status_t laban_dnnl_reorder(
    dnnl_primitive_desc_t *made, dnnl_engine_t engine, const laban_dnnl_descriptor *source,
    const laban_dnnl_descriptor *destination, const_dnnl_primitive_attr_t attributes) {
    return dnnl_reorder_primitive_desc_create(
        made, laban_dnnl_unwrap(source), engine, laban_dnnl_unwrap(destination), engine, attributes);
}
