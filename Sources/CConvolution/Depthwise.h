// Depthwise convolutions of one block, from rows that already have their margins.

// One row of results and the rows of the picture under it.
typedef struct {
    const float *const *sources;
    const float *taps, *bias;
    const laban_epilogue *epilogue;
    ptrdiff_t channel, width;
    float *y;
    // Where the row is in a block of the picture that the epilogue adds.
    ptrdiff_t place;
} depthwise_line;

// - T: cells of the tile, constant. Each input is loaded once for a row of the window and used for every cell it is in.
INLINE void depthwise_tile(
    const int T, const int K, const int S, const depthwise_line *line, ptrdiff_t cell, ptrdiff_t part, const V bias
) {
    V sums[T];
    UNROLL for (int t = 0; t < T; t++) sums[t] = bias;
    const float *taps = line->taps + part;
    UNROLL for (int r = 0; r < K; r++) {
        const float *x = line->sources[r] + cell * S * laban_block + part;
        UNROLL for (int i = 0; i < (T - 1) * S + K; i++) {
            const V value = load(x + i * laban_block);
            UNROLL for (int k = 0; k < K; k++) {
                if (i >= k && (i - k) % S == 0 && (i - k) / S < T)
                    sums[(i - k) / S] += load(taps + (r * K + k) * laban_block) * value;
            }
        }
    }
    const ptrdiff_t offset = cell * laban_block + part;
    finish_and_store(T, sums, *line->epilogue, line->channel + part, line->y + offset, line->place + offset);
}

enum { DEPTHWISE_CELLS = LANES == 16 ? 14 : 8 };

#define DEPTHWISE_CASE(T)                                                                                             \
    case T: depthwise_tile(T, K, S, line, cell, part, bias); break;

INLINE void depthwise_tiles(const int K, const int S, const depthwise_line *line) {
    const ptrdiff_t tiles = pieces(line->width, DEPTHWISE_CELLS);
    for (ptrdiff_t part = 0; part < laban_block; part += LANES) {
        const V bias = load(line->bias + part);
        for (ptrdiff_t tile = 0, cell = 0, cells; tile < tiles; tile++, cell += cells) {
            cells = (line->width - cell + tiles - tile - 1) / (tiles - tile);
            switch (cells) {
                DEPTHWISE_CASE(1) DEPTHWISE_CASE(2) DEPTHWISE_CASE(3) DEPTHWISE_CASE(4) DEPTHWISE_CASE(5)
                DEPTHWISE_CASE(6) DEPTHWISE_CASE(7) DEPTHWISE_CASE(8)
#if LANES == 16
                DEPTHWISE_CASE(9) DEPTHWISE_CASE(10) DEPTHWISE_CASE(11) DEPTHWISE_CASE(12) DEPTHWISE_CASE(13)
                DEPTHWISE_CASE(14)
#endif
            }
        }
    }
}

static void depthwise_3_1(const laban_window *w, const depthwise_line *line) { depthwise_tiles(3, 1, line); }
static void depthwise_3_2(const laban_window *w, const depthwise_line *line) { depthwise_tiles(3, 2, line); }
static void depthwise_5_1(const laban_window *w, const depthwise_line *line) { depthwise_tiles(5, 1, line); }
static void depthwise_5_2(const laban_window *w, const depthwise_line *line) { depthwise_tiles(5, 2, line); }

// Any other window, cell by cell.
static void depthwise_any(const laban_window *window, const depthwise_line *line) {
    for (ptrdiff_t i = 0; i < line->width * laban_block; i += LANES) {
        const ptrdiff_t cell = i / laban_block, part = i % laban_block;
        V sum = load(line->bias + part);
        const float *w = line->taps + part;
        for (ptrdiff_t r = 0; r < window->kernel_height; r++) {
            const float *x = line->sources[r] + cell * window->stride_width * laban_block + part;
            for (ptrdiff_t k = 0; k < window->kernel_width; k++, w += laban_block)
                sum += load(w) * load(x + k * window->dilation_width * laban_block);
        }
        finish_and_store(1, &sum, *line->epilogue, line->channel + part, line->y + i, line->place + i);
    }
}

typedef void (*depthwise_kernel)(const laban_window *, const depthwise_line *);

INLINE depthwise_kernel depthwise_kernel_for(const laban_window *w) {
    const bool isSquare = w->kernel_height == w->kernel_width && w->stride_height == w->stride_width;
    if (!isSquare || w->dilation_height != 1 || w->dilation_width != 1 || w->stride_width > 2) return depthwise_any;
    if (w->kernel_height == 3) return w->stride_width == 1 ? depthwise_3_1 : depthwise_3_2;
    if (w->kernel_height == 5) return w->stride_width == 1 ? depthwise_5_1 : depthwise_5_2;
    return depthwise_any;
}
