// Numbers of eight bits: a sign, four for the power, three behind the point. What one of them stands for is a power of two
// for a whole matrix, so that nothing but the three places behind the point is lost.

// The nearest one, the even one of two; 448 is the largest.
DEVICE unsigned eighth(float x) {
    unsigned bits = __float_as_uint(x), sign = bits >> 24 & 0x80u, size = bits & 0x7fffffffu;
    // No number stays none.
    if (size > 0x7f800000u) return 0x7fu;
    if (size >= 0x43e00000u) return sign | 0x7eu;
    // Below the smallest power steps are of one size.
    if (size < 0x3c800000u) return sign | (unsigned)rintf(fabsf(x) * 512.0f);
    size += 0x7ffffu + (size >> 20 & 1u);
    return sign | ((size >> 20) - (120u << 3));
}

// The smallest power of two that brings the largest within reach.
DEVICE float one_for(float most) {
    unsigned bits = (__float_as_uint(most / 448.0f) + 0x7fffffu) & 0x7f800000u;
    return __uint_as_float(bits > 0x800000u ? bits : 0x800000u);
}

// The largest of each slab. `next` numbers lie between rows of `columns` eights. Blocks: slabs.
KERNEL largest_bf16_8(const bf16* in, float* most, place lots, unsigned columns, unsigned next, unsigned slab) {
    float *shared = (float*)shared_bytes, largest = 0.0f, x[8];
    place begin = (place)blockIdx.x * slab, end = begin + slab < lots ? begin + slab : lots;
    for (place at = begin + threadIdx.x; at < end; at += blockDim.x) {
        take<8>(x, in + at / columns * next + at % columns * 8);
        for (int n = 0; n < 8; n++) largest = fmaxf(largest, fabsf(x[n]));
    }
    largest = most_of_warp(largest);
    if (threadIdx.x % 32 == 0) shared[threadIdx.x / 32] = largest;
    __syncthreads();
    if (threadIdx.x) return;
    for (unsigned warp = 1; warp < blockDim.x / 32; warp++) largest = fmaxf(largest, shared[warp]);
    most[blockIdx.x] = largest;
}

struct __align__(8) Eighths {
    unsigned four[2];
};

// Rows without gaps, and behind them what a one stands for. `slabs` is how many there were for the largest. Blocks: slabs.
KERNEL eighths_bf16_8(const bf16* in, const float* most, unsigned char* out, float* one, place lots, unsigned columns,
                      unsigned next, unsigned slabs, unsigned slab) {
    float largest = 0.0f, x[8];
    for (unsigned of = threadIdx.x % 32; of < slabs; of += 32) largest = fmaxf(largest, most[of]);
    float stands_for = one_for(most_of_warp(largest)), by = 1.0f / stands_for;
    if (blockIdx.x == 0 && threadIdx.x == 0) *one = stands_for;
    place begin = (place)blockIdx.x * slab, end = begin + slab < lots ? begin + slab : lots;
    for (place at = begin + threadIdx.x; at < end; at += blockDim.x) {
        take<8>(x, in + at / columns * next + at % columns * 8);
        Eighths all = {};
        for (int n = 0; n < 8; n++) all.four[n / 4] |= eighth(x[n] * by) << (n % 4 * 8);
        *(Eighths*)(out + at * 8) = all;
    }
}
