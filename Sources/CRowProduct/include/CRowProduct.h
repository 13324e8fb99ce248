#pragma once
#include "RowLoops.h"

/// Instruction sets the kernels are compiled for; the higher, the wider.
enum {
    /// What every processor of this architecture has.
    laban_level_baseline = 0,
    /// AVX2 and FMA.
    laban_level_avx2 = 1,
    /// AVX-512F.
    laban_level_avx512 = 2,
};

/// The widest level this processor has.
int laban_best_level(void);

/// A matrix product over frames, where a frame is `joints` rows that lie `stride` floats apart:
///
///     target[frame][joint] = max(floors, bias[joint] + addend[frame][joint]
///                                + Σ_tap source[tap][frame][joint] · weights[tap])
///
/// Frames are given by pointer, so a convolution along time reads its taps where they lie (indirect convolution,
/// Dukhan 2019). Weights are packed: for each tap, for each 256 rows of depth, for each 32 columns (the last may be
/// 16), that block row by row.
typedef struct {
    long frames, joints;
    /// Columns of the result, a multiple of 16.
    long columns;
    long taps;
    /// For each tap: numbers in a row, and floats from one row to the next.
    const long *depths, *source_strides;
    /// (taps, frames).
    const float *const *sources;
    const float *weights;
    /// Rows of `columns`; `bias_stride` is 0 when all joints have the same.
    const float *bias;
    long bias_stride;
    /// (frames), or null for none.
    const float *const *addends;
    long addend_stride;
    /// (columns): 0 where the result is rectified, the least float where it is not.
    const float *floors;
    /// (frames).
    float *const *targets;
    long target_stride;
} laban_row_product;

/// Runs a product. No memory may be both source and target.
void laban_row_product_run(const laban_row_product *product, int level);

/// Rows gathered from the rows of each frame by fixed gains:
/// `target[frame][row] = Σ gains[i] · source[frame][origins[i]]` over `i` in `starts[row] ..< starts[row + 1]`.
typedef struct {
    long frames, rows;
    /// Numbers in a row, a multiple of 16.
    long channels;
    /// (rows + 1).
    const int *starts;
    const int *origins;
    const float *gains;
    /// (frames), rows `source_stride` floats apart.
    const float *const *sources;
    long source_stride;
    /// (frames, rows, channels).
    float *targets;
} laban_row_mix;

/// Runs a mix.
void laban_row_mix_run(const laban_row_mix *mix, int level);
