#define _GNU_SOURCE
#include "CCoreAffinity.h"

#include <errno.h>
#include <sched.h>

int laban_core_count(void) {
    cpu_set_t cores;
    return sched_getaffinity(0, sizeof cores, &cores) == 0 ? CPU_COUNT(&cores) : 1;
}

int laban_pin_to_core(int core) {
    if (core < 0 || core >= CPU_SETSIZE) return EINVAL;
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(core, &cores);
    return sched_setaffinity(0, sizeof cores, &cores) == 0 ? 0 : errno;
}

int laban_use_all_cores(void) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    // The system drops the cores that are not there or not allowed.
    for (int core = 0; core < CPU_SETSIZE; core++) CPU_SET(core, &cores);
    return sched_setaffinity(0, sizeof cores, &cores) == 0 ? 0 : errno;
}
