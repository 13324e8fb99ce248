// Products of panels of weights with tiles of cells: a tile's sums stay in registers until all inputs are in.
//
// - M, N: cells and blocks of a tile, constants.
// - place: the tile's first cell in a block of the picture that the epilogue adds.
// - turn, turns: the tiles of a group share the work of fetching the weights that come next; turns is 0 where nothing
//   is to be fetched.
INLINE void product_tile(
    const int M, const int N, const laban_product *p, ptrdiff_t block, const float *x, float *y, ptrdiff_t place,
    ptrdiff_t turn, ptrdiff_t turns
) {
    V sums[N][PARTS][M];
    UNROLL for (int n = 0; n < N; n++) UNROLL for (int q = 0; q < PARTS; q++) {
        if (p->continues) {
            UNROLL for (int m = 0; m < M; m++)
                sums[n][q][m] = load(y + (block + n) * p->y_block + m * laban_block + q * LANES);
        } else {
            const V bias = load(p->bias + (block + n) * laban_block + q * LANES);
            UNROLL for (int m = 0; m < M; m++) sums[n][q][m] = bias;
        }
    }
    const float *w = p->weights + block * p->weights_block;
    const ptrdiff_t next = p->weights_block;
    const float *following = w + N * next;
    for (ptrdiff_t k = 0; k < p->inputs; k += laban_block, x += p->x_block) {
        const ptrdiff_t end = least(laban_block, p->inputs - k);
        for (ptrdiff_t c = 0; c < end; c += 4, w += 4 * laban_block, following += 4 * N * laban_block) {
            if (turns && --turn < 0) {
                turn += turns;
                UNROLL for (int i = 0; i < 4 * N; i++) __builtin_prefetch(following + i * laban_block, 0, 2);
            }
            UNROLL for (int u = 0; u < 4; u++) {
                V weights[N][PARTS];
                UNROLL for (int n = 0; n < N; n++) UNROLL for (int q = 0; q < PARTS; q++)
                    weights[n][q] = load(w + n * next + u * laban_block + q * LANES);
                UNROLL for (int m = 0; m < M; m++) {
                    const V value = x[m * laban_block + c + u];
                    UNROLL for (int n = 0; n < N; n++) UNROLL for (int q = 0; q < PARTS; q++)
                        sums[n][q][m] += weights[n][q] * value;
                }
            }
        }
    }
    UNROLL for (int n = 0; n < N; n++) UNROLL for (int q = 0; q < PARTS; q++) {
        float *to = y + (block + n) * p->y_block + q * LANES;
        if (p->is_partial) {
            UNROLL for (int m = 0; m < M; m++) store(to + m * laban_block, sums[n][q][m]);
        } else {
            finish_and_store(
                M, sums[n][q], p->epilogue, (block + n) * laban_block + q * LANES, to, place + q * LANES);
        }
    }
}

// A tile of N blocks and any number of cells up to the most that the registers hold.
#define TILE_CASE(M, N)                                                                                               \
    case M: product_tile(M, N, p, block, x, y, place, turn, turns); return;

#if LANES == 16
static void product_tile_1(
    const laban_product *p, ptrdiff_t block, const float *x, float *y, ptrdiff_t place, ptrdiff_t cells,
    ptrdiff_t turn, ptrdiff_t turns
) {
    switch (cells) {
        TILE_CASE(1, 1) TILE_CASE(2, 1) TILE_CASE(3, 1) TILE_CASE(4, 1) TILE_CASE(5, 1) TILE_CASE(6, 1)
        TILE_CASE(7, 1) TILE_CASE(8, 1) TILE_CASE(9, 1) TILE_CASE(10, 1) TILE_CASE(11, 1) TILE_CASE(12, 1)
        TILE_CASE(13, 1) TILE_CASE(14, 1) TILE_CASE(15, 1) TILE_CASE(16, 1)
    }
}
static void product_tile_2(
    const laban_product *p, ptrdiff_t block, const float *x, float *y, ptrdiff_t place, ptrdiff_t cells,
    ptrdiff_t turn, ptrdiff_t turns
) {
    switch (cells) {
        TILE_CASE(1, 2) TILE_CASE(2, 2) TILE_CASE(3, 2) TILE_CASE(4, 2) TILE_CASE(5, 2) TILE_CASE(6, 2)
        TILE_CASE(7, 2) TILE_CASE(8, 2) TILE_CASE(9, 2) TILE_CASE(10, 2) TILE_CASE(11, 2) TILE_CASE(12, 2)
    }
}
static void product_tile_3(
    const laban_product *p, ptrdiff_t block, const float *x, float *y, ptrdiff_t place, ptrdiff_t cells,
    ptrdiff_t turn, ptrdiff_t turns
) {
    switch (cells) {
        TILE_CASE(1, 3) TILE_CASE(2, 3) TILE_CASE(3, 3) TILE_CASE(4, 3) TILE_CASE(5, 3) TILE_CASE(6, 3)
        TILE_CASE(7, 3) TILE_CASE(8, 3)
    }
}
enum { CELLS_1 = 16, CELLS_2 = 12, CELLS_3 = 8 };
#else
static void product_tile_1(
    const laban_product *p, ptrdiff_t block, const float *x, float *y, ptrdiff_t place, ptrdiff_t cells,
    ptrdiff_t turn, ptrdiff_t turns
) {
    switch (cells) {
        TILE_CASE(1, 1) TILE_CASE(2, 1)
#if LANES == 8
        TILE_CASE(3, 1) TILE_CASE(4, 1) TILE_CASE(5, 1) TILE_CASE(6, 1)
#endif
    }
}
enum { CELLS_1 = LANES == 8 ? 6 : 2 };
#endif

// Blocks of the next group of tiles: three at a time, and never one over.
INLINE ptrdiff_t group(ptrdiff_t rest) { return WIDEST == 3 && rest == 4 ? 2 : least(rest, WIDEST); }

static void product(const laban_product *p) {
    for (ptrdiff_t block = 0, blocks; block < p->blocks; block += blocks) {
        blocks = group(p->blocks - block);
#if LANES == 16
        const ptrdiff_t size = blocks == 3 ? CELLS_3 : blocks == 2 ? CELLS_2 : CELLS_1;
#else
        const ptrdiff_t size = CELLS_1;
#endif
        const ptrdiff_t tiles = pieces(p->width, size);
        const ptrdiff_t turns = p->fetches ? p->rows * tiles : 0;
        for (ptrdiff_t row = 0; row < p->rows; row++) {
            for (ptrdiff_t tile = 0, cell = 0; tile < tiles; tile++) {
                const ptrdiff_t cells = (p->width - cell + tiles - tile - 1) / (tiles - tile);
                const float *x = p->x + row * p->x_row + cell * laban_block;
                const ptrdiff_t place = row * p->y_row + cell * laban_block;
                const ptrdiff_t turn = row * tiles + tile;
#if LANES == 16
                if (blocks == 3) product_tile_3(p, block, x, p->y + place, place, cells, turn, turns);
                else if (blocks == 2) product_tile_2(p, block, x, p->y + place, place, cells, turn, turns);
                else
#endif
                    product_tile_1(p, block, x, p->y + place, place, cells, turn, turns);
                cell += cells;
            }
        }
    }
}
