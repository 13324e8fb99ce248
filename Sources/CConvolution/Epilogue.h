// What happens to a sum before it is stored.
INLINE V bend(V v, const laban_curve *curve, ptrdiff_t channel) {
    v = higher(lower(v, (V)curve->high), (V)curve->low);
    if (curve->slopes) v = higher(v, (V)0) + lower(v, (V)0) * load(curve->slopes + channel);
    return v;
}

// Stores COUNT cells' registers, finished. The epilogue comes by value: what is stored cannot change it.
//
// - channel: first channel of the registers.
// - place: where the first cell and its lanes are in a block.
INLINE void finish_and_store(
    const int COUNT, const V *sums, const laban_epilogue e, ptrdiff_t channel, float *y, ptrdiff_t place
) {
    if (!e.addend && !e.first.slopes) {
        const V low = (V)e.first.low, high = (V)e.first.high;
        UNROLL for (int m = 0; m < COUNT; m++) store(y + m * laban_block, higher(lower(sums[m], high), low));
        return;
    }
    const bool adds = e.addend && channel < e.addend_channels;
    const float *addend = e.addend + channel / laban_block * e.addend_block + place;
    UNROLL for (int m = 0; m < COUNT; m++) {
        V v = bend(sums[m], &e.first, channel);
        if (adds) v += load(addend + m * laban_block);
        if (e.addend) v = bend(v, &e.second, channel);
        store(y + m * laban_block, v);
    }
}
