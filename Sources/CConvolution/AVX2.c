// The kernels with 16 registers of 8 floats.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 8
#define VARIANT laban_kernels_avx2
#include "Kernels.h"
#pragma clang attribute pop
#endif
