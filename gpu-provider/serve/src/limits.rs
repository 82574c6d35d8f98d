//! Every limit of serving, with its reason.

/// Orders that wait. Behind so many nobody gets a picture while it is still wanted.
pub const WAITING_MAX: usize = 256;
/// Orders of one tenant that wait or are painted, so that one cannot fill the queue.
pub const TENANT_MAX: usize = 64;
/// Orders painted in turns. More would keep the memory of many, and each would take longer.
pub const TURNS_MAX: usize = 4;
/// Of the turns so many are for high priority alone.
pub const TURNS_HIGH: usize = 1;
/// Each so many steps belong to whoever has waited longest, whatever its priority.
pub const FAIR_EVERY: u64 = 8;
/// An order that waited for so long counts as one priority higher.
pub const AGE_MS: u64 = 30_000;
/// How long an order may take from its arrival, where its painter is told nothing else.
pub const ORDER_MS: u64 = 600_000;
/// What an operator may ask for at most.
pub const ORDER_MS_MAX: u64 = 3_600_000;
/// A step that takes longer never ends: of the exact painter, whose steps are the slowest, none has taken a minute.
pub const SILENT_MS: u64 = 300_000;
/// How long results are told.
pub const KEPT_MS: u64 = 3_600_000;
/// Results that are told; beyond, the oldest are forgotten first.
pub const KEPT_MAX: usize = 4096;
/// A model that nobody asked for in so long gives its memory back.
pub const IDLE_MS: u64 = 300_000;
/// Bytes of models and work, where an operator says nothing else: what a small machine can spare.
pub const MEMORY_BYTES: u64 = 1 << 30;
/// Weights that the exact painter on the CPU takes: larger models would paint for hours.
pub const CPU_WEIGHTS_MAX: u64 = 256 << 20;
/// A preview is made after each so many steps of an order.
pub const PREVIEW_STEPS: u32 = 5;
/// Models of a painter; each is a folder.
pub const MODELS_MAX: usize = 1024;
/// Aliases, and the models that one leads to.
pub const ALIASES_MAX: usize = 256;
pub const WAYS_MAX: usize = 16;
/// Models are looked for again no more often than this: their lists are some hundred small files.
pub const LOOK_MS: u64 = 3_000;
/// Files of one model.
pub const MODEL_FILES_MAX: usize = 256;
/// Bytes of one model: three times SDXL in full precision.
pub const MODEL_BYTES_MAX: u64 = 64 << 30;
/// Waiting for work that is in hand when a painter is to stop.
pub const DRAIN_MS: u64 = 8_000;
