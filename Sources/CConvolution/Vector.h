// A register of LANES floats, and a cell of 16 as PARTS of them.
typedef float V __attribute__((ext_vector_type(LANES)));

enum { PARTS = laban_block / LANES };

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

INLINE V load(const float *x) { return *(const V *)x; }
INLINE void store(float *y, V v) { *(V *)y = v; }
INLINE V load_anywhere(const float *x) {
    V v;
    __builtin_memcpy(&v, x, sizeof v);
    return v;
}
INLINE void store_anywhere(float *y, V v) { __builtin_memcpy(y, &v, sizeof v); }
INLINE V lower(V a, V b) { return a < b ? a : b; }
INLINE V higher(V a, V b) { return a > b ? a : b; }
INLINE ptrdiff_t least(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }
INLINE ptrdiff_t most(ptrdiff_t a, ptrdiff_t b) { return a > b ? a : b; }

// Into how many pieces of at most `size` a length falls; pieces are made as even as can be.
INLINE ptrdiff_t pieces(ptrdiff_t length, ptrdiff_t size) { return (length + size - 1) / size; }

INLINE void copy_cells(float *y, const float *x, ptrdiff_t cells) {
    for (ptrdiff_t i = 0; i < cells * laban_block; i += LANES) store(y + i, load(x + i));
}

INLINE void clear_cells(float *y, ptrdiff_t cells) {
    for (ptrdiff_t i = 0; i < cells * laban_block; i += LANES) store(y + i, (V)0);
}
