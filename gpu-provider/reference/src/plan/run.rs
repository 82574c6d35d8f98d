//! Runs a plan on the CPU.

use super::{Op, Plan, Value, Weight};
use crate::kernel::{self, Heads, Packed, Window};
use crate::weights::{Weights, load_exactly};
use crate::{ModelError, Shape};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What a plan is given, by name.
pub type Inputs<'a> = BTreeMap<&'a str, Vec<f32>>;

/// What a plan makes, by name.
pub type Outputs = BTreeMap<String, Vec<f32>>;

/// Where plans are run: the CPU, or a device of another crate.
pub trait Engine: Send + Sync {
    /// Loads every weight that the plan names; one that is missing or of another size fails.
    fn load(&self, plan: &Plan, weights: &dyn Weights) -> Result<Arc<dyn Loaded>, ModelError>;
}

/// The weights of a plan, where they are run.
pub trait Loaded: Send + Sync {
    /// Makes ready for a plan of these weights. What that takes is given back with what it gives.
    fn ready(self: Arc<Self>, plan: &Plan) -> Result<Arc<dyn Ready>, ModelError>;
}

/// A plan that can be run again and again.
pub trait Ready: Send + Sync {
    /// The values of `kept`, by name. `plan` is the one that this was made for.
    fn run(&self, plan: &Plan, inputs: &Inputs, kept: &[(String, Value)]) -> Result<Outputs, ModelError>;
}

/// A plan with its weights.
#[derive(Clone)]
pub struct Bound {
    plan: Plan,
    loaded: Arc<dyn Loaded>,
    ready: Arc<dyn Ready>,
}

impl Bound {
    /// On the CPU.
    pub fn new(plan: Plan, weights: &dyn Weights) -> Result<Self, ModelError> {
        Self::on(&OnCpu, plan, weights)
    }

    pub fn on(engine: &dyn Engine, plan: Plan, weights: &dyn Weights) -> Result<Self, ModelError> {
        let loaded = engine.load(&plan, weights)?;
        let ready = Arc::clone(&loaded).ready(&plan)?;
        Ok(Self { plan, loaded, ready })
    }

    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The same weights under another plan of the same weights: other sizes of inputs, or a planted fault.
    pub fn with_plan(&self, plan: Plan) -> Result<Self, ModelError> {
        if plan.weights != self.plan.weights {
            return Err(ModelError::Unsupported { why: "a plan of other weights".to_owned() });
        }
        let ready = Arc::clone(&self.loaded).ready(&plan)?;
        Ok(Self { plan, loaded: Arc::clone(&self.loaded), ready })
    }

    /// The outputs of the plan.
    pub fn run(&self, inputs: &Inputs) -> Result<Outputs, ModelError> {
        self.ready.run(&self.plan, inputs, &self.plan.outputs)
    }

    /// The outputs and every value that has a name.
    pub fn run_staged(&self, inputs: &Inputs) -> Result<Outputs, ModelError> {
        let kept: Vec<_> = self.plan.outputs.iter().chain(&self.plan.stages).cloned().collect();
        self.ready.run(&self.plan, inputs, &kept)
    }
}

/// The kernels of this crate.
#[derive(Clone, Copy, Debug, Default)]
pub struct OnCpu;

/// Weights as the kernels want them.
struct Stock(Vec<Stored>);

enum Stored {
    Plain(Vec<f32>),
    Packed(Packed),
}

impl Engine for OnCpu {
    fn load(&self, plan: &Plan, weights: &dyn Weights) -> Result<Arc<dyn Loaded>, ModelError> {
        let mut stored = Vec::with_capacity(plan.weights.len());
        let tables = plan.tables();
        for (number, spec) in plan.weights.iter().enumerate() {
            let data = load_exactly(weights, &spec.name, &spec.shape)?.data;
            stored.push(match spec.shape[..] {
                [outputs, inputs, side, _] => {
                    Stored::Packed(Packed::from_fn(outputs, inputs * side * side, |output, place| {
                        let (window, input) = (place / inputs, place % inputs);
                        data[(output * inputs + input) * side * side + window]
                    }))
                }
                [outputs, inputs] if !tables.contains(&number) => {
                    Stored::Packed(Packed::new(&data, outputs, inputs))
                }
                _ => Stored::Plain(data),
            });
        }
        Ok(Arc::new(Stock(stored)))
    }
}

impl Loaded for Stock {
    fn ready(self: Arc<Self>, _plan: &Plan) -> Result<Arc<dyn Ready>, ModelError> {
        Ok(self)
    }
}

