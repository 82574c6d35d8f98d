//! One operation after the other.

use super::weights::{Form, is_narrow, window_row};
use super::{Held, Lowering};
use crate::launch::{Arg, Call, Launch, Place, Product, Sizes};
use imprint_painter_reference::plan::{Activation, Affine, Op, Value};
use imprint_painter_reference::{ModelError, Shape};

/// Threads of a block of most kernels.
const THREADS: u32 = 256;
/// Rows that a warp has, in a block of so many.
const WARPS: usize = THREADS as usize / 32;
/// What a block may share without asking.
const SHARED_MAX: usize = 48 << 10;
/// Blocks that sum up an image for a norm: about two for each multiprocessor of a large device.
const SLABS: usize = 256;
/// Blocks that apply it.
const SLABS_APPLIED: usize = 1024;
/// Bytes of the windows of a convolution that are there at once.
const WINDOWS_BYTES: usize = 512 << 20;
/// Columns and rows of a block of the product of any sizes.
const PRODUCT_THREADS: usize = 128;
const ROWS_MAX: usize = 65_535;

/// What a convolution looks at.
#[derive(Clone, Copy)]
pub(super) struct Window {
    side: usize,
    stride: usize,
    pad: usize,
}

impl Lowering<'_> {
    pub(super) fn one(&mut self, op: usize) -> Result<(), ModelError> {
        let to = self.plan.shapes[op];
        match self.plan.ops[op].clone() {
            Op::Input { .. } | Op::Reshape { .. } => {}
            Op::Embed { ids, table } => {
                let known = self.plan.weights[table.0].shape[0];
                let ids = self.as_f32(ids);
                let out = self.make(op);
                let args = [work(ids), Arg::At(self.weight(table.0)), work(out)];
                self.each("embed_bf16", to.len(), &args, &[int(to.channels), int(known)]);
            }
            Op::AddTable { input, table } => {
                let (input, table) = (self.as_bf16(input), self.weight(table.0));
                let out = self.make(op);
                self.add((input, Arg::At(table), out), to, (1, to.rows()), "add_bf16");
            }
            Op::Pick { input, row } => {
                let shape = self.shape(input);
                let (input, row) = (self.as_bf16(input), self.as_f32(row));
                let out = self.make(op);
                let args = [work(input), work(row), work(out)];
                self.each("pick_bf16", to.len(), &args, &[int(shape.rows()), int(shape.channels)]);
            }
            Op::Sinusoid { input, size } => {
                let input = self.as_f32(input);
                let out = self.make(op);
                self.each("sinusoid_f32", to.len(), &[work(input), work(out)], &[int(size)]);
            }
            Op::Linear { .. } | Op::Conv { .. } => self.product_into(op, op, None)?,
            Op::GroupNorm { input, layer, groups, eps, silu } => {
                self.group_norm(op, input, layer, (groups, eps, silu))?;
            }
            Op::LayerNorm { input, layer, eps } => self.layer_norm(op, input, layer, eps),
            Op::Attention { query, key, value, heads, causal } => {
                self.attention(op, [query, key, value], heads, causal)?;
            }
            Op::Activate { input, kind } => {
                let input = if self.wide[op] { self.as_f32(input) } else { self.as_bf16(input) };
                let out = self.make(op);
                let name = if self.wide[op] { "activate_f32" } else { "activate_bf16" };
                self.vectors(name, to, to.len(), &[work(input), work(out)], &[Arg::Int(number(kind))]);
            }
            Op::Gated { input, kind } => {
                let input = self.as_bf16(input);
                let out = self.make(op);
                let more = [int(to.channels), Arg::Int(number(kind))];
                self.vectors("gated_bf16", to, to.len(), &[work(input), work(out)], &more);
            }
            Op::Add { a, b } => self.sum(op, a, b)?,
            Op::Scale { input, by } => {
                let input = if self.wide[op] { self.as_f32(input) } else { self.as_bf16(input) };
                let out = self.make(op);
                let name = if self.wide[op] { "scale_f32" } else { "scale_bf16" };
                self.vectors(name, to, to.len(), &[work(input), work(out)], &[Arg::Float(by)]);
            }
            Op::Concat { a, b } => self.concat(op, a, b),
            Op::Upsample { input } => {
                let input = self.as_bf16(input);
                let out = self.make(op);
                let more = [int(to.height), int(to.width), int(to.channels)];
                self.vectors("upsample_bf16", to, to.len(), &[work(input), work(out)], &more);
            }
        }
        Ok(())
    }

    fn sum(&mut self, op: usize, a: Value, b: Value) -> Result<(), ModelError> {
        if let Some(product) = self.joined.get(&op).copied() {
            let other = if a.0 == product { b } else { a };
            return self.product_into(product, op, Some(other));
        }
        let (to, of_b) = (self.plan.shapes[op], self.shape(b));
        let rows = if of_b == to { (0, 0) } else { (of_b.images, of_b.rows()) };
        let (a, b, name) = if self.wide[op] {
            (self.as_f32(a), self.as_f32(b), "add_f32")
        } else {
            let a = self.as_bf16(a);
            match self.value(b) {
                (b, true) => (a, b, "add_wide_bf16"),
                (b, false) => (a, b, "add_bf16"),
            }
        };
        let out = self.make(op);
        self.add((a, work(b), out), to, rows, name);
        Ok(())
    }

    /// `images` and `rows` of what is added; zeros where it is as large as the other.
    fn add(&mut self, (a, b, out): (Held, Arg, Held), to: Shape, (images, rows): (usize, usize), name: &str) {
        let more = [int(to.channels), int(to.rows()), int(images), int(rows)];
        self.vectors(name, to, to.len(), &[work(a), b, work(out)], &more);
    }

    fn concat(&mut self, op: usize, a: Value, b: Value) {
        let (to, of_a, of_b) = (self.plan.shapes[op], self.shape(a).channels, self.shape(b).channels);
        let (a, b, name) = if self.wide[op] {
            (self.as_f32(a), self.as_f32(b), "concat_f32")
        } else {
            (self.as_bf16(a), self.as_bf16(b), "concat_bf16")
        };
        let out = self.make(op);
        let narrowest =
            Shape { channels: if of_a.is_multiple_of(8) && of_b.is_multiple_of(8) { 8 } else { 1 }, ..to };
        self.vectors(name, narrowest, to.len(), &[work(a), work(b), work(out)], &[int(of_a), int(of_b)]);
    }

    fn layer_norm(&mut self, op: usize, input: Value, layer: Affine, eps: f32) {
        let to = self.plan.shapes[op];
        let input = self.as_bf16(input);
        let out = self.make(op);
        let rows = to.images * to.rows();
        let args = vec![
            work(input),
            Arg::At(self.weight(layer.weight.0)),
            Arg::At(self.weight(layer.bias.0)),
            work(out),
            int(rows),
            int(to.channels),
            Arg::Float(eps),
        ];
        let name = if to.channels.is_multiple_of(8) { "layer_norm_bf16_8" } else { "layer_norm_bf16" };
        self.call(name, [rows.div_ceil(WARPS), 1, 1], THREADS, 0, args);
    }

    fn group_norm(
        &mut self,
        op: usize,
        input: Value,
        layer: Affine,
        (groups, eps, silu): (usize, f32, bool),
    ) -> Result<(), ModelError> {
        let to = self.plan.shapes[op];
        let (rows, channels) = (to.rows(), to.channels);
        let eight = if channels.is_multiple_of(8) { 8 } else { 1 };
        let lines = THREADS as usize / (channels / eight).min(THREADS as usize);
        let shared = lines * channels * 8;
        if shared > SHARED_MAX || groups * 8 > SHARED_MAX {
            return Err(Self::unsupported("a norm over so many channels"));
        }
        let slabs = |most: usize| {
            let slab = rows.div_ceil((most / to.images).max(1)).max(lines);
            (slab, rows.div_ceil(slab))
        };
        let input = self.as_bf16(input);
        let out = self.make(op);
        let (slab, count) = slabs(SLABS);
        let sums = self.arena.take(to.images * count * groups * 8, self.now());
        let sizes = [int(rows), int(channels), int(groups)];
        let args = [&[work(input), at(sums)][..], &sizes, &[int(slab)]].concat();
        let name = if eight == 8 { "group_sums_bf16_8" } else { "group_sums_bf16" };
        self.call(name, [count, to.images, 1], THREADS, shared, args);
        let (slab, blocks) = slabs(SLABS_APPLIED);
        let layer = [Arg::At(self.weight(layer.weight.0)), Arg::At(self.weight(layer.bias.0))];
        let last = [int(count), int(slab), Arg::Float(eps), Arg::Int(u32::from(silu))];
        let args = [&[work(input), at(sums)][..], &layer, &[work(out)], &sizes, &last].concat();
        let name = if eight == 8 { "group_apply_bf16_8" } else { "group_apply_bf16" };
        self.call(name, [blocks, to.images, 1], THREADS, groups * 8, args);
        self.arena.give_back(sums, self.now());
        Ok(())
    }

    /// The product of `op` as the value `to`, with `more` added.
    fn product_into(&mut self, op: usize, to: usize, more: Option<Value>) -> Result<(), ModelError> {
        match self.plan.ops[op].clone() {
            Op::Linear { input, weight, bias } if self.wide[input.0] => {
                let input_shape = self.shape(input);
                let input = self.as_f32(input);
                let out = self.make(to);
                let bias = bias.map_or(Arg::None, |bias| Arg::At(self.weight(bias.0)));
                let (rows, outputs) =
                    (input_shape.images * input_shape.rows(), self.plan.shapes[to].channels);
                let sizes = [int(rows), int(outputs), int(input_shape.channels)];
                let args =
                    [&[work(input), Arg::At(self.weight(weight.0)), bias, work(out)][..], &sizes].concat();
                self.call("product_rows_f32", [outputs.div_ceil(WARPS), 1, 1], THREADS, 0, args);
            }
            Op::Linear { input, weight, bias } if self.layout.places[weight.0].1 == Form::Eighth => {
                let shape = self.shape(input);
                let (input, one) = self.as_eighth(input);
                let more = more.map(|more| Place::Work(self.as_bf16(more).at));
                let out = self.make(to);
                let (at, len) = (self.layout.places[weight.0].0, shape.channels * out.next);
                self.launches.push(Launch::Product(Product {
                    a: Place::Work(input.at),
                    b: Place::Weight(at),
                    bias: bias.map(|bias| self.weight(bias.0)),
                    more,
                    to: Place::Work(out.at),
                    ones: Some([Place::Work(one), Place::Weight(at + len)]),
                    sizes: Sizes::layer(shape.images * shape.rows(), out.next, shape.channels),
                }));
            }
            Op::Linear { input, weight, bias } => {
                let shape = self.shape(input);
                let input = self.as_bf16(input);
                let more = more.map(|more| Place::Work(self.as_bf16(more).at));
                let out = match self.packed.get(&op).cloned() {
                    Some(group) => self.make_packed(&group),
                    None => self.make(to),
                };
                let sizes = Sizes::layer(shape.images * shape.rows(), out.next, shape.channels);
                self.product(Product {
                    a: Place::Work(input.at),
                    b: self.weight(weight.0),
                    bias: bias.map(|bias| self.weight(bias.0)),
                    more,
                    to: Place::Work(out.at),
                    ones: None,
                    sizes: Sizes { next_a: input.next as u32, ..sizes },
                });
            }
            Op::Conv { input, layer, side, stride, pad } => {
                let window = Window { side, stride, pad };
                if is_narrow(self.plan, layer.weight) {
                    self.conv_narrow(to, input, layer, window);
                } else {
                    self.conv(to, input, layer, window, more);
                }
            }
            _ => return Err(Self::unsupported("a product of something else")),
        }
        Ok(())
    }

    fn conv_narrow(&mut self, to: usize, input: Value, layer: Affine, window: Window) {
        let (from, shape) = (self.shape(input), self.plan.shapes[to]);
        let input = self.as_bf16(input);
        let out = self.make(to);
        let pixels = shape.images * shape.rows();
        let mut args = vec![work(input), Arg::At(self.weight(layer.weight.0))];
        args.extend([Arg::At(self.weight(layer.bias.0)), work(out), Arg::Long(pixels as u64)]);
        args.extend(window_args(from, shape, window));
        args.push(int(shape.channels));
        self.call("conv_narrow_f32", [pixels.div_ceil(WARPS), 1, 1], THREADS, 0, args);
    }

    /// The windows of some pixels as rows, and then a product. A window of one pixel is the picture itself.
    fn conv(&mut self, to: usize, input: Value, layer: Affine, window: Window, more: Option<Value>) {
        let (from, shape) = (self.shape(input), self.plan.shapes[to]);
        let row = window_row(window.side, from.channels);
        let pixels = shape.images * shape.rows();
        let input = self.as_bf16(input);
        let more = more.map(|more| self.as_bf16(more).at);
        let out = self.make(to);
        let product = |this: &Self, a: usize, first: usize, rows: usize| Product {
            a: Place::Work(a),
            b: this.weight(layer.weight.0),
            bias: Some(this.weight(layer.bias.0)),
            more: more.map(|more| Place::Work(more + first * shape.channels * 2)),
            to: Place::Work(out.at + first * shape.channels * 2),
            ones: None,
            sizes: Sizes::layer(rows, shape.channels, row),
        };
        if window.side == 1 && window.stride == 1 && row == from.channels {
            let whole = product(self, input.at, 0, pixels);
            return self.product(whole);
        }
        let at_once = (WINDOWS_BYTES / (row * 2)).max(1).min(pixels);
        let windows = self.arena.take(at_once * row * 2, self.now());
        for first in (0..pixels).step_by(at_once) {
            let rows = at_once.min(pixels - first);
            let more = [&window_args(from, shape, window)[..], &[Arg::Long(first as u64), int(row)]].concat();
            let columns = Shape { channels: if from.channels.is_multiple_of(8) { 8 } else { 1 }, ..shape };
            self.vectors("windows_bf16", columns, rows * row, &[work(input), at(windows)], &more);
            let some = product(self, windows, first, rows);
            self.product(some);
        }
        self.arena.give_back(windows, self.now());
    }

    /// By the library for matrices where it takes such sizes.
    pub(super) fn product(&mut self, product: Product) {
        let sizes = product.sizes;
        if sizes.is_even() {
            self.launches.push(Launch::Product(product));
            return;
        }
        let place = |place: Option<Place>| place.map_or(Arg::None, Arg::At);
        let args = vec![
            Arg::At(product.a),
            Arg::At(product.b),
            place(product.bias),
            place(product.more),
            Arg::At(product.to),
            Arg::Int(sizes.rows),
            Arg::Int(sizes.outputs),
            Arg::Int(sizes.inputs),
            Arg::Int(sizes.next_a),
            Arg::Int(sizes.next_b),
            Arg::Int(sizes.next_to),
            Arg::Int(u32::from(sizes.is_across)),
            Arg::Long(sizes.batch_a),
            Arg::Long(sizes.batch_b),
            Arg::Long(sizes.batch_to),
            Arg::Float(sizes.by),
        ];
        let name = if sizes.is_wide { "product_f32" } else { "product_bf16" };
        let columns = (sizes.outputs as usize).div_ceil(PRODUCT_THREADS);
        let blocks = [columns, (sizes.rows as usize).min(ROWS_MAX), sizes.batches as usize];
        self.call(name, blocks, PRODUCT_THREADS as u32, 0, args);
    }

    /// From bf16 to eight bits, by the largest there is; `one` is where what a one stands for goes.
    pub(super) fn make_eighths(&mut self, from: Held, shape: Shape, to: usize, one: usize) {
        let (lots, columns) = (shape.len() / 8, int(shape.channels / 8));
        let slab = lots.div_ceil(SLABS).max(THREADS as usize);
        let count = lots.div_ceil(slab);
        let most = self.arena.take(count * 4, self.now());
        let rows = [Arg::Long(lots as u64), columns, int(from.next)];
        let args = [&[work(from), at(most)][..], &rows, &[int(slab)]].concat();
        self.call("largest_bf16_8", [count, 1, 1], THREADS, WARPS * 4, args);
        let args = [&[work(from), at(most), at(to), at(one)][..], &rows, &[int(count), int(slab)]].concat();
        self.call("eighths_bf16_8", [count, 1, 1], THREADS, 0, args);
        self.arena.give_back(most, self.now());
    }

    /// From f32 to bf16, or back.
    pub(super) fn convert(&mut self, from: usize, to: usize, len: usize, is_to_f32: bool) {
        let name = if is_to_f32 { "convert_bf16_f32" } else { "convert_f32_bf16" };
        let shape = Shape::vector(1, len);
        self.vectors(name, shape, len, &[at(from), at(to)], &[]);
    }

    /// The same f32 numbers in another place.
    pub(super) fn copy(&mut self, from: usize, to: usize, len: usize) {
        self.vectors("scale_f32", Shape::vector(1, 1), len, &[at(from), at(to)], &[Arg::Float(1.0)]);
    }

    /// Eight numbers a thread where channels allow it and the kernel has such a form.
    fn vectors(&mut self, name: &str, of: Shape, len: usize, places: &[Arg], more: &[Arg]) {
        let (one, eight) = forms(name);
        match eight {
            Some(eight) if of.channels.is_multiple_of(8) => self.each(eight, len / 8, places, more),
            _ => self.each(one, len, places, more),
        }
    }

    /// A thread for each of so many.
    fn each(&mut self, name: &'static str, lots: usize, places: &[Arg], more: &[Arg]) {
        let args = [places, &[Arg::Long(lots as u64)], more].concat();
        self.call(name, [lots.div_ceil(THREADS as usize), 1, 1], THREADS, 0, args);
    }

    pub(super) fn call(
        &mut self,
        name: &'static str,
        blocks: [usize; 3],
        threads: u32,
        shared: usize,
        args: Vec<Arg>,
    ) {
        let blocks = blocks.map(|count| count as u32);
        self.launches.push(Launch::Kernel(Call { name, blocks, threads, shared_bytes: shared as u32, args }));
    }
}

