#pragma once
#include <zlib.h>

// Function-like macros that Swift cannot import. A negative window size means raw deflate data, as in a zip file.
static inline int laban_inflateInitRaw(z_stream *stream) { return inflateInit2(stream, -MAX_WBITS); }
static inline int laban_deflateInitRaw(z_stream *stream) {
    return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
}
