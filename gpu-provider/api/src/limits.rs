//! Every limit of an order, with its reason.

/// Four chunks of 75 tokens hold about 1,500 letters; more is a mistake or an attack, and is cut by no model.
pub const PROMPT_BYTES_MAX: usize = 4096;
/// Names end up in paths and metrics.
pub const NAME_BYTES_MAX: usize = 128;
/// Two down-samplings of the UNet over the eight of the VAE want 32; captured plans are kept for steps of 64.
pub const SIDE_STEP_PX: u32 = 64;
pub const SIDE_PX_MIN: u32 = 64;
/// Attention grows with the square of the pixels; SDXL was trained up to 2048 on one side.
pub const SIDE_PX_MAX: u32 = 2048;
/// Area of 1536 x 1536: above it one picture takes the memory of many.
pub const AREA_PX_MAX: u32 = 1536 * 1536;
/// Samplers stop changing the picture well before.
pub const STEPS_MAX: u32 = 150;
/// Above it colours clip and shapes break.
pub const GUIDANCE_MAX: f32 = 30.0;
/// One order keeps a device for this many pictures at most.
pub const COUNT_MAX: u32 = 8;
/// Each one is a pass over all weights of the model.
pub const LORAS_MAX: usize = 8;
/// Beyond it the base is no longer recognisable.
pub const LORA_SCALE_MAX: f32 = 4.0;
/// Each one costs almost half a step more.
pub const CONTROLS_MAX: usize = 3;
pub const CONTROL_SCALE_MAX: f32 = 2.0;
