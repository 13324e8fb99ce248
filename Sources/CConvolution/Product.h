// Products of panels of weights with tiles of cells: a tile's sums stay in registers until all inputs are in.
//
// The last block of outputs may be half: 8 outputs or fewer. Where a register holds a whole block, it then holds the
// outputs of two cells, and its weights twice.

#if LANES == 16
// The same input of two cells, each for one half of a register. The compiler is kept from seeing the mask: it would
// permute rather than blend, and permuting takes turns with multiplying.
INLINE V pair(V a, V b) {
    unsigned short upper = 0xFF00;
    __asm__("" : "+r"(upper));
    return __builtin_ia32_selectps_512(upper, b, a);
}
INLINE V paired(V a, V b) {
    return __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
}
INLINE V lower_half(V v) {
    return __builtin_shufflevector(v, (V)0, 0, 1, 2, 3, 4, 5, 6, 7, 16, 16, 16, 16, 16, 16, 16, 16);
}
INLINE V upper_half(V v) {
    return __builtin_shufflevector(v, (V)0, 8, 9, 10, 11, 12, 13, 14, 15, 16, 16, 16, 16, 16, 16, 16, 16);
}
#endif

// Sums of half a block for M cells.
#define HALF_SUMS(M) (LANES == 16 ? (M + 1) / 2 : M * PARTS / 2)

// Adds weights times inputs of M cells, `step` floats apart, to the sums of half a block.
INLINE void add_half(const int M, V *sums, const float *weights, const float *x, const ptrdiff_t step) {
#if LANES == 16
    const V w = load(weights);
    UNROLL for (int m = 0; m < M; m += 2)
        sums[m / 2] += w * (m + 1 < M ? pair(x[m * step], x[(m + 1) * step]) : (V)x[m * step]);
#else
    UNROLL for (int q = 0; q < PARTS / 2; q++) {
        const V w = load(weights + q * LANES);
        UNROLL for (int m = 0; m < M; m++) sums[q * M + m] += w * x[m * step];
    }
#endif
}

// The sums of half a block at the start: the bias, or what y holds.
INLINE void start_half(const int M, V *sums, const float *bias, const float *y, bool continues) {
#if LANES == 16
    UNROLL for (int m = 0; m < M; m += 2) {
        const V a = load(continues ? y + m * laban_block : bias);
        sums[m / 2] = paired(a, continues && m + 1 < M ? load(y + (m + 1) * laban_block) : a);
    }
#else
    UNROLL for (int q = 0; q < PARTS / 2; q++) UNROLL for (int m = 0; m < M; m++)
        sums[q * M + m] = load((continues ? y + m * laban_block : bias) + q * LANES);
#endif
}

// The sums of half a block as registers of one cell each, part by part; what is missing of the block is zero.
INLINE void spread_half(const int M, const V *sums, V (*cells)[M]) {
    UNROLL for (int q = 0; q < PARTS; q++) UNROLL for (int m = 0; m < M; m++) {
#if LANES == 16
        cells[q][m] = m % 2 ? upper_half(sums[m / 2]) : lower_half(sums[m / 2]);
#else
        cells[q][m] = q < PARTS / 2 ? sums[q * M + m] : (V)0;
#endif
    }
}

// - M, N: cells and whole blocks of a tile, constants; H: 1 where half a block follows.
// - place: the tile's first cell in a block of the picture that the epilogue adds.
// - turn, turns: the tiles of a group share the work of fetching the weights that come next; turns is 0 where nothing
//   is to be fetched.
INLINE void product_tile(
    const int M, const int N, const int H, const laban_product *p, ptrdiff_t block, const float *x, float *y,
    ptrdiff_t place, ptrdiff_t turn, ptrdiff_t turns
) {
    V sums[N + H][PARTS][M], half[HALF_SUMS(M)];
    UNROLL for (int n = 0; n < N; n++) UNROLL for (int q = 0; q < PARTS; q++) {
        if (p->continues) {
            UNROLL for (int m = 0; m < M; m++)
                sums[n][q][m] = load(y + (block + n) * p->y_block + m * laban_block + q * LANES);
        } else {
            const V bias = load(p->bias + (block + n) * laban_block + q * LANES);
            UNROLL for (int m = 0; m < M; m++) sums[n][q][m] = bias;
        }
    }
    if (H) start_half(M, half, p->bias + (block + N) * laban_block, y + (block + N) * p->y_block, p->continues);
    const float *w = p->weights + block * p->weights_block;
    const ptrdiff_t next = p->weights_block;
    const float *following = w + (N + H) * next;
    for (ptrdiff_t k = 0; k < p->inputs; k += laban_block, x += p->x_block) {
        const ptrdiff_t end = least(laban_block, p->inputs - k);
        for (ptrdiff_t c = 0; c < end; c += 4, w += 4 * laban_block, following += 4 * (N + H) * laban_block) {
            if (turns && --turn < 0) {
                turn += turns;
                UNROLL for (int i = 0; i < 4 * (N + H); i++) __builtin_prefetch(following + i * laban_block, 0, 2);
            }
            UNROLL for (int u = 0; u < 4; u++) {
                V weights[N + H][PARTS];
                UNROLL for (int n = 0; n < N; n++) UNROLL for (int q = 0; q < PARTS; q++)
                    weights[n][q] = load(w + n * next + u * laban_block + q * LANES);
                UNROLL for (int m = 0; m < M; m++) {
                    const V value = x[m * laban_block + c + u];
                    UNROLL for (int n = 0; n < N; n++) UNROLL for (int q = 0; q < PARTS; q++)
                        sums[n][q][m] += weights[n][q] * value;
                }
                if (H) add_half(M, half, w + N * next + u * laban_block, x + c + u, laban_block);
            }
        }
    }
    if (H) spread_half(M, half, sums[N]);
    UNROLL for (int n = 0; n < N + H; n++) UNROLL for (int q = 0; q < PARTS; q++) {
        float *to = y + (block + n) * p->y_block + q * LANES;
        if (p->is_partial) {
            UNROLL for (int m = 0; m < M; m++) store(to + m * laban_block, sums[n][q][m]);
        } else {
            finish_and_store(
                M, sums[n][q], p->epilogue, (block + n) * laban_block + q * LANES, to, place + q * LANES);
        }
    }
}