/// A kernel for one number a thread, and the same for eight.
fn forms(name: &str) -> (&'static str, Option<&'static str>) {
    const FORMS: &[(&str, Option<&str>)] = &[
        ("activate_f32", None),
        ("activate_bf16", Some("activate_bf16_8")),
        ("add_f32", None),
        ("add_bf16", Some("add_bf16_8")),
        ("add_wide_bf16", Some("add_wide_bf16_8")),
        ("concat_f32", None),
        ("concat_bf16", Some("concat_bf16_8")),
        ("convert_bf16_f32", Some("convert_bf16_f32_8")),
        ("convert_f32_bf16", Some("convert_f32_bf16_8")),
        ("gated_bf16", Some("gated_bf16_8")),
        ("scale_f32", None),
        ("scale_bf16", Some("scale_bf16_8")),
        ("upsample_bf16", Some("upsample_bf16_8")),
        ("windows_bf16", Some("windows_bf16_8")),
    ];
    let found = FORMS.iter().find(|(one, _)| *one == name);
    found.copied().unwrap_or_else(|| unreachable!("every kernel for vectors is in the list"))
}

fn window_args(from: Shape, to: Shape, window: Window) -> [Arg; 8] {
    [
        int(from.height),
        int(from.width),
        int(from.channels),
        int(to.height),
        int(to.width),
        int(window.side),
        int(window.stride),
        int(window.pad),
    ]
}

pub(super) fn int(value: usize) -> Arg {
    Arg::Int(value as u32)
}

pub(super) fn at(offset: usize) -> Arg {
    Arg::At(Place::Work(offset))
}

pub(super) fn work(held: Held) -> Arg {
    at(held.at)
}

fn number(kind: Activation) -> u32 {
    match kind {
        Activation::Silu => 0,
        Activation::Gelu => 1,
        Activation::QuickGelu => 2,
    }
}
