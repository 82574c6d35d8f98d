// CUDA's three libraries on the CPU: the functions that `library.rs` looks up, as NVIDIA's descriptions have them, over the
// kernels that `shim.cpp` runs. One file under three names, so that they know each other.
//
// It refuses what the real ones refuse: places that nobody took, rows that begin at odd places, combinations of types that
// cuBLASLt has not, and waiting while launches are recorded. Its clock counts what was done, so that times are the same each
// time. A file `fails` beside it makes the next launch fail: `once` refuses that launch alone, `for good` loses the device,
// which shows at the next wait as it does on a real one. A file `full` makes the driver refuse the
// next piece of memory. A file `taken` says how many bytes are taken, and `ways` how many products were made in each way.

#include <dlfcn.h>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "shim.cpp"

#define GIVES extern "C" int

enum { INVALID = 1, NO_MEMORY = 2, NO_RESOURCES = 701, LOST = 719, RECORDING = 900 };
// Of cuBLASLt.
enum { INVALID_VALUE = 7, UNSUPPORTED = 15 };
enum { F32 = 0, BF16 = 14, E4M3 = 28 };

typedef unsigned long long Place;
typedef std::vector<std::function<void()>> Launches;

static std::map<Place, size_t> pieces;
static size_t free_bytes = (size_t)8 << 30;
static bool is_lost, is_recording;
static Launches recorded;
static float clock_ms;
static unsigned graphs;

static std::string beside(const char* name) {
    Dl_info own;
    dladdr((void*)&pieces, &own);
    std::string path = own.dli_fname;
    return path.substr(0, path.rfind('/') + 1) + name;
}

static int now() { return is_lost ? LOST : 0; }

// What a way costs: the first is not the best, one does not work, and there are no more.
static const float COSTS[] = {3, 1, -1, 2};
static unsigned multiplied[4];

static void tell_in(const char* name, const std::string& text) {
    // Renamed, so that nobody reads half of it.
    std::string path = beside(name), fresh = path + ".new";
    if (FILE* file = std::fopen(fresh.c_str(), "w")) {
        std::fputs(text.c_str(), file);
        std::fclose(file);
        std::rename(fresh.c_str(), path.c_str());
    }
}

static void tell_taken() {
    size_t taken = 0;
    for (auto& [at, bytes] : pieces) taken += bytes;
    tell_in("taken", std::to_string(taken));
    std::string ways;
    for (unsigned count : multiplied) ways += (ways.empty() ? "" : " ") + std::to_string(count);
    tell_in("ways", ways);
}

static bool holds(Place at, size_t bytes) {
    auto next = pieces.upper_bound(at);
    if (next == pieces.begin()) return false;
    auto& [begin, len] = *std::prev(next);
    return at + bytes <= begin + len;
}

// What a launch answers before it does anything.
static int may_launch() {
    if (is_lost) return LOST;
    std::string path = beside("fails");
    FILE* file = std::fopen(path.c_str(), "r");
    if (!file) return 0;
    char word[9] = {};
    size_t len = std::fread(word, 1, 8, file);
    std::fclose(file);
    std::remove(path.c_str());
    if (!std::strncmp(word, "once", len)) return NO_RESOURCES;
    is_lost = true;
    return 0;
}

static void tell(std::function<void()> launch) {
    if (is_recording)
        recorded.push_back(std::move(launch));
    else if (!is_lost)
        launch();
}

GIVES cuInit(unsigned) { return 0; }
GIVES cuDriverGetVersion(int* version) { return *version = 13000, 0; }
GIVES cuGetErrorString(int code, const char** text) {
    return *text = code == LOST ? "unspecified launch failure" : "as the test wants it", 0;
}
GIVES cuDeviceGet(int* device, int) { return *device = 0; }
GIVES cuDeviceGetCount(int* count) { return *count = 1, 0; }
GIVES cuDeviceGetName(char* name, int len, int) { return std::snprintf(name, (size_t)len, "the CPU"), 0; }
GIVES cuDeviceGetAttribute(int* value, int which, int) { return *value = which == 75 ? 9 : 0, 0; }
GIVES cuDevicePrimaryCtxRetain(void** context, int) { return *context = &pieces, 0; }
GIVES cuCtxSetCurrent(void* context) { return context == &pieces ? 0 : INVALID; }
GIVES cuModuleLoadData(void** module, const void* code) {
    return *module = &pieces, std::strcmp((const char*)code, "cpu") ? INVALID : 0;
}
GIVES cuModuleGetFunction(void** function, void*, const char* name) {
    for (const Known& one : known)
        if (!std::strcmp(one.name, name)) return *function = (void*)&one, 0;
    return INVALID;
}
GIVES cuMemGetInfo_v2(size_t* free, size_t* total) { return *free = free_bytes, *total = (size_t)8 << 30, now(); }

