//! The functions of CUDA's libraries, each looked up by name when its library is opened; one that is missing is an error.
//!
//! Types and numbers are those of `cudarc`. Answers are plain integers: a newer library may answer what no list here has.

use crate::CudaError;
use crate::find::{COMPILER, DRIVER, MATRICES, Places};
use cudarc::cublaslt::sys as lt;
use cudarc::driver::sys as cu;
use cudarc::nvrtc::sys as rtc;
use std::ffi::{CStr, c_char, c_int, c_uint, c_ulonglong, c_void};
use std::path::PathBuf;

macro_rules! library {
    ($(#[$note:meta])* $name:ident, $wanted:expr, { $($field:ident = $symbol:literal: fn($($arg:ty),*) $(-> $out:ty)?;)* }) => {
        $(#[$note])*
        pub struct $name {
            $(pub(crate) $field: unsafe extern "C" fn($($arg),*) $(-> $out)?,)*
            pub path: PathBuf,
            // Last: the functions are gone with it.
            _library: libloading::Library,
        }

        impl $name {
            pub fn open(places: &Places) -> Result<Self, CudaError> {
                let (library, path) = places.open($wanted)?;
                Ok(Self {
                    $($field: {
                        // SAFETY: the type is that of the description of the interface, which has not changed since the
                        // suffix of the name; the pointer is kept no longer than the library.
                        let found = unsafe {
                            library.get::<unsafe extern "C" fn($($arg),*) $(-> $out)?>(concat!($symbol, "\0").as_bytes())
                        };
                        *found.map_err(|_| CudaError::Symbol {
                            path: path.display().to_string(),
                            symbol: $symbol.to_owned(),
                        })?
                    },)*
                    path,
                    _library: library,
                })
            }
        }
    };
}

library!(
    /// The driver.
    Driver, DRIVER, {
    init = "cuInit": fn(c_uint) -> c_int;
    version = "cuDriverGetVersion": fn(*mut c_int) -> c_int;
    error_text = "cuGetErrorString": fn(c_int, *mut *const c_char) -> c_int;
    device = "cuDeviceGet": fn(*mut cu::CUdevice, c_int) -> c_int;
    device_count = "cuDeviceGetCount": fn(*mut c_int) -> c_int;
    device_name = "cuDeviceGetName": fn(*mut c_char, c_int, cu::CUdevice) -> c_int;
    device_attribute = "cuDeviceGetAttribute": fn(*mut c_int, c_int, cu::CUdevice) -> c_int;
    context = "cuDevicePrimaryCtxRetain": fn(*mut cu::CUcontext, cu::CUdevice) -> c_int;
    context_here = "cuCtxSetCurrent": fn(cu::CUcontext) -> c_int;
    module = "cuModuleLoadData": fn(*mut cu::CUmodule, *const c_void) -> c_int;
    function = "cuModuleGetFunction": fn(*mut cu::CUfunction, cu::CUmodule, *const c_char) -> c_int;
    memory_free = "cuMemGetInfo_v2": fn(*mut usize, *mut usize) -> c_int;
    take = "cuMemAlloc_v2": fn(*mut cu::CUdeviceptr, usize) -> c_int;
    give_back = "cuMemFree_v2": fn(cu::CUdeviceptr) -> c_int;
    write = "cuMemcpyHtoDAsync_v2": fn(cu::CUdeviceptr, *const c_void, usize, cu::CUstream) -> c_int;
    read = "cuMemcpyDtoHAsync_v2": fn(*mut c_void, cu::CUdeviceptr, usize, cu::CUstream) -> c_int;
    stream = "cuStreamCreate": fn(*mut cu::CUstream, c_uint) -> c_int;
    stream_wait = "cuStreamSynchronize": fn(cu::CUstream) -> c_int;
    stream_end = "cuStreamDestroy_v2": fn(cu::CUstream) -> c_int;
    launch = "cuLaunchKernel": fn(cu::CUfunction, c_uint, c_uint, c_uint, c_uint, c_uint, c_uint, c_uint, cu::CUstream, *mut *mut c_void, *mut *mut c_void) -> c_int;
    record = "cuStreamBeginCapture_v2": fn(cu::CUstream, c_uint) -> c_int;
    record_end = "cuStreamEndCapture": fn(cu::CUstream, *mut cu::CUgraph) -> c_int;
    graph = "cuGraphInstantiateWithFlags": fn(*mut cu::CUgraphExec, cu::CUgraph, c_ulonglong) -> c_int;
    graph_run = "cuGraphLaunch": fn(cu::CUgraphExec, cu::CUstream) -> c_int;
    graph_end = "cuGraphDestroy": fn(cu::CUgraph) -> c_int;
    graph_run_end = "cuGraphExecDestroy": fn(cu::CUgraphExec) -> c_int;
    event = "cuEventCreate": fn(*mut cu::CUevent, c_uint) -> c_int;
    event_here = "cuEventRecord": fn(cu::CUevent, cu::CUstream) -> c_int;
    event_wait = "cuEventSynchronize": fn(cu::CUevent) -> c_int;
    event_apart = "cuEventElapsedTime": fn(*mut f32, cu::CUevent, cu::CUevent) -> c_int;
    event_end = "cuEventDestroy_v2": fn(cu::CUevent) -> c_int;
});

library!(
    /// The compiler of kernels.
    Compiler, COMPILER, {
    version = "nvrtcVersion": fn(*mut c_int, *mut c_int) -> c_int;
    error_text = "nvrtcGetErrorString": fn(c_int) -> *const c_char;
    program = "nvrtcCreateProgram": fn(*mut rtc::nvrtcProgram, *const c_char, *const c_char, c_int, *const *const c_char, *const *const c_char) -> c_int;
    compile = "nvrtcCompileProgram": fn(rtc::nvrtcProgram, c_int, *const *const c_char) -> c_int;
    program_end = "nvrtcDestroyProgram": fn(*mut rtc::nvrtcProgram) -> c_int;
    log_size = "nvrtcGetProgramLogSize": fn(rtc::nvrtcProgram, *mut usize) -> c_int;
    log = "nvrtcGetProgramLog": fn(rtc::nvrtcProgram, *mut c_char) -> c_int;
    code_size = "nvrtcGetCUBINSize": fn(rtc::nvrtcProgram, *mut usize) -> c_int;
    code = "nvrtcGetCUBIN": fn(rtc::nvrtcProgram, *mut c_char) -> c_int;
});

library!(
    /// Products of matrices.
    Matrices, MATRICES, {
    create = "cublasLtCreate": fn(*mut lt::cublasLtHandle_t) -> c_int;
    destroy = "cublasLtDestroy": fn(lt::cublasLtHandle_t) -> c_int;
    version = "cublasLtGetVersion": fn() -> usize;
    desc = "cublasLtMatmulDescCreate": fn(*mut lt::cublasLtMatmulDesc_t, c_int, c_int) -> c_int;
    desc_end = "cublasLtMatmulDescDestroy": fn(lt::cublasLtMatmulDesc_t) -> c_int;
    desc_set = "cublasLtMatmulDescSetAttribute": fn(lt::cublasLtMatmulDesc_t, c_int, *const c_void, usize) -> c_int;
    layout = "cublasLtMatrixLayoutCreate": fn(*mut lt::cublasLtMatrixLayout_t, c_int, u64, u64, i64) -> c_int;
    layout_end = "cublasLtMatrixLayoutDestroy": fn(lt::cublasLtMatrixLayout_t) -> c_int;
    layout_set = "cublasLtMatrixLayoutSetAttribute": fn(lt::cublasLtMatrixLayout_t, c_int, *const c_void, usize) -> c_int;
    wish = "cublasLtMatmulPreferenceCreate": fn(*mut lt::cublasLtMatmulPreference_t) -> c_int;
    wish_end = "cublasLtMatmulPreferenceDestroy": fn(lt::cublasLtMatmulPreference_t) -> c_int;
    wish_set = "cublasLtMatmulPreferenceSetAttribute": fn(lt::cublasLtMatmulPreference_t, c_int, *const c_void, usize) -> c_int;
    ways = "cublasLtMatmulAlgoGetHeuristic": fn(lt::cublasLtHandle_t, lt::cublasLtMatmulDesc_t, lt::cublasLtMatrixLayout_t, lt::cublasLtMatrixLayout_t, lt::cublasLtMatrixLayout_t, lt::cublasLtMatrixLayout_t, lt::cublasLtMatmulPreference_t, c_int, *mut lt::cublasLtMatmulHeuristicResult_t, *mut c_int) -> c_int;
    multiply = "cublasLtMatmul": fn(lt::cublasLtHandle_t, lt::cublasLtMatmulDesc_t, *const c_void, *const c_void, lt::cublasLtMatrixLayout_t, *const c_void, lt::cublasLtMatrixLayout_t, *const c_void, *const c_void, lt::cublasLtMatrixLayout_t, *mut c_void, lt::cublasLtMatrixLayout_t, *const lt::cublasLtMatmulAlgo_t, *mut c_void, usize, cu::CUstream) -> c_int;
});

impl Driver {
    /// Nothing where a call did what it should.
    pub(crate) fn check(&self, call: &'static str, code: c_int) -> Result<(), CudaError> {
        if code == 0 {
            return Ok(());
        }
        let mut text = std::ptr::null();
        // SAFETY: `text` lives through the call, which writes one pointer to it and nothing else.
        unsafe { (self.error_text)(code, &raw mut text) };
        Err(CudaError::Call { call, code, why: said(text) })
    }
}

impl Compiler {
    /// `13.0`.
    #[must_use]
    pub fn version(&self) -> String {
        let (mut major, mut minor) = (0, 0);
        // SAFETY: both live through the call, which writes one number to each.
        unsafe { (self.version)(&raw mut major, &raw mut minor) };
        format!("{major}.{minor}")
    }

    /// Machine code for an architecture such as `sm_90a`, and what the compiler said of it.
    pub fn compile(&self, source: &str, arch: &str, more: &[&CStr]) -> Result<(Vec<u8>, String), CudaError> {
        let failed = |log: String| CudaError::Compile { arch: arch.to_owned(), log };
        let text = |text: &str| std::ffi::CString::new(text).map_err(|why| failed(why.to_string()));
        let (source, target) = (text(source)?, text(&format!("--gpu-architecture={arch}"))?);
        let mut program = std::ptr::null_mut();
        // SAFETY: the texts end with a zero and live through the call, which copies them; no headers are given.
        let code = unsafe {
            let none = std::ptr::null();
            (self.program)(&raw mut program, source.as_ptr(), c"kernels.cu".as_ptr(), 0, none, none)
        };
        self.check("nvrtcCreateProgram", code)?;
        let options: Vec<*const c_char> =
            [c"--std=c++17", target.as_c_str()].iter().chain(more).map(|option| option.as_ptr()).collect();
        // SAFETY: the program was made above; the options end with a zero and live through the call.
        let code = unsafe { (self.compile)(program, options.len() as c_int, options.as_ptr()) };
        // SAFETY: log and code are two functions of one kind, each with the one that tells its size.
        let (log, binary) = unsafe {
            (self.bytes(program, self.log_size, self.log), self.bytes(program, self.code_size, self.code))
        };
        // SAFETY: the program was made above, and nobody uses it after this.
        unsafe { (self.program_end)(&raw mut program) };
        let log = String::from_utf8_lossy(&log).trim_end_matches('\0').trim().to_owned();
        if code == 0 { Ok((binary, log)) } else { Err(failed(log)) }
    }

    /// # Safety
    /// `size` tells how many bytes `give` writes.
    unsafe fn bytes(
        &self,
        program: rtc::nvrtcProgram,
        size: unsafe extern "C" fn(rtc::nvrtcProgram, *mut usize) -> c_int,
        give: unsafe extern "C" fn(rtc::nvrtcProgram, *mut c_char) -> c_int,
    ) -> Vec<u8> {
        let mut len = 0;
        // SAFETY: the caller's program; `len` lives through the call.
        let code = unsafe { size(program, &raw mut len) };
        if code != 0 || len == 0 {
            return Vec::new();
        }
        let mut bytes = vec![0_u8; len];
        // SAFETY: there are as many bytes as the call before asked for.
        let code = unsafe { give(program, bytes.as_mut_ptr().cast()) };
        if code == 0 { bytes } else { Vec::new() }
    }

    fn check(&self, call: &'static str, code: c_int) -> Result<(), CudaError> {
        if code == 0 {
            return Ok(());
        }
        // SAFETY: the call gives a text that is never freed, for any number.
        let text = unsafe { (self.error_text)(code) };
        Err(CudaError::Call { call, code, why: said(text) })
    }
}

impl Matrices {
    pub(crate) fn check(call: &'static str, code: c_int) -> Result<(), CudaError> {
        if code == 0 { Ok(()) } else { Err(CudaError::Call { call, code, why: String::new() }) }
    }
}

fn said(text: *const c_char) -> String {
    if text.is_null() {
        return String::new();
    }
    // SAFETY: not null, and a text of the library that ends with a zero and is never freed.
    let text = unsafe { CStr::from_ptr(text) };
    format!(": {}", text.to_string_lossy())
}
