// Runs kernels of CUDA on the CPU, one block after the other, so that the very text of a kernel is tested without a GPU.
//
// The threads of a block are fibers. One goes on until it waits: for its warp, or for its block. A warp whose lanes wait
// for different things, and a copy that is read before it was waited for, are mistakes that show here. Lanes run forward
// with copies that arrive as late as they may, or backward with copies that arrive at once, so that a kernel that forgot to
// wait gives two different answers.

#include <csetjmp>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <tuple>
#include <utility>
#include <vector>
#include <ucontext.h>

#define ON_CPU
#define KERNEL extern "C" void
#define DEVICE static inline
#define __align__(n) alignas(n)
#define __syncthreads() wait_for(BLOCK)

struct Triple {
    unsigned x, y, z;
};

static Triple threadIdx, blockIdx, blockDim, gridDim;
alignas(16) static unsigned char shared_bytes[96 << 10];

enum Waits { NOTHING, WARP, BLOCK, ENDED };
enum { THREADS = 1024, STACK = 64 << 10, LANES = 32 };

struct Copy {
    void* to;
    unsigned char bytes[16];
};

struct Fiber {
    jmp_buf at;
    Waits waits;
    bool is_begun;
    std::vector<std::vector<Copy>> copies;
    std::vector<Copy> open;
};

static Fiber fibers[THREADS];
static unsigned char* stacks;
static jmp_buf scheduler;
static unsigned current;
static void (*body)(void**);
static void** body_args;
static bool is_backward;

[[noreturn]] static void wrong(const char* what) {
    std::fprintf(stderr, "thread %u: %s\n", current, what);
    std::abort();
}

static void wait_for(Waits what) {
    fibers[current].waits = what;
    if (!_setjmp(fibers[current].at)) _longjmp(scheduler, 1);
}

// What every lane of a warp gives the others, and the waiting before and behind it.
struct Lane {
    float number;
    unsigned a[4], b[2];
    const unsigned short* row;
};
static Lane lanes[THREADS];

static unsigned warp_start() { return current / LANES * LANES; }

static float from_lane(float value, int mask) {
    lanes[current].number = value;
    wait_for(WARP);
    float out = lanes[current ^ (unsigned)mask].number;
    wait_for(WARP);
    return out;
}

static float __uint_as_float(unsigned bits) {
    float out;
    std::memcpy(&out, &bits, 4);
    return out;
}

static float __int_as_float(int bits) { return __uint_as_float((unsigned)bits); }

static unsigned __float_as_uint(float value) {
    unsigned out;
    std::memcpy(&out, &value, 4);
    return out;
}

static unsigned short narrow(float value) {
    unsigned bits = __float_as_uint(value);
    if ((bits & 0x7fffffffu) > 0x7f800000u) return 0x7fff;
    return (unsigned short)((bits + 0x7fffu + (bits >> 16 & 1u)) >> 16);
}

static float exp2_of(float value) { return exp2f(value); }

static float half_of(unsigned word, unsigned which) { return __uint_as_float(which ? word & 0xffff0000u : word << 16); }

// The layout of the fragments of mma.m16n8k16, from the description of PTX.
static void multiply(float (&sum)[4], const unsigned (&a)[4], const unsigned (&b)[2]) {
    std::memcpy(lanes[current].a, a, sizeof a);
    std::memcpy(lanes[current].b, b, sizeof b);
    wait_for(WARP);
    unsigned group = current % LANES / 4, pair = current % 4;
    for (unsigned n = 0; n < 4; n++) {
        unsigned row = group + n / 2 * 8, column = pair * 2 + n % 2;
        for (unsigned k = 0; k < 16; k++) {
            const Lane& left = lanes[warp_start() + row % 8 * 4 + k % 8 / 2];
            const Lane& right = lanes[warp_start() + column * 4 + k % 8 / 2];
            sum[n] += half_of(left.a[row / 8 + k / 8 * 2], k % 2) * half_of(right.b[k / 8], k % 2);
        }
    }
    wait_for(WARP);
}

// ldmatrix with four pieces, turned over: lanes 8n to 8n + 7 say where the rows of piece n begin.
static void turned(unsigned (&out)[4], const unsigned short* row) {
    if ((size_t)row % 16) wrong("a row that does not begin at 16 bytes");
    lanes[current].row = row;
    wait_for(WARP);
    unsigned lane = current % LANES;
    for (unsigned n = 0; n < 4; n++) {
        const Lane* rows = lanes + warp_start() + n * 8 + lane % 4 * 2;
        out[n] = rows[0].row[lane / 4] | (unsigned)rows[1].row[lane / 4] << 16;
    }
    wait_for(WARP);
}

static void bring(unsigned short* to, const unsigned short* from, bool is_there) {
    if ((size_t)to % 16 || (size_t)from % 16) wrong("a copy that does not begin at 16 bytes");
    Copy copy = {to, {}};
    if (is_there) std::memcpy(copy.bytes, from, 16);
    // It may arrive at once, over what somebody still reads.
    if (is_backward) std::memcpy(to, copy.bytes, 16);
    fibers[current].open.push_back(copy);
}

static void bring_end() {
    fibers[current].copies.push_back(std::move(fibers[current].open));
    fibers[current].open.clear();
}

// As late as it may be: all but the last group.
static void bring_wait() {
    auto& groups = fibers[current].copies;
    while (groups.size() > 1) {
        for (const Copy& copy : groups.front()) std::memcpy(copy.to, copy.bytes, 16);
        groups.erase(groups.begin());
    }
}

#include "kernels.cu"

static void enter() {
    body(body_args);
    fibers[current].waits = ENDED;
    _longjmp(scheduler, 1);
}