GIVES cuMemAlloc_v2(Place* at, size_t bytes) {
    if (is_lost || is_recording) return is_lost ? LOST : RECORDING;
    if (!bytes) return INVALID;
    if (bytes > free_bytes || !std::remove(beside("full").c_str())) return NO_MEMORY;
    void* own = std::aligned_alloc(256, (bytes + 255) / 256 * 256);
    std::memset(own, 0xff, bytes);
    pieces[*at = (Place)own] = bytes;
    free_bytes -= bytes;
    tell_taken();
    return 0;
}
// A device that is lost gives nothing back, and is asked all the same.
GIVES cuMemFree_v2(Place at) {
    auto piece = pieces.find(at);
    if (piece == pieces.end()) return INVALID;
    free_bytes += piece->second;
    std::free((void*)at);
    pieces.erase(piece);
    tell_taken();
    return now();
}
GIVES cuMemcpyHtoDAsync_v2(Place to, const void* from, size_t bytes, void*) {
    if (is_lost || is_recording) return is_lost ? LOST : RECORDING;
    if (!holds(to, bytes)) return INVALID;
    std::memcpy((void*)to, from, bytes);
    return 0;
}
GIVES cuMemcpyDtoHAsync_v2(void* to, Place from, size_t bytes, void*) {
    if (is_lost || is_recording) return is_lost ? LOST : RECORDING;
    if (!holds(from, bytes)) return INVALID;
    std::memcpy(to, (void*)from, bytes);
    return 0;
}

GIVES cuStreamCreate(void** stream, unsigned) { return *stream = &recorded, 0; }
GIVES cuStreamSynchronize(void*) { return is_recording ? RECORDING : now(); }
GIVES cuStreamDestroy_v2(void*) { return now(); }

GIVES cuLaunchKernel(void* function, unsigned x, unsigned y, unsigned z, unsigned threads, unsigned, unsigned,
                     unsigned shared, void*, void** args, void**) {
    if (int code = may_launch()) return code;
    auto one = (const Known*)function;
    if (!x || !y || !z || !threads || threads > THREADS || shared > 48 << 10) return INVALID;
    // The arguments are read now, and no later.
    std::vector<Place> values;
    for (unsigned n = 0; n < one->args; n++) values.push_back(*(Place*)args[n]);
    tell([=]() mutable {
        std::vector<void*> given;
        for (Place& value : values) given.push_back(&value);
        unsigned blocks[3] = {x, y, z};
        run(one->name, blocks, threads, shared, given.data(), 0);
        clock_ms += 0.01f;
    });
    return 0;
}

GIVES cuStreamBeginCapture_v2(void*, unsigned) {
    if (is_lost || is_recording) return is_lost ? LOST : RECORDING;
    recorded.clear();
    is_recording = true;
    return 0;
}
GIVES cuStreamEndCapture(void*, void** graph) {
    if (!is_recording) return INVALID;
    is_recording = false;
    graphs++;
    return *graph = new Launches(std::move(recorded)), now();
}
GIVES cuGraphInstantiateWithFlags(void** ready, void* graph, Place) {
    graphs++;
    return *ready = new Launches(*(Launches*)graph), now();
}
GIVES cuGraphLaunch(void* ready, void*) {
    if (int code = may_launch()) return code;
    for (auto& launch : *(Launches*)ready) tell(launch);
    return 0;
}
GIVES cuGraphDestroy(void* graph) { return delete (Launches*)graph, graphs--, 0; }
GIVES cuGraphExecDestroy(void* ready) { return delete (Launches*)ready, graphs--, 0; }
extern "C" unsigned driver_graphs(unsigned) { return graphs; }

