//! Weights as the kernels want them, one behind the other. What they become follows from the operations alone, not from
//! the size of a picture, so that one load serves every size.

use super::arena::STEP;
use imprint_painter_reference::ModelError;
use imprint_painter_reference::plan::{Op, Plan, Weight};
use imprint_painter_reference::weights::{Weights, load_exactly};

/// Outputs of a convolution that a warp makes at once; more are a product.
pub const NARROW_MAX: usize = 8;

/// How many bits a number of a large product has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bits {
    #[default]
    Sixteen,
    /// In the linear layers of what is done for every step; everything else has sixteen.
    Eight,
}

impl Bits {
    /// What a plan gets of this wish: what is done once is not worth the loss.
    #[must_use]
    pub fn of(self, plan: &Plan) -> Self {
        let is_step = |op: &Op| matches!(op, Op::Input { name } if name == "timestep");
        if plan.ops.iter().any(is_step) { self } else { Self::Sixteen }
    }
}

/// Rows and columns of matrices of eight bits are multiples of this.
const EIGHT_STEP: usize = 16;

/// How a weight is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// f32, one behind the other.
    Wide,
    /// bf16, one behind the other: biases of products, tables, matrices.
    Plain,
    /// Eight bits each, one behind the other, and behind them as f32 what a one stands for.
    Eighth,
    /// bf16, `[output][window][input]`, each output `row` numbers long; the rest is zero.
    Window { row: usize },
}

/// Takes bytes that are to lie somewhere.
pub type Keep<'a> = dyn FnMut(usize, &[u8]) -> Result<(), ModelError> + 'a;

/// Where the weights of a plan lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    pub bytes: usize,
    /// By the number of the weight.
    pub places: Vec<(usize, Form)>,
}

/// Which values are kept as f32: waves of times and sizes, what follows from them, and what few outputs make. Inputs are
/// there in both.
#[must_use]
pub fn wide_values(plan: &Plan) -> Vec<bool> {
    let mut wide = Vec::with_capacity(plan.ops.len());
    for op in &plan.ops {
        let one = match op {
            Op::Sinusoid { .. } | Op::Pick { .. } => true,
            Op::Conv { layer, .. } => is_narrow(plan, layer.weight),
            Op::Linear { input, .. }
            | Op::Activate { input, .. }
            | Op::Scale { input, .. }
            | Op::Reshape { input } => wide[input.0],
            Op::Add { a, .. } => wide[a.0],
            Op::Concat { a, b } => wide[a.0] || wide[b.0],
            _ => false,
        };
        wide.push(one);
    }
    wide
}

pub(super) fn is_narrow(plan: &Plan, weight: Weight) -> bool {
    plan.weights[weight.0].shape[0] <= NARROW_MAX
}

/// Numbers of one output of a convolution: with eight inputs or a multiple nothing is added.
pub(super) fn window_row(side: usize, inputs: usize) -> usize {
    (side * side * inputs).next_multiple_of(8)
}

impl Layout {
    #[must_use]
    pub fn new(plan: &Plan, bits: Bits) -> Self {
        let wide = wide_values(plan);
        let mut forms = vec![Form::Plain; plan.weights.len()];
        let is_even = |weight: Weight| {
            plan.weights[weight.0].shape.iter().all(|count| count.is_multiple_of(EIGHT_STEP))
        };
        for op in &plan.ops {
            match op {
                Op::Linear { input, bias: Some(bias), .. } if wide[input.0] => forms[bias.0] = Form::Wide,
                Op::Linear { input, weight, .. }
                    if bits == Bits::Eight && !wide[input.0] && is_even(*weight) =>
                {
                    forms[weight.0] = Form::Eighth;
                }
                Op::Conv { input: _, layer, side, .. } => {
                    let inputs = plan.weights[layer.weight.0].shape[1];
                    if is_narrow(plan, layer.weight) {
                        forms[layer.weight.0] = Form::Window { row: side * side * inputs };
                        forms[layer.bias.0] = Form::Wide;
                    } else {
                        forms[layer.weight.0] = Form::Window { row: window_row(*side, inputs) };
                    }
                }
                Op::GroupNorm { layer, .. } | Op::LayerNorm { layer, .. } => {
                    forms[layer.weight.0] = Form::Wide;
                    forms[layer.bias.0] = Form::Wide;
                }
                _ => {}
            }
        }
        let mut bytes = 0;
        let mut places = Vec::with_capacity(forms.len());
        for (form, spec) in forms.into_iter().zip(&plan.weights) {
            places.push((bytes, form));
            bytes += form.bytes(&spec.shape).next_multiple_of(STEP);
        }
        Self { bytes, places }
    }

