#pragma once
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libswscale/swscale.h>

// Function-like macros that Swift cannot import.
static inline int laban_AVERROR(int code) { return AVERROR(code); }
static inline int laban_AVERROR_EOF(void) { return AVERROR_EOF; }
static inline int64_t laban_AV_NOPTS_VALUE(void) { return AV_NOPTS_VALUE; }
