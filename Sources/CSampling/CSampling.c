#include "CSampling.h"

static inline uint8_t byte(float value) { return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value); }

/// Written so that compilers make vectors of it, for whatever processor it is inlined for.
__attribute__((always_inline)) static inline void convert_row(
    const struct laban_planes *p, int32_t row, uint8_t *restrict output) {
    enum { block = 64 };
    const uint8_t *luma = p->luma + (intptr_t)row * p->luma_stride;
    const intptr_t chroma = (intptr_t)(row >> p->row_shift) * p->chroma_stride;
    uint8_t cbs[block], crs[block];
    for (int32_t start = 0; start < p->width; start += block) {
        const int32_t count = p->width - start < block ? p->width - start : block;
        const uint8_t *cb = p->cb + chroma + (start >> p->column_shift);
        const uint8_t *cr = p->cr + chroma + (start >> p->column_shift);
        if (p->column_shift == 1) {
            // The case of nearly all videos, without a shift for each value.
            for (int32_t i = 0; i < (count + 1) / 2; i++) {
                cbs[2 * i] = cbs[2 * i + 1] = cb[i];
                crs[2 * i] = crs[2 * i + 1] = cr[i];
            }
        } else {
            for (int32_t i = 0; i < count; i++) {
                cbs[i] = cb[i >> p->column_shift];
                crs[i] = cr[i >> p->column_shift];
            }
        }
        uint8_t *pixels = output + 3 * (intptr_t)start;
        const float red_offset = p->red_offset + 0.5f, green_offset = p->green_offset + 0.5f;
        const float blue_offset = p->blue_offset + 0.5f;
        for (int32_t i = 0; i < count; i++) {
            const float bright = p->luma_gain * luma[start + i];
            pixels[3 * i] = byte(bright + p->red_from_cr * crs[i] + red_offset);
            pixels[3 * i + 1] = byte(bright + p->green_from_cb * cbs[i] + p->green_from_cr * crs[i] + green_offset);
            pixels[3 * i + 2] = byte(bright + p->blue_from_cb * cbs[i] + blue_offset);
        }
    }
}

#if defined(__x86_64__)
#include <immintrin.h>
#define LABAN_AVX2 __attribute__((target("avx2,fma")))

LABAN_AVX2 static void convert_row_with_vectors(const struct laban_planes *planes, int32_t row, uint8_t *output) {
    convert_row(planes, row, output);
}

void laban_convert_row(const struct laban_planes *planes, int32_t row, uint8_t *output) {
    if (laban_can_sample_planes()) convert_row_with_vectors(planes, row, output);
    else convert_row(planes, row, output);
}

