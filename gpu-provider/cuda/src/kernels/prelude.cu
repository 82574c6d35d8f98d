// What all kernels share. No header is needed: the compiler that lies beside the driver has none.
//
// The same text is compiled for the CPU by the tests, behind a shim that gives the few words below which only a GPU has.

typedef unsigned short bf16;

#ifndef ON_CPU
#define KERNEL extern "C" __global__ void
#define DEVICE static __device__ __forceinline__

// What the threads of a block share, as much as the launch says.
extern __shared__ __align__(16) unsigned char shared_bytes[];

// A number as it is stored: the nearest one, the even one of two.
DEVICE bf16 narrow(float value) {
    bf16 out;
    asm("cvt.rn.bf16.f32 %0, %1;" : "=h"(out) : "f"(value));
    return out;
}

DEVICE float exp2_of(float value) {
    float out;
    asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(out) : "f"(value));
    return out;
}

DEVICE float from_lane(float value, int mask) { return __shfl_xor_sync(0xffffffffu, value, mask); }

// Products of a 16 x 16 and a 16 x 8 piece, added to what is there.
DEVICE void multiply(float (&sum)[4], const unsigned (&a)[4], const unsigned (&b)[2]) {
    asm volatile(
        "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
        : "+f"(sum[0]), "+f"(sum[1]), "+f"(sum[2]), "+f"(sum[3])
        : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}

// Four pieces of 8 x 8, turned over. Each lane says where one row begins.
DEVICE void turned(unsigned (&out)[4], const bf16* row) {
    unsigned at = (unsigned)__cvta_generic_to_shared(row);
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0,%1,%2,%3}, [%4];"
                 : "=r"(out[0]), "=r"(out[1]), "=r"(out[2]), "=r"(out[3])
                 : "r"(at)
                 : "memory");
}

// Sixteen bytes that arrive later, or zeros.
DEVICE void bring(bf16* to, const bf16* from, bool is_there) {
    unsigned at = (unsigned)__cvta_generic_to_shared(to);
    int bytes = is_there ? 16 : 0;
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(at), "l"(from), "r"(bytes) : "memory");
}

DEVICE void bring_end() { asm volatile("cp.async.commit_group;" ::: "memory"); }

// Until all but the last group are there.
DEVICE void bring_wait() { asm volatile("cp.async.wait_group 1;" ::: "memory"); }
#endif

struct __align__(16) Eight {
    unsigned pair[4];
};

struct __align__(16) Four {
    float one[4];
};

DEVICE float wide(unsigned stored) { return __uint_as_float(stored << 16); }

// The first of two lies in the low half.
DEVICE unsigned both(float low, float high) { return (unsigned)narrow(low) | ((unsigned)narrow(high) << 16); }

DEVICE void store(bf16* to, float value) { *to = narrow(value); }
DEVICE void store(float* to, float value) { *to = value; }

// `N` numbers side by side: one, or eight at once where places allow it.
template <int N>
DEVICE void take(float (&out)[N], const float* from) {
    if constexpr (N == 8) {
        const Four* four = (const Four*)from;
        Four a = four[0], b = four[1];
        for (int n = 0; n < 4; n++) {
            out[n] = a.one[n];
            out[n + 4] = b.one[n];
        }
    } else {
        out[0] = *from;
    }
}

template <int N>
DEVICE void take(float (&out)[N], const bf16* from) {
    if constexpr (N == 8) {
        Eight all = *(const Eight*)from;
        for (int n = 0; n < 4; n++) {
            out[2 * n] = wide(all.pair[n] & 0xffffu);
            out[2 * n + 1] = __uint_as_float(all.pair[n] & 0xffff0000u);
        }
    } else {
        out[0] = wide(*from);
    }
}

template <int N>
DEVICE void give(bf16* to, const float (&in)[N]) {
    if constexpr (N == 8) {
        Eight all;
        for (int n = 0; n < 4; n++) all.pair[n] = both(in[2 * n], in[2 * n + 1]);
        *(Eight*)to = all;
    } else {
        *to = narrow(in[0]);
    }
}

template <int N>
DEVICE void give(float* to, const float (&in)[N]) {
    for (int n = 0; n < N; n++) to[n] = in[n];
}

typedef unsigned long long place;

// Which of all threads this is.
DEVICE place own() { return (place)blockIdx.x * blockDim.x + threadIdx.x; }

enum { SILU = 0, GELU = 1, QUICK_GELU = 2 };

DEVICE float activated(float x, unsigned kind) {
    if (kind == SILU) return x / (1.0f + expf(-x));
    // With the exact error function, not its approximation by tanh.
    if (kind == GELU) return 0.5f * x * (1.0f + erff(x * 0.70710678118654752f));
    return x / (1.0f + expf(-1.702f * x));
}
