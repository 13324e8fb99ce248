// The kernels for one instruction set. Included once a set with
//   KERNEL(name)  the name with the set's suffix
//   LANES         floats in a vector
//   WIDTH         vectors in a tile's row; a tile is LANES · WIDTH columns, 16 or 32
//   ROWS          most rows of a tile, so that ROWS · WIDTH sums stay in registers

typedef float KERNEL(vector) __attribute__((ext_vector_type(LANES), aligned(4)));

/// One tile of a product: `rows` and `width` are constants once this is inlined, so the sums live in registers.
static inline __attribute__((always_inline)) void KERNEL(tile)(
    const int rows, const int width, const float *a, long a_stride, long depth, const float *b, long b_stride,
    const float *start, long start_stride, const float *addend, long addend_stride, const float *floors, float *target,
    long target_stride) {
    typedef KERNEL(vector) vector;
    vector sums[ROWS][WIDTH];
    const float *row[ROWS];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
        row[r] = a + r * a_stride;
#pragma clang loop unroll(full)
        for (int w = 0; w < width; w++) sums[r][w] = *(const vector *)(start + r * start_stride + w * LANES);
    }
    if (addend) {
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
            for (int w = 0; w < width; w++) sums[r][w] += *(const vector *)(addend + r * addend_stride + w * LANES);
        }
    }
    for (long k = 0; k < depth; k++) {
        vector across[WIDTH];
#pragma clang loop unroll(full)
        for (int w = 0; w < width; w++) across[w] = *(const vector *)(b + w * LANES);
        // The block of weights that comes after this one is on its way while this one is used.
        __builtin_prefetch(b + PANEL * DEPTH, 0, 2);
        if (width * LANES > 16) __builtin_prefetch(b + PANEL * DEPTH + 16, 0, 2);
        b += b_stride;
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
            for (int w = 0; w < width; w++) sums[r][w] += row[r][k] * across[w];
        }
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
        for (int w = 0; w < width; w++) {
            if (floors) sums[r][w] = __builtin_elementwise_max(sums[r][w], *(const vector *)(floors + w * LANES));
            *(vector *)(target + r * target_stride + w * LANES) = sums[r][w];
        }
    }
}

/// All frames and joints from `first` to `last` for the columns of one tile, over one stretch of depth.
static void KERNEL(stretch)(
    const laban_row_product *p, long first, long last, long tap, long from, long depth, long column, int width,
    const float *b, long b_stride, int starts, int ends) {
    const long a_stride = p->source_strides[tap];
    const long start_stride = starts ? p->bias_stride : p->target_stride;
    const long blocks = (p->joints + ROWS - 1) / ROWS;
    const float *floors = ends ? p->floors + column : 0;
    for (long frame = first; frame < last; frame++) {
        const float *a = p->sources[tap * p->frames + frame] + from;
        const float *addend = starts && p->addends ? p->addends[frame] + column : 0;
        float *target = p->targets[frame] + column;
        const float *start = starts ? p->bias + column : target;
        for (long block = 0; block < blocks; block++) {
            const long joint = p->joints * block / blocks;
            const long rows = p->joints * (block + 1) / blocks - joint;
#define TILE(ROWS_NOW, WIDTH_NOW) \
    KERNEL(tile)(ROWS_NOW, WIDTH_NOW, a + joint * a_stride, a_stride, depth, b, b_stride, \
        start + joint * start_stride, start_stride, addend ? addend + joint * p->addend_stride : 0, p->addend_stride, \
        floors, target + joint * p->target_stride, p->target_stride)
#define TILES(WIDTH_NOW) \
    switch (rows) { \
    case 1: TILE(1, WIDTH_NOW); break; \
    case 2: TILE(2, WIDTH_NOW); break; \
    case 3: TILE(3, WIDTH_NOW); break; \
    case 4: if (ROWS >= 4) TILE(ROWS >= 4 ? 4 : 1, WIDTH_NOW); break; \
    case 5: if (ROWS >= 5) TILE(ROWS >= 5 ? 5 : 1, WIDTH_NOW); break; \
    case 6: if (ROWS >= 6) TILE(ROWS >= 6 ? 6 : 1, WIDTH_NOW); break; \
    case 7: if (ROWS >= 7) TILE(ROWS >= 7 ? 7 : 1, WIDTH_NOW); break; \
    case 8: if (ROWS >= 8) TILE(ROWS >= 8 ? 8 : 1, WIDTH_NOW); break; \
    default: if (ROWS >= 9) TILE(ROWS >= 9 ? 9 : 1, WIDTH_NOW); break; \
    }
            if (width == WIDTH) {
                TILES(WIDTH)
            } else {
                TILES(1)
            }
#undef TILES
#undef TILE
        }
    }
}

static void KERNEL(product)(const laban_row_product *p) {
    // So many rows at once that a stretch of them stays in the second-level cache while all columns use it.
    const long group = p->joints >= 256 ? 1 : 256 / p->joints;
    for (long first = 0; first < p->frames; first += group) {
        const long last = first + group < p->frames ? first + group : p->frames;
        const float *weights = p->weights;
        for (long tap = 0; tap < p->taps; tap++) {
            for (long from = 0; from < p->depths[tap]; from += DEPTH) {
                const long depth = p->depths[tap] - from < DEPTH ? p->depths[tap] - from : DEPTH;
                const int starts = tap == 0 && from == 0;
                const int ends = tap + 1 == p->taps && from + depth == p->depths[tap];
                for (long column = 0; column < p->columns; column += PANEL) {
                    const long panel = p->columns - column < PANEL ? p->columns - column : PANEL;
                    for (long part = 0; part < panel; part += LANES * WIDTH) {
                        KERNEL(stretch)(p, first, last, tap, from, depth, column + part,
                            panel - part < LANES * WIDTH ? 1 : WIDTH, weights + part, panel, starts, ends);
                    }
                    weights += depth * panel;
                }
            }
        }
    }
}

static void KERNEL(mix)(const laban_row_mix *p) {
    typedef KERNEL(vector) vector;
    for (long frame = 0; frame < p->frames; frame++) {
        const float *source = p->sources[frame];
        float *target = p->targets + frame * p->rows * p->channels;
        for (long row = 0; row < p->rows; row++, target += p->channels) {
            for (long channel = 0; channel < p->channels; channel += 16) {
                vector sums[16 / LANES] = {};
                for (int i = p->starts[row]; i < p->starts[row + 1]; i++) {
                    const float *x = source + p->origins[i] * p->source_stride + channel;
#pragma clang loop unroll(full)
                    for (int w = 0; w < 16 / LANES; w++) sums[w] += p->gains[i] * *(const vector *)(x + w * LANES);
                }
#pragma clang loop unroll(full)
                for (int w = 0; w < 16 / LANES; w++) *(vector *)(target + channel + w * LANES) = sums[w];
            }
        }
    }
}
