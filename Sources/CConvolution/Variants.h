#pragma once
#include "CConvolution.h"

extern const laban_kernels laban_kernels_plain;
#if defined(__x86_64__)
extern const laban_kernels laban_kernels_avx2;
extern const laban_kernels laban_kernels_avx512;
#endif