// Tiles of N whole blocks and H half ones, of any number of cells up to the most that the registers hold.
#define TILE(M, N, H)                                                                                                 \
    case M: product_tile(M, N, H, p, block, x, y, place, turn, turns); return;
#define TILES_2(N, H) TILE(1, N, H) TILE(2, N, H)
#define TILES_6(N, H) TILES_2(N, H) TILE(3, N, H) TILE(4, N, H) TILE(5, N, H) TILE(6, N, H)
#define TILES_8(N, H) TILES_6(N, H) TILE(7, N, H) TILE(8, N, H)
#define TILES_12(N, H) TILES_8(N, H) TILE(9, N, H) TILE(10, N, H) TILE(11, N, H) TILE(12, N, H)
#define TILES_16(N, H) TILES_12(N, H) TILE(13, N, H) TILE(14, N, H) TILE(15, N, H) TILE(16, N, H)
#define TILE_FUNCTION(N, H, TILES)                                                                                    \
    static void product_tiles_##N##_##H(                                                                              \
        const laban_product *p, ptrdiff_t block, const float *x, float *y, ptrdiff_t place, ptrdiff_t cells,          \
        ptrdiff_t turn, ptrdiff_t turns                                                                               \
    ) {                                                                                                               \
        switch (cells) { TILES(N, H) }                                                                                \
    }

typedef struct {
    void (*tile)(
        const laban_product *, ptrdiff_t block, const float *x, float *y, ptrdiff_t place, ptrdiff_t cells,
        ptrdiff_t turn, ptrdiff_t turns
    );
    ptrdiff_t cells, blocks;
} tile_group;

#if LANES == 16
TILE_FUNCTION(1, 0, TILES_16)
TILE_FUNCTION(2, 0, TILES_12)
TILE_FUNCTION(3, 0, TILES_8)
TILE_FUNCTION(0, 1, TILES_16)
TILE_FUNCTION(1, 1, TILES_12)
TILE_FUNCTION(2, 1, TILES_8)

// The tiles for the next blocks of those that rest: three at a time, but never one at the end.
INLINE tile_group group(ptrdiff_t rest, bool has_half) {
    static const tile_group whole[] = {
        {product_tiles_1_0, 16, 1}, {product_tiles_2_0, 12, 2}, {product_tiles_3_0, 8, 3}, {product_tiles_2_0, 12, 2},
    };
    static const tile_group half[] = {
        {product_tiles_0_1, 16, 1}, {product_tiles_1_1, 12, 2}, {product_tiles_2_1, 8, 3}, {product_tiles_2_0, 12, 2},
        {product_tiles_2_0, 12, 2},
    };
    if (has_half && rest <= 5) return half[rest - 1];
    return whole[rest == 4 ? 3 : least(rest, 3) - 1];
}
#elif LANES == 8
TILE_FUNCTION(1, 0, TILES_6)
TILE_FUNCTION(0, 1, TILES_8)

INLINE tile_group group(ptrdiff_t rest, bool has_half) {
    return rest == 1 && has_half ? (tile_group){product_tiles_0_1, 8, 1} : (tile_group){product_tiles_1_0, 6, 1};
}
#else
TILE_FUNCTION(1, 0, TILES_2)
TILE_FUNCTION(0, 1, TILES_6)

INLINE tile_group group(ptrdiff_t rest, bool has_half) {
    return rest == 1 && has_half ? (tile_group){product_tiles_0_1, 6, 1} : (tile_group){product_tiles_1_0, 2, 1};
}
#endif

static void product(const laban_product *p) {
    for (ptrdiff_t block = 0; block < p->blocks;) {
        const tile_group g = group(p->blocks - block, p->has_half);
        const ptrdiff_t tiles = pieces(p->width, g.cells);
        const ptrdiff_t turns = p->fetches ? p->rows * tiles : 0;
        for (ptrdiff_t row = 0; row < p->rows; row++) {
            for (ptrdiff_t tile = 0, cell = 0, cells; tile < tiles; tile++, cell += cells) {
                cells = (p->width - cell + tiles - tile - 1) / (tiles - tile);
                const float *x = p->x + row * p->x_row + cell * laban_block;
                const ptrdiff_t place = row * p->y_row + cell * laban_block;
                g.tile(p, block, x, p->y + place, place, cells, row * tiles + tile, turns);
            }
        }
        block += g.blocks;
    }
}
