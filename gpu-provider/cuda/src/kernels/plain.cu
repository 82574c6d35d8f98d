// Operations on each number by itself, and those that only move numbers. A thread has `N` numbers; `lots` are all of them.

template <class From, class To, int N>
DEVICE void convert(const From* in, To* out, place lots) {
    place at = own();
    if (at >= lots) return;
    float x[N];
    take<N>(x, in + at * N);
    give<N>(out + at * N, x);
}

template <class T, int N>
DEVICE void activate(const T* in, T* out, place lots, unsigned kind) {
    place at = own();
    if (at >= lots) return;
    float x[N];
    take<N>(x, in + at * N);
    for (int n = 0; n < N; n++) x[n] = activated(x[n], kind);
    give<N>(out + at * N, x);
}

// The first half of a row, each times what its partner in the second half becomes.
template <int N>
DEVICE void gated(const bf16* in, bf16* out, place lots, unsigned half, unsigned kind) {
    place at = own();
    if (at >= lots) return;
    unsigned columns = half / N;
    place row = at / columns;
    const bf16* from = in + row * 2 * half + at % columns * N;
    float x[N], gate[N];
    take<N>(x, from);
    take<N>(gate, from + half);
    for (int n = 0; n < N; n++) x[n] *= activated(gate[n], kind);
    give<N>(out + at * N, x);
}

// Rows of `b` again and again: `images` times `rows_b` of them. With no rows, `b` is as large as `a`.
template <class A, class B, int N>
DEVICE void add(const A* a, const B* b, A* out, place lots, unsigned channels, unsigned rows, unsigned images,
                unsigned rows_b) {
    place at = own();
    if (at >= lots) return;
    place other = at;
    if (rows_b) {
        unsigned columns = channels / N;
        place row = at / columns;
        other = (row / rows % images * rows_b + row % rows % rows_b) * columns + at % columns;
    }
    float x[N], y[N];
    take<N>(x, a + at * N);
    take<N>(y, b + other * N);
    for (int n = 0; n < N; n++) x[n] += y[n];
    give<N>(out + at * N, x);
}

template <class T, int N>
DEVICE void scale(const T* in, T* out, place lots, float by) {
    place at = own();
    if (at >= lots) return;
    float x[N];
    take<N>(x, in + at * N);
    for (int n = 0; n < N; n++) x[n] *= by;
    give<N>(out + at * N, x);
}

// Channels side by side.
template <class T, int N>
DEVICE void concat(const T* a, const T* b, T* out, place lots, unsigned channels_a, unsigned channels_b) {
    place at = own();
    if (at >= lots) return;
    unsigned columns = (channels_a + channels_b) / N;
    place row = at / columns;
    unsigned column = at % columns * N;
    float x[N];
    take<N>(x, column < channels_a ? a + row * channels_a + column : b + row * channels_b + (column - channels_a));
    give<N>(out + at * N, x);
}

// Every pixel four times. `width` and `height` are those of what is made.
template <int N>
DEVICE void upsample(const bf16* in, bf16* out, place lots, unsigned height, unsigned width, unsigned channels) {
    place at = own();
    if (at >= lots) return;
    unsigned columns = channels / N;
    place pixel = at / columns;
    unsigned x = pixel % width, y = pixel / width % height;
    place image = pixel / width / height;
    place from = ((image * (height / 2) + y / 2) * (width / 2) + x / 2) * columns + at % columns;
    float value[N];
    take<N>(value, in + from * N);
    give<N>(out + at * N, value);
}

// The window of each output pixel from `first` on, as one row of `wide_row` numbers; what is behind the window is zero.
template <int N>
DEVICE void windows(const bf16* in, bf16* out, place lots, unsigned height, unsigned width, unsigned channels,
                    unsigned to_height, unsigned to_width, unsigned side, unsigned stride, unsigned before, place first,
                    unsigned wide_row) {
    place at = own();
    if (at >= lots) return;
    unsigned columns = wide_row / N, column = at % columns * N;
    place pixel = first + at / columns;
    unsigned x = pixel % to_width, y = pixel / to_width % to_height;
    place image = pixel / to_width / to_height;
    unsigned step = column / channels, channel = column % channels;
    // Below zero wraps around to far too much.
    unsigned from_y = y * stride + step / side - before, from_x = x * stride + step % side - before;
    float value[N] = {};
    if (step < side * side && from_y < height && from_x < width)
        take<N>(value, in + ((image * height + from_y) * width + from_x) * channels + channel);
    give<N>(out + at * N, value);
}

KERNEL convert_f32_bf16(const float* in, bf16* out, place lots) { convert<float, bf16, 1>(in, out, lots); }
KERNEL convert_f32_bf16_8(const float* in, bf16* out, place lots) { convert<float, bf16, 8>(in, out, lots); }
KERNEL convert_bf16_f32(const bf16* in, float* out, place lots) { convert<bf16, float, 1>(in, out, lots); }
KERNEL convert_bf16_f32_8(const bf16* in, float* out, place lots) { convert<bf16, float, 8>(in, out, lots); }

KERNEL activate_f32(const float* in, float* out, place lots, unsigned kind) { activate<float, 1>(in, out, lots, kind); }
KERNEL activate_bf16(const bf16* in, bf16* out, place lots, unsigned kind) { activate<bf16, 1>(in, out, lots, kind); }
KERNEL activate_bf16_8(const bf16* in, bf16* out, place lots, unsigned kind) { activate<bf16, 8>(in, out, lots, kind); }

