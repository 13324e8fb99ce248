// Operations that are about moving numbers rather than multiplying them.

static void pool(const laban_pool *s) {
    const laban_window *w = &s->window;
    for (ptrdiff_t block = 0; block < s->blocks; block++) {
        const float *x = s->x + block * s->height * s->width * laban_block;
        float *y = s->y + block * s->result_height * s->result_width * laban_block;
        for (ptrdiff_t i = 0; i < s->result_height; i++) for (ptrdiff_t j = 0; j < s->result_width; j++) {
            const ptrdiff_t top = i * w->stride_height - w->above, left = j * w->stride_width - w->left;
            const ptrdiff_t first_row = most(top, 0), end_row = least(top + w->kernel_height, s->height);
            const ptrdiff_t first_column = most(left, 0), end_column = least(left + w->kernel_width, s->width);
            const ptrdiff_t place = (i * s->result_width + j) * laban_block;
            for (ptrdiff_t part = 0; part < laban_block; part += LANES) {
                V highest = (V)-__builtin_inff();
                const float *from = x + first_row * s->width * laban_block + part;
                for (ptrdiff_t row = first_row; row < end_row; row++, from += s->width * laban_block)
                    for (ptrdiff_t column = first_column; column < end_column; column++)
                        highest = higher(highest, load(from + column * laban_block));
                const ptrdiff_t channel = block * laban_block + part;
                finish_and_store(1, &highest, s->epilogue, channel, y + place + part, place + part);
            }
        }
    }
}

static void resize(const laban_resize *s) {
    for (ptrdiff_t block = 0; block < s->blocks; block++) {
        const float *x = s->x + block * s->height * s->width * laban_block;
        float *y = s->y + block * s->result_height * s->result_width * laban_block;
        for (ptrdiff_t i = 0; i < s->result_height; i++) {
            const laban_between row = s->rows[i];
            const float *top = x + row.first * s->width * laban_block;
            const float *bottom = x + row.second * s->width * laban_block;
            for (ptrdiff_t j = 0; j < s->result_width; j++) {
                const laban_between column = s->columns[j];
                const ptrdiff_t left = column.first * laban_block, right = column.second * laban_block;
                const ptrdiff_t place = (i * s->result_width + j) * laban_block;
                for (ptrdiff_t part = 0; part < laban_block; part += LANES) {
                    const V above =
                        load(top + left + part) * (1 - column.share) + load(top + right + part) * column.share;
                    const V below =
                        load(bottom + left + part) * (1 - column.share) + load(bottom + right + part) * column.share;
                    const V v = above * (1 - row.share) + below * row.share;
                    const ptrdiff_t channel = block * laban_block + part;
                    finish_and_store(1, &v, s->epilogue, channel, y + place + part, place + part);
                }
            }
        }
    }
}

static void finish(const laban_finish *s) {
    for (ptrdiff_t block = 0; block < s->blocks; block++) {
        const ptrdiff_t plane = s->cells * laban_block;
        for (ptrdiff_t i = 0; i < plane; i += LANES) {
            const ptrdiff_t channel = block * laban_block + i % laban_block;
            const V v = load(s->x + block * plane + i);
            finish_and_store(1, &v, s->epilogue, channel, s->y + block * plane + i, i);
        }
    }
}

static void mean(const laban_layout *s) {
    for (ptrdiff_t block = 0; block < pieces(s->channels, laban_block); block++) {
        for (ptrdiff_t part = 0; part < laban_block; part += LANES) {
            const float *x = s->x + block * s->cells * laban_block + part;
            V sum = (V)0;
            for (ptrdiff_t i = 0; i < s->cells; i++) sum += load(x + i * laban_block);
            store(s->y + block * laban_block + part, sum / (float)s->cells);
        }
    }
}

INLINE void copy_channels(float *y, const float *x, ptrdiff_t count) {
    for (ptrdiff_t c = 0; c < count; c++) y[c] = x[c];
}

INLINE void copy_block(float *y, const float *x) {
    UNROLL for (int part = 0; part < laban_block; part += LANES) store_anywhere(y + part, load_anywhere(x + part));
}

static void to_blocks(const laban_layout *s) {
    for (ptrdiff_t channel = 0; channel < s->channels; channel += laban_block) {
        const ptrdiff_t count = least(laban_block, s->channels - channel);
        const float *x = s->x + channel;
        float *y = s->y + channel * s->cells;
        for (ptrdiff_t i = 0; i < s->cells; i++, x += s->channels, y += laban_block) {
            if (count == laban_block) {
                copy_block(y, x);
            } else {
                clear_cells(y, 1);
                copy_channels(y, x, count);
            }
        }
    }
}

static void to_plain(const laban_layout *s) {
    const ptrdiff_t rest = s->channels % laban_block, whole = s->channels - rest;
    const ptrdiff_t plane = s->cells * laban_block;
    for (ptrdiff_t i = 0; i < s->cells; i++) {
        const float *x = s->x + i * laban_block;
        float *y = s->y + i * s->channels;
        for (ptrdiff_t c = 0; c < whole; c += laban_block, x += plane) copy_block(y + c, x);
        if (!rest) continue;
        // Where a whole block fits, the next cells put right what is too much of it.
        if ((s->cells - i) * s->channels - whole >= laban_block) copy_block(y + whole, x);
        else copy_channels(y + whole, x, rest);
    }
}
