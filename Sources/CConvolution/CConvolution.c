#include "Variants.h"

const laban_kernels *laban_kernels_for(laban_processor processor) {
    switch (processor) {
    case laban_plain: return &laban_kernels_plain;
#if defined(__x86_64__)
    case laban_avx2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &laban_kernels_avx2 : NULL;
    case laban_avx512:
        return laban_kernels_for(laban_avx2) && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
                && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")
            ? &laban_kernels_avx512
            : NULL;
#endif
    default: return NULL;
    }
}
