//! Products of matrices through cuBLASLt: each size is described once.

use crate::CudaError;
use crate::launch::Product;
use crate::library::Matrices;
use crate::machine::Bases;
use cudarc::cublaslt::sys as lt;
use cudarc::driver::sys as cu;
use std::collections::BTreeMap;
use std::ffi::{c_int, c_void};

/// What the library may use beside matrices; what NVIDIA advises for Hopper.
pub(crate) const WORKSPACE_BYTES: usize = 32 << 20;
/// Ways that are timed for a size where the fastest is searched.
const WAYS_MAX: usize = 16;
/// Runs of a way that are timed together.
const RUNS: usize = 4;
/// Where rows and pictures within memory begin: `Sizes::is_even` and the places of `lower` keep to it.
const ALIGNMENT: u32 = 16;

/// Milliseconds that something takes on the device.
pub(crate) type Timer<'a> = dyn Fn(&mut dyn FnMut() -> Result<(), CudaError>) -> Result<f32, CudaError> + 'a;

pub(crate) struct Products {
    handle: lt::cublasLtHandle_t,
    workspace: u64,
    search: bool,
    known: BTreeMap<Key, Way>,
    library: Matrices,
}

/// All that a way depends on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    counts: [u32; 7],
    strides: [u64; 3],
    flags: [bool; 5],
}

/// A size, described.
struct Way {
    desc: lt::cublasLtMatmulDesc_t,
    a: lt::cublasLtMatrixLayout_t,
    b: lt::cublasLtMatrixLayout_t,
    to: lt::cublasLtMatrixLayout_t,
    chosen: lt::cublasLtMatmulAlgo_t,
}

impl Key {
    fn new(product: &Product) -> Self {
        let s = product.sizes;
        Self {
            counts: [s.rows, s.outputs, s.inputs, s.next_a, s.next_b, s.next_to, s.batches],
            strides: [s.batch_a, s.batch_b, s.batch_to],
            flags: [
                s.is_across,
                s.is_wide,
                product.bias.is_some(),
                product.more.is_some(),
                product.ones.is_some(),
            ],
        }
    }
}

impl Products {
    pub(crate) fn new(library: Matrices, workspace: u64, search: bool) -> Result<Self, CudaError> {
        let mut handle = std::ptr::null_mut();
        // SAFETY: `handle` lives through the call, and the context of the device is current.
        let code = unsafe { (library.create)(&raw mut handle) };
        Matrices::check("cublasLtCreate", code)?;
        Ok(Self { handle, workspace, search, known: BTreeMap::new(), library })
    }

    pub(crate) fn version(&self) -> usize {
        // SAFETY: a call without pointers.
        unsafe { (self.library.version)() }
    }

    pub(crate) fn multiply(
        &mut self,
        product: &Product,
        bases: Bases,
        stream: cu::CUstream,
        timer: &Timer,
    ) -> Result<(), CudaError> {
        let key = Key::new(product);
        if !self.known.contains_key(&key) {
            let way = self.described(product)?;
            let way = self.choose(way, product, bases, stream, timer)?;
            self.known.insert(key, way);
        }
        match self.known.get(&key) {
            Some(way) => self.told(way, &way.chosen, product, bases, stream),
            None => Ok(()),
        }
    }

