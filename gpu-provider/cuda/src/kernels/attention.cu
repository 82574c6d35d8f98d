// Attention. Heads of 64 channels in one kernel that keeps its scores to itself; others as two products with a softmax
// between them.

DEVICE float most_of_warp(float value) {
    for (int mask = 16; mask; mask /= 2) value = fmaxf(value, from_lane(value, mask));
    return value;
}

// Softmax of rows of scores: a warp has a row. `wide_row` numbers lie between rows; those behind `seen` become zero. Row
// `first` is the first of its head that is in here, and each head has `rows`.
KERNEL soften_f32(const float* in, bf16* out, unsigned all, unsigned rows, unsigned first, unsigned seen,
                  unsigned wide_row, unsigned causal) {
    place row = (place)blockIdx.x * (blockDim.x / 32) + threadIdx.x / 32;
    if (row >= all) return;
    const float* from = in + row * wide_row;
    unsigned visible = seen, lane = threadIdx.x % 32;
    if (causal && first + row % rows + 1 < seen) visible = first + row % rows + 1;
    float most = -__int_as_float(0x7f800000), sum = 0.0f;
    for (unsigned at = lane; at < visible; at += 32) most = fmaxf(most, from[at]);
    most = most_of_warp(most);
    for (unsigned at = lane; at < visible; at += 32) sum += expf(from[at] - most);
    sum = over_warp(sum);
    for (unsigned at = lane; at < wide_row; at += 32)
        out[row * wide_row + at] = at < visible ? narrow(expf(from[at] - most) / sum) : (bf16)0;
}

enum { KEYS = 64, WIDTH = 64, LINE = 72 };

// Sixty-four keys and values, read while the ones before are worked on.
DEVICE void bring_tile(bf16* keys, bf16* values, const bf16* key, const bf16* value, unsigned first, unsigned seen,
                       unsigned next_key, unsigned next_value) {
    for (unsigned piece = threadIdx.x; piece < KEYS * WIDTH / 8; piece += blockDim.x) {
        unsigned row = piece / 8, column = piece % 8 * 8;
        bool is_there = first + row < seen;
        place of = is_there ? first + row : 0;
        bring(keys + row * LINE + column, key + of * next_key + column, is_there);
        bring(values + row * LINE + column, value + of * next_value + column, is_there);
    }
}

// Two rows of a warp's sixteen are a thread's: `lane / 4`, and eight further down.
DEVICE void mask_scores(float (&scores)[8][4], unsigned first, unsigned row, unsigned seen, unsigned causal) {
    for (int tile = 0; tile < 8; tile++)
        for (int n = 0; n < 4; n++) {
            unsigned key = first + tile * 8 + threadIdx.x % 4 * 2 + n % 2;
            if (key >= seen || (causal && key > row + n / 2 * 8)) scores[tile][n] = -__int_as_float(0x7f800000);
        }
}

// Exponentials of the scores in their place. What was summed before is made smaller where a larger score is found.
DEVICE void soften_tile(float (&scores)[8][4], float (&out)[8][4], float (&most)[2], float (&sum)[2], float by) {
    for (int half = 0; half < 2; half++) {
        float top = most[half];
        for (int tile = 0; tile < 8; tile++)
            top = fmaxf(top, fmaxf(scores[tile][half * 2], scores[tile][half * 2 + 1]));
        top = fmaxf(top, from_lane(top, 1));
        top = fmaxf(top, from_lane(top, 2));
        // A row that has seen nothing yet stays without numbers that are none.
        float least = top == -__int_as_float(0x7f800000) ? 0.0f : top * by;
        float old = exp2_of(most[half] * by - least);
        most[half] = top;
        sum[half] *= old;
        for (int tile = 0; tile < 8; tile++)
            for (int n = half * 2; n < half * 2 + 2; n++) {
                scores[tile][n] = exp2_of(scores[tile][n] * by - least);
                sum[half] += scores[tile][n];
                out[tile][n] *= old;
            }
    }
}