GIVES cuEventCreate(void** event, unsigned) { return *event = new float(0), now(); }
GIVES cuEventRecord(void* event, void*) { return *(float*)event = clock_ms, now(); }
GIVES cuEventSynchronize(void*) { return is_recording ? RECORDING : now(); }
GIVES cuEventElapsedTime(float* ms, void* begin, void* end) { return *ms = *(float*)end - *(float*)begin, now(); }
GIVES cuEventDestroy_v2(void* event) { return delete (float*)event, 0; }

GIVES nvrtcVersion(int* major, int* minor) { return *major = 13, *minor = 0; }
extern "C" const char* nvrtcGetErrorString(int) { return "as the test wants it"; }
GIVES nvrtcCreateProgram(void** program, const char*, const char*, int, const char* const*, const char* const*) {
    return *program = &pieces, 0;
}
GIVES nvrtcCompileProgram(void*, int, const char* const*) { return 0; }
GIVES nvrtcDestroyProgram(void**) { return 0; }
GIVES nvrtcGetProgramLogSize(void*, size_t* len) { return *len = 1, 0; }
GIVES nvrtcGetProgramLog(void*, char* log) { return *log = 0; }
GIVES nvrtcGetCUBINSize(void*, size_t* len) { return *len = 4, 0; }
GIVES nvrtcGetCUBIN(void*, char* code) { return std::memcpy(code, "cpu", 4), 0; }

struct Matrix {
    int type;
    Place rows, columns;
    long long next;
    int batches;
    long long apart;
};

struct Multiplication {
    int turned_a, epilogue;
    Place bias, ones[2];
};

struct Algorithm {
    Place way, rest[7];
};

struct Answer {
    Algorithm way;
    size_t workspace;
    int state;
    float waves;
    int reserved[4];
};

extern "C" unsigned driver_multiplied(unsigned way) { return multiplied[way]; }

GIVES cublasLtCreate(void** handle) { return *handle = &pieces, now(); }
GIVES cublasLtDestroy(void*) { return 0; }
extern "C" size_t cublasLtGetVersion() { return 130000; }
GIVES cublasLtMatmulDescCreate(void** desc, int sums, int type) {
    return *desc = new Multiplication(), sums == 68 && type == F32 ? 0 : INVALID_VALUE;
}
GIVES cublasLtMatmulDescDestroy(void* desc) { return delete (Multiplication*)desc, 0; }
GIVES cublasLtMatmulDescSetAttribute(void* given, int which, const void* value, size_t len) {
    auto& desc = *(Multiplication*)given;
    switch (which) {
        case 3: return std::memcpy(&desc.turned_a, value, 4), len == 4 ? 0 : INVALID_VALUE;
        case 7: return std::memcpy(&desc.epilogue, value, 4), len == 4 ? 0 : INVALID_VALUE;
        case 8: return std::memcpy(&desc.bias, value, 8), len == 8 ? 0 : INVALID_VALUE;
        case 17: case 18: return std::memcpy(desc.ones + which - 17, value, 8), len == 8 ? 0 : INVALID_VALUE;
        default: return INVALID_VALUE;
    }
}
GIVES cublasLtMatrixLayoutCreate(void** layout, int type, Place rows, Place columns, long long next) {
    return *layout = new Matrix{type, rows, columns, next, 1, 0}, next < (long long)rows ? INVALID_VALUE : 0;
}
GIVES cublasLtMatrixLayoutDestroy(void* layout) { return delete (Matrix*)layout, 0; }
GIVES cublasLtMatrixLayoutSetAttribute(void* given, int which, const void* value, size_t len) {
    auto& layout = *(Matrix*)given;
    if (which == 5 && len == 4) return std::memcpy(&layout.batches, value, 4), 0;
    if (which == 6 && len == 8) return std::memcpy(&layout.apart, value, 8), 0;
    return INVALID_VALUE;
}
GIVES cublasLtMatmulPreferenceCreate(void** wish) { return *wish = &pieces, 0; }
GIVES cublasLtMatmulPreferenceDestroy(void*) { return 0; }
GIVES cublasLtMatmulPreferenceSetAttribute(void*, int, const void*, size_t) { return 0; }
GIVES cublasLtMatmulAlgoGetHeuristic(void*, void*, void*, void*, void*, void*, void*, int most, Answer* ways, int* count) {
    *count = most < 4 ? most : 4;
    for (int n = 0; n < *count; n++) ways[n] = {{(Place)n, {}}, 0, 0, 1, {}};
    return 0;
}

