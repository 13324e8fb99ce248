// What happens to a sum before it is stored.
INLINE V bend(V v, const laban_curve *curve, ptrdiff_t channel) {
    v = higher(lower(v, (V)curve->high), (V)curve->low);
    if (curve->slopes) v = higher(v, (V)0) + lower(v, (V)0) * load(curve->slopes + channel);
    return v;
}

// - channel: first channel of the register.
// - place: where its cell and lanes are in a block.
INLINE V finished(V v, const laban_epilogue *e, ptrdiff_t channel, ptrdiff_t place) {
    v = bend(v, &e->first, channel);
    if (!e->addend) return v;
    v += load(e->addend + channel / laban_block * e->addend_block + place);
    return bend(v, &e->second, channel);
}
