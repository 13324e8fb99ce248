// Rows `from` up to `end` of a chunk of blocks into the ring: widened, convolved or copied.
INLINE void fill_ring(
    const laban_separable *s, ptrdiff_t block, ptrdiff_t blocks, ptrdiff_t from, ptrdiff_t end, ptrdiff_t *filled
) {
    const ptrdiff_t plane = s->ring_width * laban_block;
    const ptrdiff_t slot = s->chunk_blocks * plane;
    while (from < end) {
        const ptrdiff_t place = from % s->ring_rows;
        const ptrdiff_t rows = least(end - from, s->ring_rows - place);
        float *to = s->ring + place * slot + s->window.left * laban_block;
        if (s->widening.weights) {
            laban_product p = s->widening;
            p.x = s->x + from * s->width * laban_block;
            p.x_block = s->height * s->width * laban_block;
            p.x_row = s->width * laban_block;
            p.y = to;
            p.y_block = plane;
            p.y_row = slot;
            p.weights += block / s->chunk_blocks * s->widening_chunk;
            p.bias += block * laban_block;
            if (p.epilogue.first.slopes) p.epilogue.first.slopes += block * laban_block;
            p.blocks = blocks;
            p.has_half = p.has_half && (block + blocks) * laban_block >= s->channels;
            p.rows = rows;
            p.width = s->width;
            product(&p);
        } else if (s->image.weights) {
            laban_image image = s->image;
            image.x = s->x;
            image.y = to;
            image.y_block = plane;
            image.y_row = slot;
            image_rows(&image, from, from + rows, filled);
        } else {
            for (ptrdiff_t b = 0; b < blocks; b++) {
                const float *x = s->x + ((block + b) * s->height + from) * s->width * laban_block;
                for (ptrdiff_t r = 0; r < rows; r++)
                    copy_cells(to + r * slot + b * plane, x + r * s->width * laban_block, s->width);
            }
        }
        from += rows;
    }
}

// The margins left and right of every row of the ring, and the row of zeros behind it.
INLINE void clear_margins(const laban_separable *s) {
    const ptrdiff_t right = s->window.left + s->width;
    for (ptrdiff_t i = 0; i < s->ring_rows * s->chunk_blocks; i++) {
        float *row = s->ring + i * s->ring_width * laban_block;
        clear_cells(row, s->window.left);
        clear_cells(row + right * laban_block, s->ring_width - right);
    }
    clear_cells(s->ring + s->ring_rows * s->chunk_blocks * s->ring_width * laban_block, s->ring_width);
}

static void separable(const laban_separable *s) {
    const depthwise_kernel kernel = depthwise_kernel_for(&s->window);
    const laban_window *window = &s->window;
    const ptrdiff_t plane = s->ring_width * laban_block;
    const ptrdiff_t slot = s->chunk_blocks * plane;
    const float *zeros = s->ring + s->ring_rows * slot;
    const ptrdiff_t row_length = s->result_width * laban_block;
    const ptrdiff_t result_plane = s->result_height * row_length;
    const bool narrows = s->narrowing.weights;
    clear_margins(s);
    if (s->image.weights) clear_lines(&s->image);
    const ptrdiff_t all = pieces(s->channels, laban_block);
    for (ptrdiff_t block = 0; block < all; block += s->chunk_blocks) {
        const ptrdiff_t blocks = least(s->chunk_blocks, all - block);
        ptrdiff_t filled = 0, lined = 0;
        for (ptrdiff_t y = 0; y < s->result_height; y += s->strip_rows) {
            const ptrdiff_t rows = least(s->strip_rows, s->result_height - y);
            const ptrdiff_t first = y * window->stride_height - window->above;
            const ptrdiff_t last = first + (rows - 1) * window->stride_height
                + (window->kernel_height - 1) * window->dilation_height;
            const ptrdiff_t end = least(last + 1, s->height);
            filled = most(filled, first);
            if (filled < end) fill_ring(s, block, blocks, filled, end, &lined);
            filled = most(filled, end);
            for (ptrdiff_t b = 0; b < blocks; b++) {
                const ptrdiff_t taps = window->kernel_height * window->kernel_width * laban_block;
                const float *sources[256];
                depthwise_line line = {
                    .sources = sources, .taps = s->taps + (block + b) * taps, .epilogue = &s->epilogue,
                    .bias = s->bias + (block + b) * laban_block, .channel = (block + b) * laban_block,
                    .width = s->result_width,
                };
                for (ptrdiff_t r = 0; r < rows; r++) {
                    for (ptrdiff_t k = 0; k < window->kernel_height; k++) {
                        const ptrdiff_t row = first + r * window->stride_height + k * window->dilation_height;
                        const bool exists = row >= 0 && row < s->height;
                        sources[k] = exists ? s->ring + row % s->ring_rows * slot + b * plane : zeros;
                    }
                    line.place = (y + r) * row_length;
                    line.y = narrows ? s->strip + (b * s->strip_rows + r) * row_length
                                     : s->y + (block + b) * result_plane + line.place;
                    kernel(window, &line);
                }
            }
            if (!narrows) continue;
            laban_product p = s->narrowing;
            p.x = s->strip;
            p.x_block = s->strip_rows * row_length;
            p.y = s->y + y * row_length;
            p.y_block = result_plane;
            if (p.epilogue.addend) p.epilogue.addend += y * row_length;
            p.weights += block / s->chunk_blocks * s->narrowing_chunk;
            p.inputs = least(blocks * laban_block, p.inputs - block * laban_block);
            p.weights_block = p.inputs * laban_block;
            p.rows = 1;
            p.width = rows * s->result_width;
            p.continues = block > 0;
            p.is_partial = block + blocks < all;
            product(&p);
        }
    }
}