bool laban_can_sample_planes(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

/// Where eight samples lie: the nearest value up and to the left, and how far beyond it, in values.
struct places {
    __m256i left, top;
    __m256 right, down;
};

LABAN_AVX2 static inline struct places places_at(__m256 x, __m256 y, __m256 last_x, __m256 last_y) {
    const __m256 zero = _mm256_setzero_ps(), one = _mm256_set1_ps(1);
    struct places at;
    x = _mm256_min_ps(_mm256_max_ps(x, zero), last_x);
    y = _mm256_min_ps(_mm256_max_ps(y, zero), last_y);
    // The last value is reached from the one before it, so that there always is a neighbour.
    const __m256 left = _mm256_min_ps(_mm256_floor_ps(x), _mm256_sub_ps(last_x, one));
    const __m256 top = _mm256_min_ps(_mm256_floor_ps(y), _mm256_sub_ps(last_y, one));
    at.left = _mm256_cvttps_epi32(left);
    at.top = _mm256_cvttps_epi32(top);
    at.right = _mm256_sub_ps(x, left);
    at.down = _mm256_sub_ps(y, top);
    return at;
}

LABAN_AVX2 static inline __m256 mix(__m256 a, __m256 b, __m256 share) {
    return _mm256_fmadd_ps(share, _mm256_sub_ps(b, a), a);
}

/// A plane's values at eight offsets, mixed with their right neighbours.
LABAN_AVX2 static inline __m256 across(const uint8_t *plane, __m256i offset, __m256 right) {
    const __m256i low = _mm256_set1_epi32(255);
    const __m256i four = _mm256_i32gather_epi32((const int *)plane, offset, 1);
    const __m256 a = _mm256_cvtepi32_ps(_mm256_and_si256(four, low));
    const __m256 b = _mm256_cvtepi32_ps(_mm256_and_si256(_mm256_srli_epi32(four, 8), low));
    return mix(a, b, right);
}

/// Writes r0 g0 b0 r1 g1 b1 … r7 g7 b7.
LABAN_AVX2 static inline void store(float *output, __m256 r, __m256 g, __m256 b) {
    const __m256 rg_low = _mm256_unpacklo_ps(r, g), rg_high = _mm256_unpackhi_ps(r, g);
    const __m256 br = _mm256_shuffle_ps(b, r, _MM_SHUFFLE(1, 1, 0, 0));
    const __m256 gb = _mm256_shuffle_ps(g, b, _MM_SHUFFLE(1, 1, 1, 1));
    const __m256 brg = _mm256_shuffle_ps(b, rg_high, _MM_SHUFFLE(3, 2, 3, 2));
    const __m256 first = _mm256_shuffle_ps(rg_low, br, _MM_SHUFFLE(2, 0, 1, 0));
    const __m256 second = _mm256_shuffle_ps(gb, rg_high, _MM_SHUFFLE(1, 0, 2, 0));
    const __m256 third = _mm256_shuffle_ps(brg, brg, _MM_SHUFFLE(1, 3, 2, 0));
    _mm256_storeu_ps(output, _mm256_permute2f128_ps(first, second, 0x20));
    _mm256_storeu_ps(output + 8, _mm256_permute2f128_ps(third, first, 0x30));
    _mm256_storeu_ps(output + 16, _mm256_permute2f128_ps(second, third, 0x31));
}

LABAN_AVX2 void laban_sample_planes(
    const struct laban_planes *p, float x, float y, float step_x, float step_y, int32_t first, int32_t count,
    float *output) {
    const __m256 last_x = _mm256_set1_ps((float)(p->width - 1)), last_y = _mm256_set1_ps((float)(p->height - 1));
    const __m256i luma_stride = _mm256_set1_epi32(p->luma_stride);
    const __m256i chroma_stride = _mm256_set1_epi32(p->chroma_stride);
    const __m256i block_end = _mm256_set1_epi32((1 << p->column_shift) - 1);
    const __m128i column_shift = _mm_cvtsi32_si128(p->column_shift), row_shift = _mm_cvtsi32_si128(p->row_shift);
    const __m256 lowest = _mm256_set1_ps(p->lowest), highest = _mm256_set1_ps(p->highest);
    const __m256 lanes = _mm256_setr_ps(0, 1, 2, 3, 4, 5, 6, 7);

    for (int32_t done = 0; done < count;) {
        // The last eight may overlap those before.
        const int32_t at = done + 8 <= count ? done : count - 8;
        done = at + 8;
        const __m256 index = _mm256_add_ps(_mm256_set1_ps((float)(first + at)), lanes);
        const struct places place = places_at(
            _mm256_fmadd_ps(index, _mm256_set1_ps(step_x), _mm256_set1_ps(x)),
            _mm256_fmadd_ps(index, _mm256_set1_ps(step_y), _mm256_set1_ps(y)), last_x, last_y);

        const __m256i offset = _mm256_add_epi32(_mm256_mullo_epi32(place.top, luma_stride), place.left);
        const __m256 luma = mix(
            across(p->luma, offset, place.right), across(p->luma + p->luma_stride, offset, place.right), place.down);

        // A colour-difference value stands for its whole block: only at a block's end does the next one come in.
        const __m256i is_last = _mm256_cmpeq_epi32(_mm256_and_si256(place.left, block_end), block_end);
        const __m256 right = _mm256_and_ps(place.right, _mm256_castsi256_ps(is_last));
        const __m256i column = _mm256_srl_epi32(place.left, column_shift);
        const __m256i upper_row = _mm256_srl_epi32(place.top, row_shift);
        const __m256i lower_row = _mm256_srl_epi32(_mm256_add_epi32(place.top, _mm256_set1_epi32(1)), row_shift);
        const __m256i upper = _mm256_add_epi32(_mm256_mullo_epi32(upper_row, chroma_stride), column);
        const __m256i lower = _mm256_add_epi32(_mm256_mullo_epi32(lower_row, chroma_stride), column);
        const __m256 cb = mix(across(p->cb, upper, right), across(p->cb, lower, right), place.down);
        const __m256 cr = mix(across(p->cr, upper, right), across(p->cr, lower, right), place.down);

        const __m256 gain = _mm256_set1_ps(p->luma_gain);
        __m256 r = _mm256_fmadd_ps(cr, _mm256_set1_ps(p->red_from_cr), _mm256_set1_ps(p->red_offset));
        __m256 g = _mm256_fmadd_ps(cr, _mm256_set1_ps(p->green_from_cr), _mm256_set1_ps(p->green_offset));
        __m256 b = _mm256_fmadd_ps(cb, _mm256_set1_ps(p->blue_from_cb), _mm256_set1_ps(p->blue_offset));
        g = _mm256_fmadd_ps(cb, _mm256_set1_ps(p->green_from_cb), g);
        r = _mm256_min_ps(_mm256_max_ps(_mm256_fmadd_ps(luma, gain, r), lowest), highest);
        g = _mm256_min_ps(_mm256_max_ps(_mm256_fmadd_ps(luma, gain, g), lowest), highest);
        b = _mm256_min_ps(_mm256_max_ps(_mm256_fmadd_ps(luma, gain, b), lowest), highest);
        store(output + 3 * at, r, g, b);
    }
}

#else

void laban_convert_row(const struct laban_planes *planes, int32_t row, uint8_t *output) {
    convert_row(planes, row, output);
}

bool laban_can_sample_planes(void) { return false; }

void laban_sample_planes(
    const struct laban_planes *p, float x, float y, float step_x, float step_y, int32_t first, int32_t count,
    float *output) {}

#endif