    /// Loads weight after weight and hands on what is to lie where.
    pub fn load(&self, plan: &Plan, weights: &dyn Weights, keep: &mut Keep) -> Result<(), ModelError> {
        for ((at, form), spec) in self.places.iter().zip(&plan.weights) {
            let data = load_exactly(weights, &spec.name, &spec.shape)?.data;
            keep(*at, &form.stored(&data, &spec.shape))?;
        }
        Ok(())
    }
}

impl Form {
    fn bytes(self, shape: &[usize]) -> usize {
        let len: usize = shape.iter().product();
        match self {
            Self::Wide => len * 4,
            Self::Plain => len * 2,
            Self::Eighth => len + 4,
            Self::Window { row } => shape[0] * row * 2,
        }
    }

    fn stored(self, data: &[f32], shape: &[usize]) -> Vec<u8> {
        match self {
            Self::Wide => data.iter().flat_map(|value| value.to_le_bytes()).collect(),
            Self::Plain => data.iter().flat_map(|value| narrow(*value).to_le_bytes()).collect(),
            Self::Eighth => {
                let (mut bytes, one) = eighths(data);
                bytes.extend(one.to_le_bytes());
                bytes
            }
            Self::Window { row } => {
                let inputs = shape[1];
                let windows: usize = shape[2..].iter().product();
                let mut out = vec![0; shape[0] * row * 2];
                for (output, own) in data.chunks(inputs * windows).enumerate() {
                    for (place, value) in own.iter().enumerate() {
                        let at = (output * row + place % windows * inputs + place / windows) * 2;
                        out[at..at + 2].copy_from_slice(&narrow(*value).to_le_bytes());
                    }
                }
                out
            }
        }
    }
}

/// The nearest number of bf16, the even one of two.
#[must_use]
pub fn narrow(value: f32) -> u16 {
    let bits = value.to_bits();
    if value.is_nan() {
        return 0x7fff;
    }
    ((bits + 0x7fff + (bits >> 16 & 1)) >> 16) as u16
}

/// The largest number of eight bits, and its form.
const EIGHTH_MAX: (f32, u8) = (448.0, 0x7e);
/// Below this, numbers of eight bits lie 1/512 apart.
const EIGHTH_EVEN: f32 = 1.0 / 64.0;

/// Numbers of eight bits, and what a one of them stands for: the power of two that brings the largest within reach. The
/// same as the kernels do (`kernels/eight.cu`).
#[must_use]
pub fn eighths(values: &[f32]) -> (Vec<u8>, f32) {
    let most = values.iter().fold(0.0, |most: f32, value| most.max(value.abs()));
    let up = ((most / EIGHTH_MAX.0).to_bits().wrapping_add(0x7f_ffff)) & 0x7f80_0000;
    let one = f32::from_bits(up).max(f32::MIN_POSITIVE);
    let by = 1.0 / one;
    (values.iter().map(|value| eighth(value * by)).collect(), one)
}

/// A sign, four bits for the power, three behind the point: the nearest number, the even one of two.
fn eighth(value: f32) -> u8 {
    let (sign, size) = (u8::from(value.is_sign_negative()) << 7, value.abs());
    if value.is_nan() {
        return 0x7f;
    }
    if size >= EIGHTH_MAX.0 {
        return sign | EIGHTH_MAX.1;
    }
    if size < EIGHTH_EVEN {
        return sign | (size * 512.0).round_ties_even() as u8;
    }
    let bits = size.to_bits();
    let bits = (bits + 0x7_ffff + (bits >> 20 & 1)) >> 20;
    sign | (bits - (120 << 3)) as u8
}