KERNEL gated_bf16(const bf16* in, bf16* out, place lots, unsigned half, unsigned kind) {
    gated<1>(in, out, lots, half, kind);
}
KERNEL gated_bf16_8(const bf16* in, bf16* out, place lots, unsigned half, unsigned kind) {
    gated<8>(in, out, lots, half, kind);
}

KERNEL add_f32(const float* a, const float* b, float* out, place lots, unsigned channels, unsigned rows,
               unsigned images, unsigned rows_b) {
    add<float, float, 1>(a, b, out, lots, channels, rows, images, rows_b);
}
KERNEL add_bf16(const bf16* a, const bf16* b, bf16* out, place lots, unsigned channels, unsigned rows, unsigned images,
                unsigned rows_b) {
    add<bf16, bf16, 1>(a, b, out, lots, channels, rows, images, rows_b);
}
KERNEL add_bf16_8(const bf16* a, const bf16* b, bf16* out, place lots, unsigned channels, unsigned rows,
                  unsigned images, unsigned rows_b) {
    add<bf16, bf16, 8>(a, b, out, lots, channels, rows, images, rows_b);
}
KERNEL add_wide_bf16(const bf16* a, const float* b, bf16* out, place lots, unsigned channels, unsigned rows,
                     unsigned images, unsigned rows_b) {
    add<bf16, float, 1>(a, b, out, lots, channels, rows, images, rows_b);
}
KERNEL add_wide_bf16_8(const bf16* a, const float* b, bf16* out, place lots, unsigned channels, unsigned rows,
                       unsigned images, unsigned rows_b) {
    add<bf16, float, 8>(a, b, out, lots, channels, rows, images, rows_b);
}

KERNEL scale_f32(const float* in, float* out, place lots, float by) { scale<float, 1>(in, out, lots, by); }
KERNEL scale_bf16(const bf16* in, bf16* out, place lots, float by) { scale<bf16, 1>(in, out, lots, by); }
KERNEL scale_bf16_8(const bf16* in, bf16* out, place lots, float by) { scale<bf16, 8>(in, out, lots, by); }

KERNEL concat_f32(const float* a, const float* b, float* out, place lots, unsigned channels_a, unsigned channels_b) {
    concat<float, 1>(a, b, out, lots, channels_a, channels_b);
}
KERNEL concat_bf16(const bf16* a, const bf16* b, bf16* out, place lots, unsigned channels_a, unsigned channels_b) {
    concat<bf16, 1>(a, b, out, lots, channels_a, channels_b);
}
KERNEL concat_bf16_8(const bf16* a, const bf16* b, bf16* out, place lots, unsigned channels_a, unsigned channels_b) {
    concat<bf16, 8>(a, b, out, lots, channels_a, channels_b);
}

KERNEL upsample_bf16(const bf16* in, bf16* out, place lots, unsigned height, unsigned width, unsigned channels) {
    upsample<1>(in, out, lots, height, width, channels);
}
KERNEL upsample_bf16_8(const bf16* in, bf16* out, place lots, unsigned height, unsigned width, unsigned channels) {
    upsample<8>(in, out, lots, height, width, channels);
}

KERNEL windows_bf16(const bf16* in, bf16* out, place lots, unsigned height, unsigned width, unsigned channels,
                    unsigned to_height, unsigned to_width, unsigned side, unsigned stride, unsigned before, place first,
                    unsigned wide_row) {
    windows<1>(in, out, lots, height, width, channels, to_height, to_width, side, stride, before, first, wide_row);
}
KERNEL windows_bf16_8(const bf16* in, bf16* out, place lots, unsigned height, unsigned width, unsigned channels,
                      unsigned to_height, unsigned to_width, unsigned side, unsigned stride, unsigned before,
                      place first, unsigned wide_row) {
    windows<8>(in, out, lots, height, width, channels, to_height, to_width, side, stride, before, first, wide_row);
}

// The row of the table for each number; a number that is none of them takes the last one.
KERNEL embed_bf16(const float* ids, const bf16* table, bf16* out, place lots, unsigned channels, unsigned known) {
    place at = own();
    if (at >= lots) return;
    unsigned id = (unsigned)ids[at / channels];
    out[at] = table[(place)(id < known ? id : known - 1) * channels + at % channels];
}

// Of each image the row whose number is given.
KERNEL pick_bf16(const bf16* in, const float* chosen, float* out, place lots, unsigned rows, unsigned channels) {
    place at = own();
    if (at >= lots) return;
    place image = at / channels;
    unsigned row = (unsigned)chosen[image];
    out[at] = wide(in[(image * rows + (row < rows ? row : rows - 1)) * channels + at % channels]);
}

// Cosines, then sines, of each number at falling frequencies.
KERNEL sinusoid_f32(const float* in, float* out, place lots, unsigned size) {
    place at = own();
    if (at >= lots) return;
    unsigned half = size / 2, wave = at % size;
    float frequency = expf(-9.210340371976184f * (float)(wave % half) / (float)half);
    float angle = in[at / size] * frequency;
    out[at] = wave < half ? cosf(angle) : sinf(angle);
}