static size_t bytes_of(const Matrix& m) {
    size_t each = m.type == F32 ? 4 : m.type == BF16 ? 2 : 1;
    return each * ((size_t)(m.batches - 1) * (size_t)m.apart + (m.columns - 1) * (size_t)m.next + m.rows);
}

static float eighth(unsigned char byte) {
    unsigned power = byte >> 3 & 15, behind = byte & 7;
    float size = power ? std::ldexp(1 + behind / 8.0f, (int)power - 7) : behind / 512.0f;
    if (power == 15 && behind == 7) size = NAN;
    return byte & 0x80 ? -size : size;
}

// A matrix of eight bits as bf16, which has each of its numbers exactly.
static std::vector<bf16> widened(Place at, size_t count, Place one) {
    std::vector<bf16> out(count);
    for (size_t n = 0; n < count; n++) out[n] = narrow(*(float*)one * eighth(((unsigned char*)at)[n]));
    return out;
}

// Whether cuBLASLt has such a product, with these places.
static bool has(const Multiplication& desc, const Matrix& a, const Matrix& b, const Matrix& c, const Matrix& to) {
    bool eighths = a.type == E4M3, across = !desc.turned_a;
    if (a.type != b.type || c.type != to.type || (to.type == F32 && (desc.epilogue || eighths))) return false;
    if (eighths && (across || a.rows % 16 || to.rows % 16 || !desc.ones[0] || !desc.ones[1])) return false;
    return b.rows == (across ? a.columns : a.rows) && to.rows == (across ? a.rows : a.columns) && to.columns == b.columns;
}

GIVES cublasLtMatmul(void*, void* given, const float* by, Place a, Matrix* of_a, Place b, Matrix* of_b, const float* of_more,
                     Place more, Matrix* of_c, Place to, Matrix* of_to, const Algorithm* way, Place workspace, size_t room,
                     void*) {
    if (int code = may_launch()) return code;
    Multiplication desc = *(Multiplication*)given;
    Matrix left = *of_a, right = *of_b, out = *of_to;
    if (way->way > 3 || !has(desc, left, right, *of_c, out)) return UNSUPPORTED;
    for (Place place : {a, b, more, to, workspace})
        if (place % 16) return INVALID_VALUE;
    bool within = holds(a, bytes_of(left)) && holds(b, bytes_of(right)) && holds(to, bytes_of(out)) && holds(workspace, room);
    if (!within || (*of_more != 0 && (!holds(more, bytes_of(out)) || out.type == F32))) return INVALID_VALUE;
    float cost = COSTS[way->way];
    if (cost < 0) return UNSUPPORTED;
    unsigned& count = multiplied[way->way];
    Sizes sizes = {(unsigned)out.columns, (unsigned)out.rows,  (unsigned)right.rows, (unsigned)right.next,
                   (unsigned)left.next,   (unsigned)out.next,  !desc.turned_a,       out.type == F32,
                   (unsigned)out.batches, (Place)right.apart, (Place)left.apart,    (Place)out.apart, *by};
    Place added = *of_more != 0 ? more : 0;
    tell([=, &count] {
        std::vector<bf16> wide_a, wide_b;
        Place first = b, second = a;
        if (left.type == E4M3) {
            wide_a = widened(a, bytes_of(left), desc.ones[0]);
            wide_b = widened(b, bytes_of(right), desc.ones[1]);
            first = (Place)wide_b.data(), second = (Place)wide_a.data();
        }
        Place bias = desc.epilogue == 4 ? desc.bias : 0;
        multiply_matrices((bf16*)first, (bf16*)second, (bf16*)bias, (bf16*)added, (void*)to, &sizes);
        clock_ms += cost;
        count++;
    });
    return 0;
}
