#pragma once
#include <stdbool.h>
#include <stdint.h>

/// An 8-bit picture of luma and colour-difference planes, and how its values become red, green and blue.
struct laban_planes {
    /// Each plane's first value; three bytes beyond each plane's last one must be readable too.
    const uint8_t *luma, *cb, *cr;
    /// Bytes from one row to the next.
    int32_t luma_stride, chroma_stride;
    /// Size of the luma plane.
    int32_t width, height;
    /// How often the size is halved for the colour-difference planes.
    int32_t column_shift, row_shift;
    /// red = luma_gain · Y + red_from_cr · Cr + red_offset, and so on.
    float luma_gain, red_from_cr, green_from_cb, green_from_cr, blue_from_cb;
    float red_offset, green_offset, blue_offset;
    /// What samples of red, green and blue are kept within.
    float lowest, highest;
};

/// Writes red, green and blue of every pixel of a row, rounded to bytes; the planes' factors must be those for 0…255.
void laban_convert_row(const struct laban_planes *planes, int32_t row, uint8_t *output);

/// Whether this processor has what `laban_sample_planes` needs: AVX2 and FMA.
bool laban_can_sample_planes(void);

/// Interpolates bilinearly at (x, y) + i · (step_x, step_y) for `count` whole i from `first` on, at least 8 of them;
/// places beyond the picture, of at least 2 pixels each way, are moved to its edge. Writes red, green and blue of each to `output`.
void laban_sample_planes(
    const struct laban_planes *planes, float x, float y, float step_x, float step_y, int32_t first, int32_t count,
    float *output);
