//! A GPU where there is one: models are painted there, and everything else as without.

use crate::backend::{Backend, Canvas, DeviceMemory, OnCpu, outlined, painted_by};
use crate::device::Device;
use crate::home;
use crate::plan::Need;
use crate::registry::{Beside, Card};
use imprint_painter::{Backend as Kind, Order, PaintError};
use imprint_painter_cuda::CudaError;
use imprint_painter_cuda::engine::OnMachine;
use imprint_painter_cuda::find::Places;
use imprint_painter_cuda::gpu::{About, Gpu};
pub use imprint_painter_cuda::lower::Bits;
use imprint_painter_cuda::machine::Machine;
use imprint_painter_cuda::need::DeviceNeed;
use imprint_painter_reference::{Model, ModelError, folder};
use std::path::PathBuf;
use std::sync::Arc;

/// Of the free memory of a device so much is planned with: the driver and its libraries take some too.
const SHARE: (u64, u64) = (9, 10);

/// Written and read to see whether a device is still there.
const SIGN: [u8; 8] = *b"imprint\n";

/// What an operator decides of a GPU.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tuning {
    /// Eight where the device has such products, sixteen otherwise.
    pub bits: Bits,
    /// Every size of product is timed in several ways at its first use, and the fastest kept.
    pub search: bool,
}

/// What paints on this machine.
pub struct Here {
    pub backend: Arc<dyn Backend>,
    /// What the models of this machine are painted by.
    pub kind: Kind,
    /// Bytes to plan with, where the device says how many.
    pub memory_bytes: Option<u64>,
    /// The device that was opened and its libraries, or why none was.
    pub found: String,
}

impl Here {
    /// The first GPU, with CUDA's libraries from these folders or wherever they lie; else the CPU, which knows why.
    #[must_use]
    pub fn look(libraries: &[PathBuf], tuning: Tuning) -> Self {
        Self::at(&Places::here(libraries), tuning)
    }

    #[must_use]
    pub fn at(places: &Places, tuning: Tuning) -> Self {
        match Gpu::open(places, tuning.search) {
            Ok(gpu) => {
                let memory = gpu.about().free_bytes / SHARE.1 * SHARE.0;
                let bits = if gpu.has_eighths() { tuning.bits } else { Bits::Sixteen };
                let found = opened(gpu.about());
                let backend = OnGpu { gpu: Arc::new(gpu), bits, cpu: OnCpu::default() };
                Self { backend: Arc::new(backend), kind: Kind::Cuda, memory_bytes: Some(memory), found }
            }
            Err(why) => Self {
                backend: Arc::new(OnCpu::without_gpu(why.to_string())),
                kind: Kind::Reference,
                memory_bytes: None,
                found: why.to_string(),
            },
        }
    }

    /// One line for an operator: what is painted on, what was opened for it or why nothing was, and what lies in the usual
    /// places.
    #[must_use]
    pub fn told(&self) -> String {
        let so = match self.kind {
            Kind::Cuda => "There is a device to paint on",
            Kind::Reference | Kind::Procedural => {
                "There is no device to paint on, so small models are painted on the CPU"
            }
        };
        let told = format!("{so}: {}. In the usual places: {}.", self.found, Device::here().said());
        told.lines().collect::<Vec<_>>().join(" ")
    }

    /// The cards of models as they are painted here.
    #[must_use]
    pub fn cards(&self, cards: Vec<Card>) -> Vec<Card> {
        let here = |card: Card| match card.backend {
            Kind::Reference => Card { backend: self.kind, ..card },
            Kind::Cuda | Kind::Procedural => card,
        };
        cards.into_iter().map(here).collect()
    }
}

fn opened(about: &About) -> String {
    let About { name, arch, memory_bytes, free_bytes, libraries, .. } = about;
    format!(
        "{name} ({arch}), {free_bytes} of {memory_bytes} bytes free, opened with {}",
        libraries.join(", ")
    )
}

/// The first GPU for models, the CPU for the procedural painter.
struct OnGpu {
    gpu: Arc<Gpu>,
    bits: Bits,
    cpu: OnCpu,
}

impl Backend for OnGpu {
    fn need(&self, card: &Card, order: &Order, beside: &Beside) -> Result<Need, PaintError> {
        if card.backend != Kind::Cuda {
            return self.cpu.need(card, order, beside);
        }
        let parts = self.cpu.parts(card)?;
        let need = DeviceNeed::beside(&parts, order, &outlined(&parts, beside)?, self.bits)?;
        Ok(Need { weights: need.weights, work: need.work })
    }

    fn load(&self, card: &Card) -> Result<Arc<dyn Canvas>, PaintError> {
        if card.backend != Kind::Cuda {
            return self.cpu.load(card);
        }
        home::unchanged(&card.name, &card.home).map_err(|why| PaintError::Unreadable { why: why.message })?;
        let engine = OnMachine::new(Arc::clone(&self.gpu)).in_bits(self.bits);
        Ok(painted_by(Model::on(folder::open_either(&card.home)?, Arc::new(engine))?))
    }

    fn device_memory(&self) -> Option<DeviceMemory> {
        let free = self.gpu.free_bytes().ok()?;
        Some(DeviceMemory { free, total: self.gpu.about().memory_bytes })
    }

    fn forget(&self, name: &str) {
        self.cpu.forget(name);
    }

    /// A context that was lost answers every call with the same failure; where only one order went wrong, a few bytes come
    /// back as they went.
    fn answers(&self) -> Result<(), PaintError> {
        let failed = |why: CudaError| PaintError::from(ModelError::from(why));
        let at = match self.gpu.take(SIGN.len()) {
            Ok(at) => at,
            // A device that is full has answered.
            Err(CudaError::Memory { .. }) => return Ok(()),
            Err(why) => return Err(failed(why)),
        };
        let mut back = [0; SIGN.len()];
        let read = self.gpu.write(at, &SIGN).and_then(|()| self.gpu.read(at, &mut back));
        self.gpu.give_back(at, SIGN.len());
        read.map_err(failed)?;
        if back == SIGN {
            return Ok(());
        }
        Err(PaintError::DeviceLost { why: "its memory does not keep what is written".to_owned() })
    }
}
