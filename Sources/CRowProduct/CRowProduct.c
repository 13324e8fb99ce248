#include "CRowProduct.h"

// How weights are packed; Swift's RowProduct packs them so.
#define PANEL 32
#define DEPTH 256

#define KERNEL(name) name##_baseline
#define LANES 4
#define WIDTH 4
#ifdef __aarch64__
#define ROWS 6
#else
#define ROWS 3
#endif
#include "RowKernels.h"
#undef KERNEL
#undef LANES
#undef WIDTH
#undef ROWS

#ifdef __x86_64__
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define KERNEL(name) name##_avx2
#define LANES 8
#define WIDTH 2
#define ROWS 6
#include "RowKernels.h"
#undef KERNEL
#undef LANES
#undef WIDTH
#undef ROWS
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx2,fma"))), apply_to = function)
#define KERNEL(name) name##_avx512
#define LANES 16
#define WIDTH 2
#define ROWS 9
#include "RowKernels.h"
#undef KERNEL
#undef LANES
#undef WIDTH
#undef ROWS
#pragma clang attribute pop
#endif

int laban_best_level(void) {
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512f")) return laban_level_avx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return laban_level_avx2;
#endif
    return laban_level_baseline;
}

void laban_row_product_run(const laban_row_product *product, int level) {
#ifdef __x86_64__
    if (level == laban_level_avx512) return product_avx512(product);
    if (level == laban_level_avx2) return product_avx2(product);
#endif
    product_baseline(product);
}

void laban_row_mix_run(const laban_row_mix *mix, int level) {
#ifdef __x86_64__
    if (level == laban_level_avx512) return mix_avx512(mix);
    if (level == laban_level_avx2) return mix_avx2(mix);
#endif
    mix_baseline(mix);
}