    /// A product in rows is one of columns turned over: `b` comes first, and what are rows here are columns there.
    fn described(&self, product: &Product) -> Result<Way, CudaError> {
        let (library, s) = (&self.library, product.sizes);
        let f32_type = lt::cudaDataType::CUDA_R_32F as c_int;
        let bf16_type = lt::cudaDataType::CUDA_R_16BF as c_int;
        let in_type =
            if product.ones.is_some() { lt::cudaDataType::CUDA_R_8F_E4M3 as c_int } else { bf16_type };
        let mut desc = std::ptr::null_mut();
        let sums = lt::cublasComputeType_t::CUBLAS_COMPUTE_32F as c_int;
        // SAFETY: `desc` lives through the call.
        let code = unsafe { (library.desc)(&raw mut desc, sums, f32_type) };
        Matrices::check("cublasLtMatmulDescCreate", code)?;
        use lt::cublasLtMatmulDescAttributes_t as Attribute;
        // Not turned over is 0, turned over 1.
        let turned = i32::from(!s.is_across);
        self.desc_set(desc, Attribute::CUBLASLT_MATMUL_DESC_TRANSA, &turned.to_ne_bytes())?;
        if product.bias.is_some() {
            let end = lt::cublasLtEpilogue_t::CUBLASLT_EPILOGUE_BIAS as u32;
            self.desc_set(desc, Attribute::CUBLASLT_MATMUL_DESC_EPILOGUE, &end.to_ne_bytes())?;
        }
        let (rows, outputs, inputs) = (u64::from(s.rows), u64::from(s.outputs), u64::from(s.inputs));
        let of_b = if s.is_across { (outputs, inputs) } else { (inputs, outputs) };
        let out_type = if s.is_wide { f32_type } else { bf16_type };
        let batches = s.batches;
        Ok(Way {
            desc,
            a: self.layout(in_type, of_b, s.next_b, (batches, s.batch_b))?,
            b: self.layout(in_type, (inputs, rows), s.next_a, (batches, s.batch_a))?,
            to: self.layout(out_type, (outputs, rows), s.next_to, (batches, s.batch_to))?,
            chosen: lt::cublasLtMatmulAlgo_t { data: [0; 8] },
        })
    }

    fn layout(
        &self,
        number: c_int,
        (rows, columns): (u64, u64),
        next: u32,
        (batches, apart): (u32, u64),
    ) -> Result<lt::cublasLtMatrixLayout_t, CudaError> {
        let mut layout = std::ptr::null_mut();
        // SAFETY: `layout` lives through the call.
        let code = unsafe { (self.library.layout)(&raw mut layout, number, rows, columns, i64::from(next)) };
        Matrices::check("cublasLtMatrixLayoutCreate", code)?;
        if batches > 1 {
            use lt::cublasLtMatrixLayoutAttribute_t as Attribute;
            let count = Attribute::CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT as c_int;
            let stride = Attribute::CUBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET as c_int;
            for (which, value) in [(count, &batches.to_ne_bytes()[..]), (stride, &apart.to_ne_bytes()[..])] {
                // SAFETY: the attribute has as many bytes as are given, four or eight, and they live through the call.
                let code =
                    unsafe { (self.library.layout_set)(layout, which, value.as_ptr().cast(), value.len()) };
                Matrices::check("cublasLtMatrixLayoutSetAttribute", code)?;
            }
        }
        Ok(layout)
    }

    fn desc_set(
        &self,
        desc: lt::cublasLtMatmulDesc_t,
        which: lt::cublasLtMatmulDescAttributes_t,
        value: &[u8],
    ) -> Result<(), CudaError> {
        // SAFETY: the attribute has as many bytes as are given, and they live through the call, which copies them.
        let code =
            unsafe { (self.library.desc_set)(desc, which as c_int, value.as_ptr().cast(), value.len()) };
        Matrices::check("cublasLtMatmulDescSetAttribute", code)
    }

    /// The way that the library advises, or the fastest of several.
    fn choose(
        &self,
        mut way: Way,
        product: &Product,
        bases: Bases,
        stream: cu::CUstream,
        timer: &Timer,
    ) -> Result<Way, CudaError> {
        let ways = self.ways(&way)?;
        let first = ways.first().ok_or(CudaError::Call {
            call: "cublasLtMatmulAlgoGetHeuristic",
            code: 0,
            why: format!(": no way for {:?}", product.sizes),
        })?;
        way.chosen = first.algo;
        if !self.search {
            return Ok(way);
        }
        let mut best = f32::INFINITY;
        for one in &ways {
            let tell = || self.told(&way, &one.algo, product, bases, stream);
            // The first run of a way loads its code.
            if tell().is_err() {
                continue;
            }
            let took = timer(&mut || (0..RUNS).try_for_each(|_| tell()))?;
            if took < best {
                (best, way.chosen) = (took, one.algo);
            }
        }
        Ok(way)
    }

