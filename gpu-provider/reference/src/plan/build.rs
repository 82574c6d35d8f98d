//! Writes plans: sizes follow from the operations, names of weights from where one stands.

use super::{Activation, Affine, Op, Plan, Value, Weight, WeightSpec};
use crate::Shape;

/// A plan while it is written.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    plan: Plan,
}

impl Builder {
    #[must_use]
    pub fn finish(self) -> Plan {
        self.plan
    }

    #[must_use]
    pub fn shape(&self, value: Value) -> Shape {
        self.plan.shapes[value.0]
    }

    pub fn input(&mut self, name: &str, shape: Shape) -> Value {
        self.push(Op::Input { name: name.to_owned() }, shape)
    }

    pub fn output(&mut self, name: &str, value: Value) {
        self.plan.outputs.push((name.to_owned(), value));
    }

    pub fn stage(&mut self, name: &str, value: Value) {
        self.plan.stages.push((name.to_owned(), value));
    }

    pub fn embed(&mut self, ids: Value, table: &str, rows: usize, channels: usize) -> Value {
        let table = self.weight(table, &[rows, channels]);
        let shape = self.shape(ids).with_channels(channels);
        self.push(Op::Embed { ids, table }, shape)
    }

    pub fn add_table(&mut self, input: Value, table: &str, rows: usize) -> Value {
        let shape = self.shape(input);
        let table = self.weight(table, &[rows, shape.channels]);
        self.push(Op::AddTable { input, table }, shape)
    }

    pub fn pick(&mut self, input: Value, row: Value) -> Value {
        let shape = self.shape(input);
        self.push(Op::Pick { input, row }, Shape::vector(shape.images, shape.channels))
    }

    pub fn sinusoid(&mut self, input: Value, size: usize) -> Value {
        let shape = self.shape(input);
        self.push(Op::Sinusoid { input, size }, shape.with_channels(shape.channels * size))
    }

    /// A linear layer `name.weight` with `name.bias`.
    pub fn linear(&mut self, input: Value, name: &str, channels: usize) -> Value {
        let bias = self.weight(&format!("{name}.bias"), &[channels]);
        self.linear_with(input, name, channels, Some(bias))
    }

    pub fn linear_unbiased(&mut self, input: Value, name: &str, channels: usize) -> Value {
        self.linear_with(input, name, channels, None)
    }

    fn linear_with(&mut self, input: Value, name: &str, channels: usize, bias: Option<Weight>) -> Value {
        let shape = self.shape(input);
        let weight = self.weight(&format!("{name}.weight"), &[channels, shape.channels]);
        self.push(Op::Linear { input, weight, bias }, shape.with_channels(channels))
    }

    /// A convolution that keeps the size, with a window of `side`.
    pub fn conv(&mut self, input: Value, name: &str, side: usize, channels: usize) -> Value {
        let shape = self.shape(input).with_channels(channels);
        self.conv_into(input, name, (side, 1, side / 2), shape)
    }

    /// A convolution with a window of 3 that halves the size. `pad` zeros stand before the first pixel.
    pub fn conv_halving(&mut self, input: Value, name: &str, pad: usize, channels: usize) -> Value {
        let from = self.shape(input);
        let to = Shape::picture(from.images, from.height / 2, from.width / 2, channels);
        self.conv_into(input, name, (3, 2, pad), to)
    }

    fn conv_into(
        &mut self,
        input: Value,
        name: &str,
        (side, stride, pad): (usize, usize, usize),
        to: Shape,
    ) -> Value {
        let inputs = self.shape(input).channels;
        let weight = self.weight(&format!("{name}.weight"), &[to.channels, inputs, side, side]);
        let bias = self.weight(&format!("{name}.bias"), &[to.channels]);
        self.push(Op::Conv { input, layer: Affine { weight, bias }, side, stride, pad }, to)
    }

    pub fn group_norm(&mut self, input: Value, name: &str, (groups, eps): (usize, f32), silu: bool) -> Value {
        let shape = self.shape(input);
        let layer = self.affine(name, shape.channels);
        self.push(Op::GroupNorm { input, layer, groups, eps, silu }, shape)
    }

    pub fn layer_norm(&mut self, input: Value, name: &str, eps: f32) -> Value {
        let shape = self.shape(input);
        let layer = self.affine(name, shape.channels);
        self.push(Op::LayerNorm { input, layer, eps }, shape)
    }

    pub fn attention(&mut self, query: Value, key: Value, value: Value, heads: usize, causal: bool) -> Value {
        let shape = self.shape(query).with_channels(self.shape(value).channels);
        self.push(Op::Attention { query, key, value, heads, causal }, shape)
    }

    pub fn activate(&mut self, input: Value, kind: Activation) -> Value {
        let shape = self.shape(input);
        self.push(Op::Activate { input, kind }, shape)
    }

    pub fn gated(&mut self, input: Value, kind: Activation) -> Value {
        let shape = self.shape(input);
        self.push(Op::Gated { input, kind }, shape.with_channels(shape.channels / 2))
    }

    pub fn add(&mut self, a: Value, b: Value) -> Value {
        let shape = self.shape(a);
        self.push(Op::Add { a, b }, shape)
    }

    pub fn scale(&mut self, input: Value, by: f32) -> Value {
        let shape = self.shape(input);
        self.push(Op::Scale { input, by }, shape)
    }

    pub fn concat(&mut self, a: Value, b: Value) -> Value {
        let shape = self.shape(a);
        let channels = shape.channels + self.shape(b).channels;
        self.push(Op::Concat { a, b }, shape.with_channels(channels))
    }

    pub fn upsample(&mut self, input: Value) -> Value {
        let from = self.shape(input);
        let to = Shape::picture(from.images, from.height * 2, from.width * 2, from.channels);
        self.push(Op::Upsample { input }, to)
    }

    pub fn reshape(&mut self, input: Value, shape: Shape) -> Value {
        self.push(Op::Reshape { input }, shape)
    }

    fn affine(&mut self, name: &str, channels: usize) -> Affine {
        let weight = self.weight(&format!("{name}.weight"), &[channels]);
        Affine { weight, bias: self.weight(&format!("{name}.bias"), &[channels]) }
    }

    fn weight(&mut self, name: &str, shape: &[usize]) -> Weight {
        self.plan.weights.push(WeightSpec { name: name.to_owned(), shape: shape.to_vec() });
        Weight(self.plan.weights.len() - 1)
    }

    fn push(&mut self, op: Op, shape: Shape) -> Value {
        self.plan.ops.push(op);
        self.plan.shapes.push(shape);
        Value(self.plan.ops.len() - 1)
    }
}
