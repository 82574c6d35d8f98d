//! A GPU where there is one: models are painted there, and everything else as without.

use crate::backend::{Backend, Canvas, DeviceMemory, OnCpu, outlined, painted_by};
use crate::home;
use crate::plan::Need;
use crate::registry::{Beside, Card};
use imprint_painter::{Backend as Kind, Order, PaintError};
use imprint_painter_cuda::CudaError;
use imprint_painter_cuda::engine::OnMachine;
use imprint_painter_cuda::find::Places;
use imprint_painter_cuda::gpu::Gpu;
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

/// What paints on this machine.
pub struct Here {
    pub backend: Arc<dyn Backend>,
    /// What the models of this machine are painted by.
    pub kind: Kind,
    /// Bytes to plan with, where the device says how many.
    pub memory_bytes: Option<u64>,
}

impl Here {
    /// The first GPU, with CUDA's libraries from these folders or wherever they lie; else the CPU, which knows why. Eight bits
    /// where the device has such products, sixteen otherwise.
    #[must_use]
    pub fn look(libraries: &[PathBuf], bits: Bits) -> Self {
        Self::at(&Places::here(libraries), bits)
    }

    #[must_use]
    pub fn at(places: &Places, bits: Bits) -> Self {
        match Gpu::open(places, false) {
            Ok(gpu) => {
                let memory = gpu.about().free_bytes / SHARE.1 * SHARE.0;
                let bits = if gpu.has_eighths() { bits } else { Bits::Sixteen };
                let backend = OnGpu { gpu: Arc::new(gpu), bits, cpu: OnCpu::default() };
                Self { backend: Arc::new(backend), kind: Kind::Cuda, memory_bytes: Some(memory) }
            }
            Err(why) => Self {
                backend: Arc::new(OnCpu::without_gpu(why.to_string())),
                kind: Kind::Reference,
                memory_bytes: None,
            },
        }
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
        let at = self.gpu.take(SIGN.len()).map_err(failed)?;
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
