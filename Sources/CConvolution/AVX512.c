// The kernels with 32 registers of 16 floats.
#if defined(__x86_64__)
#pragma clang attribute push(                                                                                         \
    __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx2,fma"))), apply_to = function                       \
)
#define LANES 16
#define VARIANT laban_kernels_avx512
#include "Kernels.h"
#pragma clang attribute pop
#endif
