// Convolutions of plain pictures: rows with their margins are lined up once, then each tile reads them where they are.

// - M, N: cells and blocks of the tile, constants.
// - step: distance between neighbouring cells' first inputs.
INLINE void image_tile(
    const int M, const int N, const laban_image *s, const ptrdiff_t step, ptrdiff_t block, const float *const *lines,
    ptrdiff_t cell, ptrdiff_t row
) {
    V sums[N][M][PARTS];
    UNROLL for (int n = 0; n < N; n++) UNROLL for (int q = 0; q < PARTS; q++) {
        const V bias = load(s->bias + (block + n) * laban_block + q * LANES);
        UNROLL for (int m = 0; m < M; m++) sums[n][m][q] = bias;
    }
    const laban_window *window = &s->window;
    const bool isDense = window->dilation_width == 1;
    const ptrdiff_t runs = isDense ? 1 : window->kernel_width;
    const ptrdiff_t run = isDense ? window->kernel_width * s->channels : s->channels;
    const float *w = s->weights + block * s->weights_block;
    for (ptrdiff_t r = 0; r < window->kernel_height; r++) {
        for (ptrdiff_t i = 0; i < runs; i++) {
            const float *x = lines[r] + cell * step + i * window->dilation_width * s->channels;
            for (ptrdiff_t k = 0; k < run; k++, x++, w += laban_block) {
                V weights[N][PARTS];
                UNROLL for (int n = 0; n < N; n++) UNROLL for (int q = 0; q < PARTS; q++)
                    weights[n][q] = load(w + n * s->weights_block + q * LANES);
                UNROLL for (int m = 0; m < M; m++) {
                    const V value = x[m * step];
                    UNROLL for (int n = 0; n < N; n++) UNROLL for (int q = 0; q < PARTS; q++)
                        sums[n][m][q] += weights[n][q] * value;
                }
            }
        }
    }
    UNROLL for (int n = 0; n < N; n++) UNROLL for (int m = 0; m < M; m++) UNROLL for (int q = 0; q < PARTS; q++) {
        const ptrdiff_t place = (row * s->result_width + cell + m) * laban_block + q * LANES;
        const ptrdiff_t plane = s->result_height * s->result_width * laban_block;
        const ptrdiff_t channel = (block + n) * laban_block + q * LANES;
        store(s->y + (block + n) * plane + place, finished(sums[n][m][q], &s->epilogue, channel, place));
    }
}

enum { IMAGE_CELLS = LANES == 4 ? 2 : 4 };

#if LANES == 16
enum { WIDE_IMAGE_CELLS = 12 };
#else
enum { WIDE_IMAGE_CELLS = LANES == 8 ? 6 : 2 };
#endif

// The row in tiles of WIDE_IMAGE_CELLS cells, the rest one by one.
INLINE void image_row(
    const int N, const laban_image *s, const ptrdiff_t step, ptrdiff_t block, const float *const *lines, ptrdiff_t row
) {
    ptrdiff_t cell = 0;
    for (; cell + WIDE_IMAGE_CELLS <= s->result_width; cell += WIDE_IMAGE_CELLS)
        image_tile(WIDE_IMAGE_CELLS, N, s, step, block, lines, cell, row);
    for (; cell + IMAGE_CELLS <= s->result_width; cell += IMAGE_CELLS)
        image_tile(IMAGE_CELLS, N, s, step, block, lines, cell, row);
    for (; cell < s->result_width; cell++) image_tile(1, N, s, step, block, lines, cell, row);
}

static void image(const laban_image *s) {
    const laban_window *window = &s->window;
    const ptrdiff_t reach = (window->kernel_height - 1) * window->dilation_height + 1;
    const ptrdiff_t left = window->left * s->channels, row_length = s->width * s->channels;
    const ptrdiff_t step = window->stride_width * s->channels;
    float *zeros = s->lines + reach * s->line_width;
    for (ptrdiff_t i = 0; i < (reach + 1) * s->line_width; i++) s->lines[i] = 0;
    ptrdiff_t filled = 0;
    for (ptrdiff_t y = 0; y < s->result_height; y++) {
        const ptrdiff_t first = y * window->stride_height - window->above;
        const ptrdiff_t end = least(first + reach, s->height);
        for (filled = most(filled, first); filled < end; filled++) {
            const float *x = s->x + filled * row_length;
            float *line = s->lines + filled % reach * s->line_width + left;
            for (ptrdiff_t i = 0; i < row_length; i++) line[i] = x[i];
        }
        const float *lines[256];
        for (ptrdiff_t k = 0; k < window->kernel_height; k++) {
            const ptrdiff_t row = first + k * window->dilation_height;
            lines[k] = row >= 0 && row < s->height ? s->lines + row % reach * s->line_width : zeros;
        }
        ptrdiff_t block = 0;
#if LANES == 16
        for (; block + 2 <= s->blocks; block += 2) {
            if (step == 6) image_row(2, s, 6, block, lines, y);
            else image_row(2, s, step, block, lines, y);
        }
#endif
        for (; block < s->blocks; block++) {
            if (step == 6) image_row(1, s, 6, block, lines, y);
            else image_row(1, s, step, block, lines, y);
        }
    }
}
