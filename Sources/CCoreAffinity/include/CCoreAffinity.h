#pragma once

/// How many cores the calling thread may use.
int laban_core_count(void);

/// Lets the calling thread, and what it starts from now on, use one core only. 0, or an error number.
int laban_pin_to_core(int core);

/// Lets the calling thread use every core the system gives it. 0, or an error number.
int laban_use_all_cores(void);