    fn ways(&self, way: &Way) -> Result<Vec<lt::cublasLtMatmulHeuristicResult_t>, CudaError> {
        let library = &self.library;
        let mut wish = std::ptr::null_mut();
        // SAFETY: `wish` lives through the call.
        let code = unsafe { (library.wish)(&raw mut wish) };
        Matrices::check("cublasLtMatmulPreferenceCreate", code)?;
        use lt::cublasLtMatmulPreferenceAttributes_t as Attribute;
        let workspace = (WORKSPACE_BYTES as u64).to_ne_bytes();
        let mut set = vec![(Attribute::CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, &workspace[..])];
        let alignment = ALIGNMENT.to_ne_bytes();
        set.extend(
            [
                Attribute::CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES,
                Attribute::CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES,
                Attribute::CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES,
                Attribute::CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES,
            ]
            .map(|which| (which, &alignment[..])),
        );
        for (which, value) in set {
            // SAFETY: the attribute has as many bytes as are given, eight or four, and they live through the call.
            let code =
                unsafe { (library.wish_set)(wish, which as c_int, value.as_ptr().cast(), value.len()) };
            Matrices::check("cublasLtMatmulPreferenceSetAttribute", code)?;
        }
        let wanted = if self.search { WAYS_MAX } else { 1 };
        let nothing = lt::cublasLtMatmulHeuristicResult_t {
            algo: lt::cublasLtMatmulAlgo_t { data: [0; 8] },
            workspaceSize: 0,
            state: lt::cublasStatus_t::CUBLAS_STATUS_SUCCESS,
            wavesCount: 0.0,
            reserved: [0; 4],
        };
        let (mut found, mut count) = (vec![nothing; wanted], 0);
        // SAFETY: everything was made above; there is room for as many answers as are asked for, and `count` lives through
        // the call. The state of an answer is that of a heuristic, which has been one of a few for all versions.
        let code = unsafe {
            let (a, b, to, room) = (way.a, way.b, way.to, found.as_mut_ptr());
            (library.ways)(self.handle, way.desc, a, b, to, to, wish, wanted as c_int, room, &raw mut count)
        };
        // SAFETY: made above, and nobody uses it after this.
        unsafe { (library.wish_end)(wish) };
        Matrices::check("cublasLtMatmulAlgoGetHeuristic", code)?;
        found.truncate(usize::try_from(count).unwrap_or(0));
        Ok(found)
    }

    fn told(
        &self,
        way: &Way,
        chosen: &lt::cublasLtMatmulAlgo_t,
        product: &Product,
        bases: Bases,
        stream: cu::CUstream,
    ) -> Result<(), CudaError> {
        if let Some(bias) = product.bias {
            let at = bases.of(bias).to_ne_bytes();
            use lt::cublasLtMatmulDescAttributes_t as Attribute;
            self.desc_set(way.desc, Attribute::CUBLASLT_MATMUL_DESC_BIAS_POINTER, &at)?;
        }
        if let Some([a, b]) = product.ones {
            use lt::cublasLtMatmulDescAttributes_t as Attribute;
            // Turned over, `b` comes first.
            let [a, b] = [a, b].map(|one| bases.of(one).to_ne_bytes());
            self.desc_set(way.desc, Attribute::CUBLASLT_MATMUL_DESC_A_SCALE_POINTER, &b)?;
            self.desc_set(way.desc, Attribute::CUBLASLT_MATMUL_DESC_B_SCALE_POINTER, &a)?;
        }
        let (by, of_more) = (product.sizes.by, if product.more.is_some() { 1.0_f32 } else { 0.0 });
        let pointer = |at: u64| at as *mut c_void;
        let to = pointer(bases.of(product.to));
        let more = product.more.map_or(to, |more| pointer(bases.of(more)));
        let (a, b) = (pointer(bases.of(product.b)), pointer(bases.of(product.a)));
        // SAFETY: the descriptions are those of these matrices, whose places lie within memory of the plan that is run; the
        // factors live through the call; the workspace is as large as is said and used by one stream alone.
        let code = unsafe {
            (self.library.multiply)(
                self.handle,
                way.desc,
                (&raw const by).cast(),
                a,
                way.a,
                b,
                way.b,
                (&raw const of_more).cast(),
                more,
                way.to,
                to,
                way.to,
                chosen,
                pointer(self.workspace),
                WORKSPACE_BYTES,
                stream,
            )
        };
        Matrices::check("cublasLtMatmul", code)
    }
}

impl Drop for Products {
    fn drop(&mut self) {
        for way in self.known.values() {
            // SAFETY: made by `described`, and nobody uses them after this.
            unsafe {
                (self.library.desc_end)(way.desc);
                for layout in [way.a, way.b, way.to] {
                    (self.library.layout_end)(layout);
                }
            }
        }
        // SAFETY: as above.
        unsafe { (self.library.destroy)(self.handle) };
    }
}
