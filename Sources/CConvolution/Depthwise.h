// Depthwise convolutions, one row of one block at a time, from rows that already have their margins.

// - T: cells of the tile, constant. Each input is loaded once for a row of the window and used for every cell it is in.
INLINE void depthwise_tile(
    const int T, const int K, const int S, const float *const *rows, ptrdiff_t from, const float *taps, V bias,
    const laban_epilogue *e, ptrdiff_t channel, float *y, ptrdiff_t place
) {
    V sums[T];
    UNROLL for (int t = 0; t < T; t++) sums[t] = bias;
    for (int r = 0; r < K; r++, taps += K * laban_block) {
        const float *x = rows[r] + from;
        V w[K];
        UNROLL for (int k = 0; k < K; k++) w[k] = load(taps + k * laban_block);
        UNROLL for (int i = 0; i < (T - 1) * S + K; i++) {
            const V value = load(x + i * laban_block);
            UNROLL for (int k = 0; k < K; k++) {
                if (i >= k && (i - k) % S == 0 && (i - k) / S < T) sums[(i - k) / S] += w[k] * value;
            }
        }
    }
    UNROLL for (int t = 0; t < T; t++)
        store(y + t * laban_block, finished(sums[t], e, channel, place + t * laban_block));
}

#define DEPTHWISE_CASE(T)                                                                                             \
    case T: depthwise_tile(T, K, S, rows, from, taps, bias, e, channel, y, place); return;

#define DEPTHWISE_TILES(K, S)                                                                                         \
    static void depthwise_##K##_##S(                                                                                  \
        ptrdiff_t cells, const float *const *rows, ptrdiff_t from, const float *taps, V bias,                         \
        const laban_epilogue *e, ptrdiff_t channel, float *y, ptrdiff_t place                                         \
    ) {                                                                                                               \
        depthwise_tiles(K, S, cells, rows, from, taps, bias, e, channel, y, place);                                   \
    }

INLINE void depthwise_tiles(
    const int K, const int S, ptrdiff_t cells, const float *const *rows, ptrdiff_t from, const float *taps, V bias,
    const laban_epilogue *e, ptrdiff_t channel, float *y, ptrdiff_t place
) {
    switch (cells) {
        DEPTHWISE_CASE(1) DEPTHWISE_CASE(2) DEPTHWISE_CASE(3) DEPTHWISE_CASE(4) DEPTHWISE_CASE(5) DEPTHWISE_CASE(6)
        DEPTHWISE_CASE(7) DEPTHWISE_CASE(8)
    }
}

DEPTHWISE_TILES(3, 1)
DEPTHWISE_TILES(3, 2)
DEPTHWISE_TILES(5, 1)
DEPTHWISE_TILES(5, 2)

// Any other window, cell by cell.
static void depthwise_any(
    const laban_window *window, const float *const *rows, const float *taps, V bias, const laban_epilogue *e,
    ptrdiff_t channel, float *y, ptrdiff_t place, ptrdiff_t width, ptrdiff_t part
) {
    for (ptrdiff_t cell = 0; cell < width; cell++) {
        V sum = bias;
        const float *w = taps;
        for (ptrdiff_t r = 0; r < window->kernel_height; r++) {
            const float *x = rows[r] + cell * window->stride_width * laban_block + part;
            for (ptrdiff_t k = 0; k < window->kernel_width; k++, w += laban_block)
                sum += load(w) * load(x + k * window->dilation_width * laban_block);
        }
        store(y + cell * laban_block, finished(sum, e, channel, place + cell * laban_block));
    }
}

typedef void (*depthwise_tiles_kernel)(
    ptrdiff_t, const float *const *, ptrdiff_t, const float *, V, const laban_epilogue *, ptrdiff_t, float *, ptrdiff_t
);

INLINE depthwise_tiles_kernel depthwise_kernel(const laban_window *w) {
    if (w->kernel_height != w->kernel_width || w->stride_height != w->stride_width) return NULL;
    if (w->dilation_height != 1 || w->dilation_width != 1) return NULL;
    if (w->kernel_height == 3) return w->stride_width == 1 ? depthwise_3_1 : w->stride_width == 2 ? depthwise_3_2 : NULL;
    if (w->kernel_height == 5) return w->stride_width == 1 ? depthwise_5_1 : w->stride_width == 2 ? depthwise_5_2 : NULL;
    return NULL;
}

// - place: where the row is in a block of the picture that the epilogue adds.
INLINE void depthwise_row(
    const laban_separable *s, depthwise_tiles_kernel kernel, ptrdiff_t block, const float *const *rows, float *y,
    ptrdiff_t place
) {
    const laban_window *window = &s->window;
    const float *taps = s->taps + block * window->kernel_height * window->kernel_width * laban_block;
    for (ptrdiff_t part = 0; part < laban_block; part += LANES) {
        const ptrdiff_t channel = block * laban_block + part;
        const V bias = load(s->bias + channel);
        if (!kernel) {
            depthwise_any(
                window, rows, taps + part, bias, &s->epilogue, channel, y + part, place + part, s->result_width, part);
            continue;
        }
        const ptrdiff_t tiles = pieces(s->result_width, 8);
        for (ptrdiff_t tile = 0, cell = 0; tile < tiles; tile++) {
            const ptrdiff_t cells = (s->result_width - cell + tiles - tile - 1) / (tiles - tile);
            const ptrdiff_t offset = cell * laban_block + part;
            kernel(
                cells, rows, cell * window->stride_width * laban_block + part, taps + part, bias, &s->epilogue, channel,
                y + offset, place + offset);
            cell += cells;
        }
    }
}
