// The kernels with registers of 4 floats, which every 64-bit processor has.
#define LANES 4
#define VARIANT laban_kernels_plain
#include "Kernels.h"
