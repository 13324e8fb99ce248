#pragma once
#include <stdint.h>

/// Counts calls to malloc, calloc, realloc, posix_memalign and aligned_alloc made by the calling thread since the
/// thread began. Linking this target interposes those functions for the whole process; each call costs one
/// thread-local increment more.
uint64_t laban_allocation_count(void);