static void go_on(unsigned thread) {
    current = thread;
    threadIdx = {thread, 0, 0};
    Fiber& fiber = fibers[thread];
    fiber.waits = NOTHING;
    if (_setjmp(scheduler)) return;
    if (fiber.is_begun) _longjmp(fiber.at, 1);
    fiber.is_begun = true;
    ucontext_t context;
    getcontext(&context);
    context.uc_stack.ss_sp = stacks + (size_t)thread * STACK;
    context.uc_stack.ss_size = STACK;
    context.uc_link = nullptr;
    makecontext(&context, enter, 0);
    setcontext(&context);
}

// Until every lane waits for the block or has ended. True when all have ended.
static bool run_warp(unsigned first, unsigned end) {
    unsigned count = end - first;
    for (;;) {
        for (unsigned n = 0; n < count; n++) {
            unsigned thread = is_backward ? end - 1 - n : first + n;
            if (fibers[thread].waits != ENDED) go_on(thread);
        }
        Waits what = fibers[first].waits;
        for (unsigned thread = first; thread < end; thread++)
            if (fibers[thread].waits != what) wrong("the lanes of a warp wait for different things");
        if (what != WARP) return what == ENDED;
    }
}

static void run_block() {
    unsigned threads = blockDim.x;
    for (unsigned thread = 0; thread < threads; thread++) {
        fibers[thread].is_begun = false;
        fibers[thread].waits = NOTHING;
        fibers[thread].copies.clear();
        fibers[thread].open.clear();
    }
    std::memset(shared_bytes, 0xff, sizeof shared_bytes);
    unsigned warps = (threads + LANES - 1) / LANES;
    for (;;) {
        unsigned ended = 0;
        for (unsigned n = 0; n < warps; n++) {
            unsigned warp = is_backward ? warps - 1 - n : n, first = warp * LANES;
            if (fibers[first].waits == ENDED) {
                ended++;
                continue;
            }
            ended += run_warp(first, first + LANES < threads ? first + LANES : threads);
        }
        if (ended == warps) return;
    }
}

// A kernel that waits for nobody needs no fibers.
static void run_plain(void (*kernel)(void**), void** args) {
    for (unsigned thread = 0; thread < blockDim.x; thread++) {
        current = thread;
        threadIdx = {thread, 0, 0};
        kernel(args);
    }
}

template <class... A, size_t... N>
static void call(void (*kernel)(A...), void** args, std::index_sequence<N...>) {
    kernel(*(std::remove_const_t<A>*)args[N]...);
}

template <auto Kernel>
static void unpack(void** args) {
    []<class... A>(void (*kernel)(A...), void** given) {
        call(kernel, given, std::index_sequence_for<A...>());
    }(Kernel, args);
}

template <class... A>
static constexpr unsigned count(void (*)(A...)) {
    return sizeof...(A);
}

template <auto Kernel>
static constexpr unsigned count_of() {
    return count(Kernel);
}

struct Known {
    const char* name;
    void (*kernel)(void**);
    unsigned args;
    bool waits;
};

static const Known known[] = {
#include "table.inc"
};

// Zero where the kernel is known and its block is one that a GPU would take.
extern "C" int run(const char* name, const unsigned* blocks, unsigned threads, unsigned bytes, void** args,
                   int backward) {
    if (!stacks) stacks = (unsigned char*)std::malloc((size_t)THREADS * STACK);
    for (const Known& one : known) {
        if (std::strcmp(one.name, name)) continue;
        if (!threads || threads > THREADS || bytes > 48 << 10) return 2;
        blockDim = {threads, 1, 1};
        gridDim = {blocks[0], blocks[1], blocks[2]};
        body = one.kernel;
        body_args = args;
        is_backward = backward;
        for (blockIdx.z = 0; blockIdx.z < gridDim.z; blockIdx.z++)
            for (blockIdx.y = 0; blockIdx.y < gridDim.y; blockIdx.y++)
                for (blockIdx.x = 0; blockIdx.x < gridDim.x; blockIdx.x++)
                    if (one.waits)
                        run_block();
                    else
                        run_plain(one.kernel, args);
        return 0;
    }
    return 1;
}

struct Sizes {
    unsigned rows, outputs, inputs, next_a, next_b, next_out, across, to_f32, batches;
    unsigned long long batch_a, batch_b, batch_out;
    float by;
};

// What the library for matrices does on a GPU.
extern "C" void multiply_matrices(const bf16* a, const bf16* b, const bf16* bias, const bf16* more, void* out,
                                  const Sizes* sizes) {
    const Sizes& s = *sizes;
    std::vector<float> right((size_t)s.outputs * s.inputs), sums(s.outputs);
    for (unsigned batch = 0; batch < s.batches; batch++) {
        const bf16* from = b + batch * s.batch_b;
        for (size_t k = 0; k < s.inputs; k++)
            for (size_t n = 0; n < s.outputs; n++)
                right[k * s.outputs + n] = wide(s.across ? from[k * s.next_b + n] : from[n * s.next_b + k]);
        for (size_t row = 0; row < s.rows; row++) {
            const bf16* left = a + batch * s.batch_a + row * s.next_a;
            std::fill(sums.begin(), sums.end(), 0.0f);
            for (size_t k = 0; k < s.inputs; k++) {
                float by = wide(left[k]);
                for (size_t n = 0; n < s.outputs; n++) sums[n] += by * right[k * s.outputs + n];
            }
            size_t start = batch * s.batch_out + row * s.next_out;
            for (size_t n = 0; n < s.outputs; n++) {
                float value = sums[n] * s.by + (bias ? wide(bias[n]) : 0.0f) + (more ? wide(more[start + n]) : 0.0f);
                if (s.to_f32) ((float*)out)[start + n] = value;
                else ((bf16*)out)[start + n] = narrow(value);
            }
        }
    }
}