impl Ready for Stock {
    fn run(&self, plan: &Plan, inputs: &Inputs, kept: &[(String, Value)]) -> Result<Outputs, ModelError> {
        let last = plan.last_reads();
        let mut frees: HashMap<usize, Vec<usize>> = HashMap::new();
        for (value, last) in last.iter().enumerate() {
            if kept.iter().all(|(_, kept)| kept.0 != value) {
                frees.entry(*last).or_default().push(value);
            }
        }
        let mut values: Vec<Vec<f32>> = vec![Vec::new(); plan.ops.len()];
        for (number, op) in plan.ops.iter().enumerate() {
            values[number] = self.one(op, plan.shapes[number], &values, (plan, inputs))?;
            for freed in frees.get(&number).into_iter().flatten() {
                values[*freed] = Vec::new();
            }
        }
        Ok(kept.iter().map(|(name, value)| (name.clone(), values[value.0].clone())).collect())
    }
}

impl Stock {
    fn one(
        &self,
        op: &Op,
        to: Shape,
        values: &[Vec<f32>],
        (plan, inputs): (&Plan, &Inputs),
    ) -> Result<Vec<f32>, ModelError> {
        let read = |value: &Value| (values[value.0].as_slice(), plan.shapes[value.0]);
        let data = |value: &Value| values[value.0].as_slice();
        Ok(match op {
            Op::Input { name } => {
                let given = inputs.get(name.as_str()).filter(|given| given.len() == to.len());
                given.cloned().ok_or_else(|| ModelError::Input { name: name.clone() })?
            }
            Op::Embed { ids, table } => self.embedded(data(ids), *table, to.channels)?,
            Op::AddTable { input, table } => {
                let rows = Shape::tokens(1, to.rows(), to.channels);
                kernel::add_rows(data(input), to, self.plain(*table), rows)
            }
            Op::Pick { input, row } => picked(read(input), data(row))?,
            Op::Sinusoid { input, size } => kernel::sinusoid(data(input), *size),
            Op::Linear { input, weight, bias } => {
                kernel::product(data(input), self.packed(*weight), bias.map(|bias| self.plain(bias)))
            }
            Op::Conv { input, layer, side, stride, pad } => {
                let window = Window { side: *side, stride: *stride, before: *pad };
                let (input, from) = read(input);
                let (weight, bias) = (self.packed(layer.weight), self.plain(layer.bias));
                kernel::convolution(input, from, to, window, weight, bias)
            }
            Op::GroupNorm { input, layer, groups, eps, silu } => {
                let (weight, bias) = (self.plain(layer.weight), self.plain(layer.bias));
                let out = kernel::group_norm(data(input), to, *groups, weight, bias, *eps);
                if *silu { kernel::activate(&out, super::Activation::Silu) } else { out }
            }
            Op::LayerNorm { input, layer, eps } => {
                let (weight, bias) = (self.plain(layer.weight), self.plain(layer.bias));
                kernel::layer_norm(data(input), to.channels, weight, bias, *eps)
            }
            Op::Attention { query, key, value, heads, causal } => {
                let heads = Heads { count: *heads, is_causal: *causal };
                kernel::attention(read(query), read(key), read(value), heads)
            }
            Op::Activate { input, kind } => kernel::activate(data(input), *kind),
            Op::Gated { input, kind } => kernel::geglu(data(input), to.channels * 2, *kind),
            Op::Add { a, b } => kernel::add_rows(data(a), to, data(b), plan.shapes[b.0]),
            Op::Scale { input, by } => data(input).iter().map(|value| value * by).collect(),
            Op::Concat { a, b } => {
                let ((a, of_a), (b, of_b)) = (read(a), read(b));
                kernel::joined((a, of_a.channels), (b, of_b.channels))
            }
            Op::Upsample { input } => kernel::upsampled(data(input), plan.shapes[input.0]),
            Op::Reshape { input } => data(input).to_vec(),
        })
    }

    fn embedded(&self, ids: &[f32], table: Weight, channels: usize) -> Result<Vec<f32>, ModelError> {
        let mut out = Vec::with_capacity(ids.len() * channels);
        for id in ids {
            let row = self.plain(table).chunks(channels).nth(*id as usize);
            out.extend_from_slice(row.ok_or_else(|| ModelError::Input { name: format!("token {id}") })?);
        }
        Ok(out)
    }

    /// Which of the two a weight is follows from the plan alone.
    fn packed(&self, weight: Weight) -> &Packed {
        match &self.0[weight.0] {
            Stored::Packed(packed) => packed,
            Stored::Plain(_) => unreachable!("a matrix is packed when it is bound"),
        }
    }

    fn plain(&self, weight: Weight) -> &[f32] {
        match &self.0[weight.0] {
            Stored::Plain(plain) => plain,
            Stored::Packed(_) => unreachable!("vectors and tables are not packed"),
        }
    }
}

fn picked((input, shape): (&[f32], Shape), rows: &[f32]) -> Result<Vec<f32>, ModelError> {
    let mut out = Vec::with_capacity(rows.len() * shape.channels);
    for (image, row) in input.chunks(shape.rows() * shape.channels).zip(rows) {
        let row = image.chunks(shape.channels).nth(*row as usize);
        out.extend_from_slice(row.ok_or_else(|| ModelError::Input { name: "row".to_owned() })?);
    }
    Ok(out)
}
