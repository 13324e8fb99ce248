#pragma once
#include <stdbool.h>

// Loops over one contiguous row of numbers, compiled for several instruction sets; the loader picks the widest the
// processor has. Sums are of single precision over short blocks, and of double precision over the blocks.

/// y += x.
void laban_add(const float *x, float *y, long count);
/// y *= x.
void laban_multiply(const float *x, float *y, long count);
/// y = max(floor, x · gain + shift + addend); without `addend` where it is NULL.
void laban_affine(const float *x, float gain, float shift, const float *addend, float floor, float *y, long count);
/// dy = 0 where `y` is not above 0.
void laban_rectify_gradient(float *dy, const float *y, long count);
/// dy = dy · gain + x · slope + constant.
void laban_affine_gradient(float *dy, float gain, const float *x, float slope, float constant, long count);
/// Σ x.
double laban_sum(const float *x, long count);
/// Σ (x - mean)².
double laban_sum_of_squares(const float *x, float mean, long count);
/// Σ (x - mean) · y.
double laban_sum_of_products(const float *x, float mean, const float *y, long count);

/// Whether the two below run here for that many joints; where they do not, any matrix product does.
bool laban_mixes_joints(long joints);
/// y = x · a, or y += x · a when `adding`: (rows, joints) by (joints, joints).
void laban_mix_joints(const float *x, const float *a, float *y, long rows, long joints, bool adding);
/// a += xᵀ · y: both (rows, joints), a (joints, joints).
void laban_mix_joints_gradient(const float *x, const float *y, float *a, long rows, long joints);
