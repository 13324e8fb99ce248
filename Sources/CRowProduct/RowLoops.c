#include "RowLoops.h"
#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>
#define EVERY_LEVEL __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define EVERY_LEVEL
#endif

// Lanes of a sum, and how many numbers go into one block of it.
#define LANES 32
#define BLOCK 2048

EVERY_LEVEL void laban_add(const float *restrict x, float *restrict y, long count) {
    for (long i = 0; i < count; i++) y[i] += x[i];
}

EVERY_LEVEL void laban_multiply(const float *restrict x, float *restrict y, long count) {
    for (long i = 0; i < count; i++) y[i] *= x[i];
}

EVERY_LEVEL void laban_affine(
    const float *x, float gain, float shift, const float *addend, float floor, float *y, long count) {
    if (addend) {
        for (long i = 0; i < count; i++) {
            float value = x[i] * gain + shift + addend[i];
            y[i] = value < floor ? floor : value;
        }
    } else {
        for (long i = 0; i < count; i++) {
            float value = x[i] * gain + shift;
            y[i] = value < floor ? floor : value;
        }
    }
}

EVERY_LEVEL void laban_rectify_gradient(float *restrict dy, const float *restrict y, long count) {
    for (long i = 0; i < count; i++) dy[i] = y[i] > 0 ? dy[i] : 0;
}

EVERY_LEVEL void laban_affine_gradient(
    float *restrict dy, float gain, const float *restrict x, float slope, float constant, long count) {
    for (long i = 0; i < count; i++) dy[i] = dy[i] * gain + x[i] * slope + constant;
}

// Each lane adds up its own numbers of a block, so that the compiler may keep them in vectors.
#define SUM(TERM)                                                            \
    double total = 0;                                                        \
    long whole = count / LANES * LANES;                                      \
    for (long first = 0; first < whole; first += BLOCK) {                    \
        long end = first + BLOCK < whole ? first + BLOCK : whole;            \
        float lanes[LANES] = {0};                                            \
        for (long at = first; at < end; at += LANES)                         \
            for (long lane = 0; lane < LANES; lane++) {                      \
                long i = at + lane;                                          \
                lanes[lane] += TERM;                                         \
            }                                                                \
        for (long lane = 0; lane < LANES; lane++) total += lanes[lane];      \
    }                                                                        \
    for (long i = whole; i < count; i++) total += TERM;                      \
    return total;

EVERY_LEVEL double laban_sum(const float *x, long count) { SUM(x[i]) }

EVERY_LEVEL double laban_sum_of_squares(const float *x, float mean, long count) {
    SUM((x[i] - mean) * (x[i] - mean))
}

EVERY_LEVEL double laban_sum_of_products(const float *x, float mean, const float *y, long count) {
    SUM((x[i] - mean) * y[i])
}

#ifdef __x86_64__

// A row of joints is one vector of 16 floats, the last ones masked away.
#define JOINTS 16
#define ROWS 8
#define WIDE __attribute__((target("avx512f")))

bool laban_mixes_joints(long joints) { return joints <= JOINTS && __builtin_cpu_supports("avx512f"); }

WIDE static inline __attribute__((always_inline)) void mix(
    const float *x, const __m512 *a, float *y, long rows, long joints, __mmask16 mask, bool adding) {
    __m512 sums[ROWS];
    for (long row = 0; row < rows; row++)
        sums[row] = adding ? _mm512_maskz_loadu_ps(mask, y + row * joints) : _mm512_setzero_ps();
    for (long joint = 0; joint < joints; joint++)
        for (long row = 0; row < rows; row++)
            sums[row] = _mm512_fmadd_ps(_mm512_set1_ps(x[row * joints + joint]), a[joint], sums[row]);
    for (long row = 0; row < rows; row++) _mm512_mask_storeu_ps(y + row * joints, mask, sums[row]);
}

WIDE void laban_mix_joints(const float *x, const float *a, float *y, long rows, long joints, bool adding) {
    __mmask16 mask = (__mmask16)((1 << joints) - 1);
    __m512 matrix[JOINTS];
    for (long joint = 0; joint < joints; joint++)
        matrix[joint] = _mm512_maskz_loadu_ps(mask, a + joint * joints);
    long row = 0;
    if (joints == JOINTS)
        for (; row + ROWS <= rows; row += ROWS)
            mix(x + row * JOINTS, matrix, y + row * JOINTS, ROWS, JOINTS, mask, adding);
    for (; row + ROWS <= rows; row += ROWS)
        mix(x + row * joints, matrix, y + row * joints, ROWS, joints, mask, adding);
    for (; row < rows; row++) mix(x + row * joints, matrix, y + row * joints, 1, joints, mask, adding);
}

WIDE static inline __attribute__((always_inline)) void add_outer_products(
    const float *x, const float *y, float *a, long rows, long joints, __mmask16 mask) {
    // Some rows at a time, so that a sum of many does not swallow the last ones.
    for (long first = 0; first < rows; first += BLOCK) {
        long end = first + BLOCK < rows ? first + BLOCK : rows;
        __m512 sums[JOINTS];
        for (long joint = 0; joint < joints; joint++) sums[joint] = _mm512_setzero_ps();
        for (long row = first; row < end; row++) {
            __m512 line = _mm512_maskz_loadu_ps(mask, y + row * joints);
            for (long joint = 0; joint < joints; joint++)
                sums[joint] = _mm512_fmadd_ps(_mm512_set1_ps(x[row * joints + joint]), line, sums[joint]);
        }
        for (long joint = 0; joint < joints; joint++) {
            float *target = a + joint * joints;
            _mm512_mask_storeu_ps(
                target, mask, _mm512_add_ps(_mm512_maskz_loadu_ps(mask, target), sums[joint]));
        }
    }
}

WIDE void laban_mix_joints_gradient(const float *x, const float *y, float *a, long rows, long joints) {
    __mmask16 mask = (__mmask16)((1 << joints) - 1);
    if (joints == JOINTS) {
        add_outer_products(x, y, a, rows, JOINTS, mask);
    } else {
        add_outer_products(x, y, a, rows, joints, mask);
    }
}

#else

bool laban_mixes_joints(long joints) { return false; }
void laban_mix_joints(const float *x, const float *a, float *y, long rows, long joints, bool adding) {}
void laban_mix_joints_gradient(const float *x, const float *y, float *a, long rows, long joints) {}

#endif
