// Convolutions of plain pictures: rows with their margins are lined up once, then each tile reads them where they are.

// - M, N: cells and whole blocks of the tile, constants; H: 1 where half a block follows.
// - step: distance between neighbouring cells' first inputs.
INLINE void image_tile(
    const int M, const int N, const int H, const laban_image *s, const ptrdiff_t step, ptrdiff_t block,
    const float *const *lines, ptrdiff_t cell, ptrdiff_t row
) {
    V sums[N + H][PARTS][M], half[HALF_SUMS(M)];
    UNROLL for (int n = 0; n < N; n++) UNROLL for (int q = 0; q < PARTS; q++) {
        const V bias = load(s->bias + (block + n) * laban_block + q * LANES);
        UNROLL for (int m = 0; m < M; m++) sums[n][q][m] = bias;
    }
    if (H) start_half(M, half, s->bias + (block + N) * laban_block, NULL, false);
    const laban_window *window = &s->window;
    const bool isDense = window->dilation_width == 1;
    const ptrdiff_t runs = isDense ? 1 : window->kernel_width;
    const ptrdiff_t run = isDense ? window->kernel_width * s->channels : s->channels;
    const float *w = s->weights + block * s->weights_block;
    for (ptrdiff_t r = 0; r < window->kernel_height; r++) {
        for (ptrdiff_t i = 0; i < runs; i++) {
            const float *x = lines[r] + cell * step + i * window->dilation_width * s->channels;
            for (ptrdiff_t k = 0; k < run; k++, x++, w += laban_block) {
                V weights[N + H][PARTS];
                UNROLL for (int n = 0; n < N; n++) UNROLL for (int q = 0; q < PARTS; q++)
                    weights[n][q] = load(w + n * s->weights_block + q * LANES);
                UNROLL for (int m = 0; m < M; m++) {
                    const V value = x[m * step];
                    UNROLL for (int n = 0; n < N; n++) UNROLL for (int q = 0; q < PARTS; q++)
                        sums[n][q][m] += weights[n][q] * value;
                }
                if (H) add_half(M, half, w + N * s->weights_block, x, step);
            }
        }
    }
    if (H) spread_half(M, half, sums[N]);
    UNROLL for (int n = 0; n < N + H; n++) UNROLL for (int q = 0; q < PARTS; q++) {
        const ptrdiff_t place = row * s->y_row + cell * laban_block + q * LANES;
        float *y = s->y + (block + n) * s->y_block + place;
        finish_and_store(M, sums[n][q], s->epilogue, (block + n) * laban_block + q * LANES, y, place);
    }
}

#if LANES == 16
enum { IMAGE_CELLS = 8 };
#else
enum { IMAGE_CELLS = LANES == 8 ? 4 : 2 };
#endif

// The row in tiles of IMAGE_CELLS cells, the rest one by one.
INLINE void image_row(
    const int N, const int H, const laban_image *s, const ptrdiff_t step, ptrdiff_t block, const float *const *lines,
    ptrdiff_t row
) {
    ptrdiff_t cell = 0;
    for (; cell + IMAGE_CELLS <= s->result_width; cell += IMAGE_CELLS)
        image_tile(IMAGE_CELLS, N, H, s, step, block, lines, cell, row);
    for (; cell < s->result_width; cell++) image_tile(1, N, H, s, step, block, lines, cell, row);
}

// All blocks of a row. A picture of three channels and a window that moves by two is what the networks start with.
INLINE void image_blocks(const laban_image *s, const ptrdiff_t step, const float *const *lines, ptrdiff_t row) {
    ptrdiff_t block = 0;
#if LANES == 16
    const bool endsWithHalf = s->has_half && s->blocks % 2 == 0;
    for (; block + 2 <= s->blocks - endsWithHalf * 2; block += 2) image_row(2, 0, s, step, block, lines, row);
    if (endsWithHalf) {
        image_row(1, 1, s, step, block, lines, row);
        return;
    }
#endif
    for (; block < s->blocks; block++) image_row(1, 0, s, step, block, lines, row);
}

INLINE ptrdiff_t image_reach(const laban_image *s) {
    return (s->window.kernel_height - 1) * s->window.dilation_height + 1;
}

// Makes the margins of the lines, and the line of zeros behind them.
static void clear_lines(const laban_image *s) {
    const ptrdiff_t floats = (image_reach(s) + 1) * s->line_width;
    for (ptrdiff_t i = 0; i < floats; i++) s->lines[i] = 0;
}

// Rows `from` up to `end` of the result, the first of them to y. Rows are to be asked for in order.
//
// - filled: how many rows of the picture have been in the lines; 0 at first.
static void image_rows(const laban_image *s, ptrdiff_t from, ptrdiff_t end, ptrdiff_t *filled) {
    const laban_window *window = &s->window;
    const ptrdiff_t reach = image_reach(s);
    const ptrdiff_t left = window->left * s->channels, row_length = s->width * s->channels;
    const ptrdiff_t step = window->stride_width * s->channels;
    const float *zeros = s->lines + reach * s->line_width;
    for (ptrdiff_t row = from; row < end; row++) {
        const ptrdiff_t first = row * window->stride_height - window->above;
        const ptrdiff_t last = least(first + reach, s->height);
        for (*filled = most(*filled, first); *filled < last; ++*filled) {
            const float *x = s->x + *filled * row_length;
            float *line = s->lines + *filled % reach * s->line_width + left;
            for (ptrdiff_t i = 0; i < row_length; i++) line[i] = x[i];
        }
        const float *lines[256];
        for (ptrdiff_t k = 0; k < window->kernel_height; k++) {
            const ptrdiff_t place = first + k * window->dilation_height;
            const bool exists = place >= 0 && place < s->height;
            lines[k] = exists ? s->lines + place % reach * s->line_width : zeros;
        }
        if (step == 6) image_blocks(s, 6, lines, row - from);
        else image_blocks(s, step, lines, row - from);
    }
}

static void image(const laban_image *s) {
    ptrdiff_t filled = 0;
    clear_lines(s);
    image_rows(s, 0, s->result_height, &filled);
}
