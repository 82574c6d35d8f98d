// Products that the library for matrices is not asked for: few rows in f32, few outputs, and sizes that it refuses.

// A few rows in f32: a warp has an output of all rows. Blocks: outputs.
KERNEL product_rows_f32(const float* in, const bf16* weight, const float* bias, float* out, unsigned rows,
                        unsigned outputs, unsigned inputs) {
    unsigned output = blockIdx.x * (blockDim.x / 32) + threadIdx.x / 32;
    if (output >= outputs) return;
    const bf16* of = weight + (place)output * inputs;
    for (unsigned row = 0; row < rows; row++) {
        float sum = 0.0f;
        for (unsigned at = threadIdx.x % 32; at < inputs; at += 32) sum += in[(place)row * inputs + at] * wide(of[at]);
        sum = over_warp(sum);
        if (threadIdx.x % 32 == 0) out[(place)row * outputs + output] = sum + (bias ? bias[output] : 0.0f);
    }
}

// A convolution with up to eight outputs: a warp has a pixel. The weight is `[output][window][channel]`.
KERNEL conv_narrow_f32(const bf16* in, const bf16* weight, const float* bias, float* out, place pixels, unsigned height,
                       unsigned width, unsigned channels, unsigned to_height, unsigned to_width, unsigned side,
                       unsigned stride, unsigned before, unsigned outputs) {
    place pixel = (place)blockIdx.x * (blockDim.x / 32) + threadIdx.x / 32;
    if (pixel >= pixels) return;
    unsigned x = pixel % to_width, y = pixel / to_width % to_height, row = side * side * channels;
    place image = pixel / to_width / to_height;
    float sum[8] = {};
    for (unsigned step = 0; step < side * side; step++) {
        unsigned from_y = y * stride + step / side - before, from_x = x * stride + step % side - before;
        if (from_y >= height || from_x >= width) continue;
        const bf16* from = in + ((image * height + from_y) * width + from_x) * channels;
        for (unsigned channel = threadIdx.x % 32; channel < channels; channel += 32) {
            float value = wide(from[channel]);
            for (int n = 0; n < 8; n++)
                if (n < outputs) sum[n] += value * wide(weight[n * row + step * channels + channel]);
        }
    }
    for (int n = 0; n < 8; n++) {
        float all = over_warp(sum[n]);
        if (threadIdx.x % 32 == 0 && n < outputs) out[pixel * outputs + n] = all + bias[n];
    }
}

// Any product: a thread has an output, whatever the sizes. Blocks: columns, rows, batches. With `across`, `b` is
// `[inputs, outputs]` instead of `[outputs, inputs]`.
template <class To>
DEVICE void product(const bf16* a, const bf16* b, const bf16* bias, const bf16* more, To* out, unsigned rows,
                    unsigned outputs, unsigned inputs, unsigned next_a, unsigned next_b, unsigned next_out,
                    unsigned across, place batch_a, place batch_b, place batch_out, float by) {
    unsigned output = blockIdx.x * blockDim.x + threadIdx.x;
    if (output >= outputs) return;
    for (unsigned row = blockIdx.y; row < rows; row += gridDim.y) {
        const bf16* x = a + blockIdx.z * batch_a + (place)row * next_a;
        const bf16* y = b + blockIdx.z * batch_b + (across ? output : (place)output * next_b);
        place step = across ? next_b : 1;
        float sum = 0.0f;
        for (unsigned at = 0; at < inputs; at++) sum += wide(x[at]) * wide(y[at * step]);
        place to = blockIdx.z * batch_out + (place)row * next_out + output;
        sum = sum * by + (bias ? wide(bias[output]) : 0.0f) + (more ? wide(more[to]) : 0.0f);
        store(out + to, sum);
    }
}

KERNEL product_bf16(const bf16* a, const bf16* b, const bf16* bias, const bf16* more, bf16* out, unsigned rows,
                    unsigned outputs, unsigned inputs, unsigned next_a, unsigned next_b, unsigned next_out,
                    unsigned across, place batch_a, place batch_b, place batch_out, float by) {
    product<bf16>(a, b, bias, more, out, rows, outputs, inputs, next_a, next_b, next_out, across, batch_a, batch_b,
                  batch_out, by);
}
KERNEL product_f32(const bf16* a, const bf16* b, const bf16* bias, const bf16* more, float* out, unsigned rows,
                   unsigned outputs, unsigned inputs, unsigned next_a, unsigned next_b, unsigned next_out,
                   unsigned across, place batch_a, place batch_b, place batch_out, float by) {
    product<float>(a, b, bias, more, out, rows, outputs, inputs, next_a, next_b, next_out, across, batch_a, batch_b,
                   batch_out, by);
}
