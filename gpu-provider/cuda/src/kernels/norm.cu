// Norms. Sums are f32 numbers of what is apart from a first number, so that a large mean costs no digits.

DEVICE float over_warp(float value) {
    for (int mask = 16; mask; mask /= 2) value += from_lane(value, mask);
    return value;
}

// Of each slab of rows, image and group: the sum, and that of squares. Blocks: slabs, images.
template <int N>
DEVICE void group_sums(const bf16* in, float* sums, unsigned rows, unsigned channels, unsigned groups, unsigned slab) {
    unsigned columns = channels / N, across = columns < blockDim.x ? columns : blockDim.x;
    unsigned lines = blockDim.x / across, line = threadIdx.x / across, size = channels / groups;
    float *shared = (float*)shared_bytes, *squares = shared + lines * channels;
    const bf16* image = in + (place)blockIdx.y * rows * channels;
    unsigned begin = blockIdx.x * slab, end = begin + slab < rows ? begin + slab : rows;
    for (unsigned column = threadIdx.x % across; line < lines && column < columns; column += across) {
        float sum[N] = {}, square[N] = {}, first[N], x[N];
        for (int n = 0; n < N; n++) first[n] = wide(image[(column * N + n) / size * size]);
        for (unsigned row = begin + line; row < end; row += lines) {
            take<N>(x, image + (place)row * channels + column * N);
            for (int n = 0; n < N; n++) {
                float apart = x[n] - first[n];
                sum[n] += apart;
                square[n] += apart * apart;
            }
        }
        for (int n = 0; n < N; n++) {
            shared[line * channels + column * N + n] = sum[n];
            squares[line * channels + column * N + n] = square[n];
        }
    }
    __syncthreads();
    for (unsigned group = threadIdx.x; group < groups; group += blockDim.x) {
        float sum = 0.0f, square = 0.0f;
        for (unsigned of = 0; of < lines; of++)
            for (unsigned channel = group * size; channel < (group + 1) * size; channel++) {
                sum += shared[of * channels + channel];
                square += squares[of * channels + channel];
            }
        float* to = sums + (((place)blockIdx.y * gridDim.x + blockIdx.x) * groups + group) * 2;
        to[0] = sum;
        to[1] = square;
    }
}

// Blocks: slabs of rows, images. `slabs` is how many there were for the sums.
template <int N>
DEVICE void group_apply(const bf16* in, const float* sums, const float* weight, const float* bias, bf16* out,
                        unsigned rows, unsigned channels, unsigned groups, unsigned slabs, unsigned slab, float eps,
                        unsigned silu) {
    float *mean = (float*)shared_bytes, *factor = mean + groups;
    unsigned size = channels / groups, columns = channels / N;
    place start = (place)blockIdx.y * rows * channels;
    for (unsigned group = threadIdx.x / 32; group < groups; group += blockDim.x / 32) {
        float sum = 0.0f, square = 0.0f;
        for (unsigned of = threadIdx.x % 32; of < slabs; of += 32) {
            const float* from = sums + (((place)blockIdx.y * slabs + of) * groups + group) * 2;
            sum += from[0];
            square += from[1];
        }
        sum = over_warp(sum);
        square = over_warp(square);
        if (threadIdx.x % 32 == 0) {
            float count = (float)rows * (float)size, apart = sum / count;
            float variance = fmaxf(square / count - apart * apart, 0.0f);
            mean[group] = wide(in[start + group * size]) + apart;
            factor[group] = 1.0f / sqrtf(variance + eps);
        }
    }
    __syncthreads();
    unsigned across = columns < blockDim.x ? columns : blockDim.x;
    unsigned lines = blockDim.x / across, line = threadIdx.x / across;
    unsigned begin = blockIdx.x * slab, end = begin + slab < rows ? begin + slab : rows;
    for (unsigned column = threadIdx.x % across; line < lines && column < columns; column += across) {
        float by[N], plus[N], x[N];
        take<N>(by, weight + column * N);
        take<N>(plus, bias + column * N);
        for (int n = 0; n < N; n++) {
            unsigned group = (column * N + n) / size;
            by[n] *= factor[group];
            plus[n] -= mean[group] * by[n];
        }
        for (unsigned row = begin + line; row < end; row += lines) {
            place at = start + (place)row * channels + column * N;
            take<N>(x, in + at);
            for (int n = 0; n < N; n++) {
                x[n] = x[n] * by[n] + plus[n];
                if (silu) x[n] = activated(x[n], SILU);
            }
            give<N>(out + at, x);
        }
    }
}

// A warp has a row.
template <int N>
DEVICE void layer_norm(const bf16* in, const float* weight, const float* bias, bf16* out, unsigned rows,
                       unsigned channels, float eps) {
    place row = (place)blockIdx.x * (blockDim.x / 32) + threadIdx.x / 32;
    if (row >= rows) return;
    const bf16* from = in + row * channels;
    unsigned first = threadIdx.x % 32 * N, step = 32 * N;
    float sum = 0.0f, square = 0.0f, x[N], by[N], plus[N];
    for (unsigned channel = first; channel < channels; channel += step) {
        take<N>(x, from + channel);
        for (int n = 0; n < N; n++) sum += x[n];
    }
    float mean = over_warp(sum) / (float)channels;
    for (unsigned channel = first; channel < channels; channel += step) {
        take<N>(x, from + channel);
        for (int n = 0; n < N; n++) square += (x[n] - mean) * (x[n] - mean);
    }
    float factor = 1.0f / sqrtf(over_warp(square) / (float)channels + eps);
    for (unsigned channel = first; channel < channels; channel += step) {
        take<N>(x, from + channel);
        take<N>(by, weight + channel);
        take<N>(plus, bias + channel);
        for (int n = 0; n < N; n++) x[n] = (x[n] - mean) * factor * by[n] + plus[n];
        give<N>(out + row * channels + channel, x);
    }
}

KERNEL group_sums_bf16(const bf16* in, float* sums, unsigned rows, unsigned channels, unsigned groups, unsigned slab) {
    group_sums<1>(in, sums, rows, channels, groups, slab);
}
KERNEL group_sums_bf16_8(const bf16* in, float* sums, unsigned rows, unsigned channels, unsigned groups,
                         unsigned slab) {
    group_sums<8>(in, sums, rows, channels, groups, slab);
}
KERNEL group_apply_bf16(const bf16* in, const float* sums, const float* weight, const float* bias, bf16* out,
                        unsigned rows, unsigned channels, unsigned groups, unsigned slabs, unsigned slab, float eps,
                        unsigned silu) {
    group_apply<1>(in, sums, weight, bias, out, rows, channels, groups, slabs, slab, eps, silu);
}
KERNEL group_apply_bf16_8(const bf16* in, const float* sums, const float* weight, const float* bias, bf16* out,
                          unsigned rows, unsigned channels, unsigned groups, unsigned slabs, unsigned slab, float eps,
                          unsigned silu) {
    group_apply<8>(in, sums, weight, bias, out, rows, channels, groups, slabs, slab, eps, silu);
}
KERNEL layer_norm_bf16(const bf16* in, const float* weight, const float* bias, bf16* out, unsigned rows,
                       unsigned channels, float eps) {
    layer_norm<1>(in, weight, bias, out, rows, channels, eps);
}
KERNEL layer_norm_bf16_8(const bf16* in, const float* weight, const float* bias, bf16* out, unsigned rows,
                         unsigned channels, float eps) {
    layer_norm<8>(in, weight, bias, out, rows, channels, eps);
}
