// Kernels of convolution networks, one thread, no memory of their own.
//
// A picture lies in blocks of 16 channels: block by block, each a plane of height x width cells of 16 floats, the last
// block filled up with zeros. So a cell is one cache line, and a kernel reaches every cell of a tile at a constant
// distance from one pointer. A distance between blocks or rows is counted in floats.
//
// Weights of products lie in panels, one for each block of outputs: 16 floats, one an output, for each input.
// `inputs` is a multiple of 4: weights beyond the real ones are zero.
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum { laban_block = 16 };

// What happens to a sum before it is stored: a curve; then, where there is one, another picture added and a curve
// again. The other picture may have fewer channels: to those beyond it nothing is added.
// A curve clamps to low...high, then multiplies what is negative by its channel's slope, where there are slopes.
typedef struct {
    float low, high;
    const float *_Nullable slopes;
} laban_curve;

typedef struct {
    laban_curve first;
    const float *_Nullable addend;
    ptrdiff_t addend_block, addend_channels;
    laban_curve second;
} laban_epilogue;

// y = W x + bias for each cell: rows x width cells, in `blocks` blocks of outputs.
typedef struct {
    const float *_Nullable x;
    ptrdiff_t x_block, x_row;
    float *_Nullable y;
    ptrdiff_t y_block, y_row;
    const float *_Nullable weights;
    ptrdiff_t weights_block;
    const float *_Nullable bias;
    ptrdiff_t inputs, blocks, rows, width;
    // Whether the last block has 8 outputs or fewer; its weights then lie in its panel twice.
    bool has_half;
    // The sums start from what y holds instead of the bias; they are stored as they are, without the epilogue.
    bool continues, is_partial;
    // Whether to fetch what lies behind the weights in use into the cache meanwhile: the weights to be used next.
    bool fetches;
    laban_epilogue epilogue;
} laban_product;

// How a window slides: rows above and columns left of the picture count as absent.
typedef struct {
    ptrdiff_t kernel_height, kernel_width, stride_height, stride_width, dilation_height, dilation_width;
    ptrdiff_t above, left;
} laban_window;

// A convolution of a plain picture (height, width, channels); weights in panels over (row, column, channel) of the
// window.
typedef struct {
    const float *_Nullable x;
    ptrdiff_t height, width, channels;
    float *_Nullable y;
    ptrdiff_t y_block, y_row;
    ptrdiff_t result_height, result_width, blocks;
    laban_window window;
    const float *_Nullable weights;
    ptrdiff_t weights_block;
    const float *_Nullable bias;
    bool has_half;
    laban_epilogue epilogue;
    // As many lines as the window spans rows, each line_width floats, then one of zeros.
    float *_Nullable lines;
    ptrdiff_t line_width;
} laban_image;

// A depthwise convolution; before it a product that widens, a convolution of a plain picture or a copy; after it a
// product that narrows, or nothing. Worked off in strips of rows and chunks of blocks, so that what lies between the
// three never leaves the cache.
typedef struct {
    const float *_Nullable x;
    ptrdiff_t height, width;
    float *_Nullable y;
    ptrdiff_t result_height, result_width;
    laban_window window;
    // Depthwise: blocks, weights [block][tap][16], bias, curve.
    ptrdiff_t channels;
    const float *_Nullable taps;
    const float *_Nullable bias;
    laban_epilogue epilogue;
    // What comes before and after, without pictures; no weights where there is none.
    laban_product widening, narrowing;
    laban_image image;
    // The weights of both products lie chunk by chunk: from one chunk's to the next's.
    ptrdiff_t widening_chunk, narrowing_chunk;
    ptrdiff_t strip_rows, chunk_blocks;
    // Rows in the making: ring_rows rows, chunk_blocks blocks, ring_width cells, then one row of zeros.
    float *_Nullable ring;
    ptrdiff_t ring_rows, ring_width;
    // What the depthwise convolution makes of a strip: chunk_blocks x strip_rows x result_width cells.
    float *_Nullable strip;
} laban_separable;

typedef struct {
    const float *_Nullable x;
    ptrdiff_t height, width;
    float *_Nullable y;
    ptrdiff_t result_height, result_width, blocks;
    laban_window window;
    laban_epilogue epilogue;
} laban_pool;

// The two neighbours on one axis between which a result lies, and how near it is to the second, 0...1.
typedef struct {
    int first, second;
    float share;
} laban_between;

typedef struct {
    const float *_Nullable x;
    ptrdiff_t height, width;
    float *_Nullable y;
    ptrdiff_t result_height, result_width, blocks;
    const laban_between *_Nullable rows;
    const laban_between *_Nullable columns;
    laban_epilogue epilogue;
} laban_resize;

// Cells one by one: the epilogue alone.
typedef struct {
    const float *_Nullable x;
    float *_Nullable y;
    ptrdiff_t cells, blocks;
    laban_epilogue epilogue;
} laban_finish;

typedef struct {
    const float *_Nullable x;
    float *_Nullable y;
    ptrdiff_t cells, channels;
} laban_layout;

// The kernels compiled for one kind of processor.
typedef struct {
    void (*_Nonnull product)(const laban_product *_Nonnull);
    void (*_Nonnull separable)(const laban_separable *_Nonnull);
    void (*_Nonnull image)(const laban_image *_Nonnull);
    void (*_Nonnull pool)(const laban_pool *_Nonnull);
    void (*_Nonnull resize)(const laban_resize *_Nonnull);
    void (*_Nonnull finish)(const laban_finish *_Nonnull);
    // Mean over the cells of each channel: one cell.
    void (*_Nonnull mean)(const laban_layout *_Nonnull);
    // From (cells, channels) to blocks, and back.
    void (*_Nonnull to_blocks)(const laban_layout *_Nonnull);
    void (*_Nonnull to_plain)(const laban_layout *_Nonnull);
} laban_kernels;

typedef enum { laban_plain, laban_avx2, laban_avx512 } laban_processor;

// The kernels for a kind of processor; NULL where this processor is not of that kind.
const laban_kernels *_Nullable laban_kernels_for(laban_processor);