// Sixteen queries of a warp against the keys that are there.
DEVICE void score_tile(float (&scores)[8][4], const unsigned (&query)[4][4], const bf16* keys) {
    unsigned group = threadIdx.x % 32 / 4, pair = threadIdx.x % 4 * 2;
    for (int tile = 0; tile < 8; tile++) {
        for (int n = 0; n < 4; n++) scores[tile][n] = 0.0f;
        for (int step = 0; step < 4; step++) {
            const bf16* from = keys + (tile * 8 + group) * LINE + step * 16 + pair;
            unsigned key[2] = {*(const unsigned*)from, *(const unsigned*)(from + 8)};
            multiply(scores[tile], query[step], key);
        }
    }
}

DEVICE void mix_tile(float (&out)[8][4], const float (&scores)[8][4], const bf16* values) {
    unsigned lane = threadIdx.x % 32, piece = lane / 8;
    for (int step = 0; step < 4; step++) {
        const float(&left)[4] = scores[step * 2];
        const float(&right)[4] = scores[step * 2 + 1];
        unsigned weights[4] = {both(left[0], left[1]), both(left[2], left[3]), both(right[0], right[1]),
                               both(right[2], right[3])};
        for (int tile = 0; tile < 8; tile += 2) {
            unsigned four[4];
            turned(four, values + (step * 16 + piece % 2 * 8 + lane % 8) * LINE + (tile + piece / 2) * 8);
            unsigned first[2] = {four[0], four[1]}, second[2] = {four[2], four[3]};
            multiply(out[tile], weights, first);
            multiply(out[tile + 1], weights, second);
        }
    }
}

// Blocks: sixty-four queries each, heads, images; four warps. `next_…` is how far it is to the next token.
KERNEL attention_64_bf16(const bf16* query, const bf16* key, const bf16* value, bf16* to, unsigned rows, unsigned seen,
                         unsigned next_query, unsigned next_key, unsigned next_value, unsigned next_to, float by,
                         unsigned causal) {
    bf16 *keys = (bf16*)shared_bytes, *values = keys + 2 * KEYS * LINE;
    unsigned lane = threadIdx.x % 32, pair = lane % 4 * 2;
    unsigned row = blockIdx.x * 64 + threadIdx.x / 32 * 16 + lane / 4;
    key += (place)blockIdx.z * seen * next_key + blockIdx.y * WIDTH;
    value += (place)blockIdx.z * seen * next_value + blockIdx.y * WIDTH;
    const bf16* own_query = query + (place)blockIdx.z * rows * next_query + blockIdx.y * WIDTH;
    unsigned queries[4][4];
    for (int step = 0; step < 4; step++)
        for (int n = 0; n < 4; n++) {
            unsigned of = row + n % 2 * 8;
            const bf16* from = own_query + (place)of * next_query + step * 16 + n / 2 * 8 + pair;
            queries[step][n] = of < rows ? *(const unsigned*)from : 0;
        }
    float out[8][4] = {}, most[2], sum[2] = {};
    most[0] = most[1] = -__int_as_float(0x7f800000);
    unsigned last = blockIdx.x * 64 + 64;
    if (!causal || last > seen) last = seen;
    unsigned tiles = (last + KEYS - 1) / KEYS;
    bring_tile(keys, values, key, value, 0, seen, next_key, next_value);
    bring_end();
    for (unsigned tile = 0; tile < tiles; tile++) {
        unsigned now = tile % 2 * KEYS * LINE, then = (tile + 1) % 2 * KEYS * LINE;
        if (tile + 1 < tiles)
            bring_tile(keys + then, values + then, key, value, (tile + 1) * KEYS, seen, next_key, next_value);
        bring_end();
        bring_wait();
        __syncthreads();
        float scores[8][4];
        score_tile(scores, queries, keys + now);
        if ((tile + 1) * KEYS > seen || causal) mask_scores(scores, tile * KEYS, row, seen, causal);
        soften_tile(scores, out, most, sum, by);
        mix_tile(out, scores, values + now);
        __syncthreads();
    }
    for (int half = 0; half < 2; half++) {
        sum[half] += from_lane(sum[half], 1);
        sum[half] += from_lane(sum[half], 2);
        unsigned of = row + half * 8;
        if (of >= rows) continue;
        bf16* at = to + ((place)blockIdx.z * rows + of) * next_to + blockIdx.y * WIDTH + pair;
        for (int tile = 0; tile < 8; tile++)
            *(unsigned*)(at + tile * 8) = both(out[tile][half * 2] / sum[half], out[tile][half * 2 + 1] / sum[half]);
    }
}
