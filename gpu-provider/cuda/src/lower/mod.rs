//! From a plan to launches over one piece of memory.
//!
//! Pure: everything is known before anything runs, where each value lies and how many bytes that takes.
//!
//! **Law.** No value that is still read lies where another one is written; kept by `tests/lowering.rs` for every plan of SDXL
//! at its true sizes, and by `tests/twin.rs`, which runs the launches on the CPU.

mod arena;
mod attention;
mod emit;
mod weights;

pub use arena::{STEP, Span};
pub use weights::{Bits, Form, Keep, Layout, NARROW_MAX, eighths, narrow, wide_values};

use crate::launch::{Launch, Place};
use arena::Arena;
use imprint_painter_reference::plan::{Op, Plan, Value};
use imprint_painter_reference::{ModelError, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// Something that goes in or comes out, as f32.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    pub name: String,
    pub at: usize,
    pub len: usize,
}

/// An input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub slot: Slot,
    /// It stays the same for all steps of a picture.
    pub is_steady: bool,
    /// Numbers of rows: below this many. Nothing where they are plain numbers.
    pub below: Option<usize>,
}

/// A plan, ready to be run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lowered {
    /// Working memory, with all that goes in and comes out.
    pub bytes: usize,
    pub inputs: Vec<Given>,
    pub outputs: Vec<Slot>,
    /// What depends only on what stays the same, such as keys and values of the prompt: run when that changes.
    pub steady: Vec<Launch>,
    /// Run for every step.
    pub step: Vec<Launch>,
    /// Who has which bytes from when to when, for proofs.
    pub spans: Vec<Span>,
}

/// Inputs that are new for every step.
fn is_steady(name: &str) -> bool {
    !matches!(name, "sample" | "timestep") && !name.starts_with("control.")
}

/// A value in memory.
#[derive(Clone, Copy, Debug)]
struct Held {
    at: usize,
    /// Numbers from one row to the next.
    next: usize,
}

/// What the numbers of a value in memory are. A value may be there as several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum As {
    F32,
    Bf16,
    /// Without gaps; what a one stands for lies behind them, at the next multiple of `ONE_AT`.
    Eighth,
}

const ONE_AT: usize = 16;

impl As {
    fn wide(wide: bool) -> Self {
        if wide { Self::F32 } else { Self::Bf16 }
    }
}

/// While a plan is lowered.
struct Lowering<'a> {
    plan: &'a Plan,
    layout: &'a Layout,
    kept: BTreeMap<usize, Vec<&'a str>>,
    /// The value whose memory a value has: its own, or that of what it is another shape of.
    root: Vec<usize>,
    wide: Vec<bool>,
    steady: Vec<bool>,
    /// A sum, and the product that is made together with it.
    joined: BTreeMap<usize, usize>,
    /// Products of one input whose weights lie side by side: the first makes all of them.
    packed: BTreeMap<usize, Vec<usize>>,
    /// Position of the last launch that reads a root; none where it stays.
    last: Vec<Option<usize>>,
    /// By root.
    held: BTreeMap<(usize, As), Held>,
    arena: Arena,
    launches: Vec<Launch>,
    out: Lowered,
}

impl Lowered {
    /// `kept` are the values that come out, by name.
    pub fn new(plan: &Plan, layout: &Layout, kept: &[(String, Value)]) -> Result<Self, ModelError> {
        let mut lowering = Lowering::new(plan, layout, kept);
        let order = lowering.order();
        lowering.last = lowering.last_reads(&order);
        lowering.give_inputs();
        let mut was_steady = true;
        for (position, op) in order.iter().enumerate() {
            if was_steady && !lowering.steady[*op] {
                lowering.out.steady = std::mem::take(&mut lowering.launches);
                was_steady = false;
            }
            lowering.one(*op)?;
            lowering.keep(*op);
            lowering.free(position);
        }
        if was_steady {
            lowering.out.steady = std::mem::take(&mut lowering.launches);
        }
        lowering.arena.end();
        let mut out = lowering.out;
        out.step = lowering.launches;
        out.bytes = lowering.arena.bytes;
        out.spans = lowering.arena.spans;
        Ok(out)
    }

    /// Multiplications and additions of the products.
    #[must_use]
    pub fn product_work(launches: &[Launch]) -> u64 {
        let work = |launch: &Launch| match launch {
            Launch::Product(product) => product.sizes.work(),
            Launch::Kernel(_) => 0,
        };
        launches.iter().map(work).sum()
    }
}

impl<'a> Lowering<'a> {
    fn new(plan: &'a Plan, layout: &'a Layout, kept: &'a [(String, Value)]) -> Self {
        let mut names: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for (name, value) in kept {
            names.entry(value.0).or_default().push(name);
        }
        let (mut root, mut steady) = (Vec::new(), Vec::<bool>::new());
        for (number, op) in plan.ops.iter().enumerate() {
            root.push(if let Op::Reshape { input } = op { root[input.0] } else { number });
            steady.push(match op {
                Op::Input { name } => is_steady(name),
                _ => op.reads().iter().all(|value| steady[value.0]),
            });
        }
        let mut lowering = Self {
            plan,
            layout,
            kept: names,
            root,
            wide: wide_values(plan),
            steady,
            joined: BTreeMap::new(),
            packed: BTreeMap::new(),
            last: Vec::new(),
            held: BTreeMap::new(),
            arena: Arena::default(),
            launches: Vec::new(),
            out: Lowered::default(),
        };
        let mut readers = vec![0; plan.ops.len()];
        for value in plan.ops.iter().flat_map(Op::reads) {
            readers[value.0] += 1;
        }
        lowering.join(&readers);
        lowering.pack(&readers);
        lowering
    }

    /// Sums of a product and something that is there before are made by the product itself.
    fn join(&mut self, readers: &[usize]) {
        for (sum, op) in self.plan.ops.iter().enumerate() {
            let Op::Add { a, b } = op else { continue };
            let is_plain = |value: &Value| !self.wide[value.0] && !self.is_input(value.0);
            if self.shape(*a) != self.shape(*b) || !is_plain(a) || !is_plain(b) || a == b {
                continue;
            }
            let fits = |value: &usize| {
                let is_product = matches!(self.plan.ops[*value], Op::Linear { .. } | Op::Conv { .. });
                is_product
                    && readers[*value] == 1
                    && !self.kept.contains_key(value)
                    && self.steady[*value] == self.steady[sum]
            };
            // The later one: the other is there by then.
            if let Some(product) = [a.0.max(b.0), a.0.min(b.0)].into_iter().find(fits) {
                self.joined.insert(sum, product);
            }
        }
    }

    /// Queries, keys and values of one input, or keys and values, are one product where only attention reads them.
    fn pack(&mut self, readers: &[usize]) {
        for op in &self.plan.ops {
            let Op::Attention { query, key, value, .. } = op else { continue };
            for group in [&[query.0, key.0, value.0][..], &[key.0, value.0]] {
                let is_own =
                    |one: &usize| readers[*one] == 1 && !self.kept.contains_key(one) && !self.wide[*one];
                if group.iter().all(is_own) && group.windows(2).all(|pair| self.are_beside(pair[0], pair[1]))
                {
                    self.packed.insert(group[0], group.to_vec());
                    break;
                }
            }
        }
    }

    /// Whether two products have one input, and the weights of the second one begin where those of the first one end.
    fn are_beside(&self, first: usize, second: usize) -> bool {
        let weights = |op: usize| match &self.plan.ops[op] {
            Op::Linear { input, weight, bias: None } if !self.wide[input.0] => Some((*input, weight.0)),
            _ => None,
        };
        let (Some((input, left)), Some((other, right))) = (weights(first), weights(second)) else {
            return false;
        };
        if [left, right].iter().any(|weight| self.layout.places[*weight].1 != Form::Plain) {
            return false;
        }
        let shape = &self.plan.weights[left].shape;
        let end = self.layout.places[left].0 + shape.iter().product::<usize>() * 2;
        input == other && end == self.layout.places[right].0 && *shape == self.plan.weights[right].shape
    }

    /// First what stays the same, then what does not. A product that waits for its sum is made there.
    fn order(&self) -> Vec<usize> {
        let made = self.packed.values().flat_map(|group| &group[1..]);
        let waiting: BTreeSet<usize> = self.joined.values().chain(made).copied().collect();
        let all = (0..self.plan.ops.len()).filter(|op| !waiting.contains(op));
        let (steady, step): (Vec<usize>, Vec<usize>) = all.partition(|op| self.steady[*op]);
        [steady, step].concat()
    }

    fn reads(&self, op: usize) -> Vec<Value> {
        let mut reads = self.plan.ops[op].reads();
        if let Some(product) = self.joined.get(&op) {
            reads.retain(|value| value.0 != *product);
            reads.extend(self.plan.ops[*product].reads());
        }
        reads
    }

    fn last_reads(&self, order: &[usize]) -> Vec<Option<usize>> {
        let mut last: Vec<Option<usize>> = vec![Some(0); self.plan.ops.len()];
        for (position, op) in order.iter().enumerate() {
            for read in self.reads(*op).into_iter().map(|value| value.0).chain([*op]) {
                let root = self.root[read];
                // What is made once and read in every step stays.
                let stays = self.steady[root] && !self.steady[*op];
                last[root] = if stays { None } else { last[root].map(|_| position) };
            }
        }
        last
    }

    fn is_input(&self, value: usize) -> bool {
        matches!(self.plan.ops[self.root[value]], Op::Input { .. })
    }

    fn shape(&self, value: Value) -> Shape {
        self.plan.shapes[value.0]
    }

    /// What goes in has a place of its own, for ever.
    fn give_inputs(&mut self) {
        for (number, op) in self.plan.ops.iter().enumerate() {
            let Op::Input { name } = op else { continue };
            let shape = self.plan.shapes[number];
            let at = self.arena.take(shape.len() * 4, 0);
            self.held.insert((number, As::F32), Held { at, next: shape.channels });
            let slot = Slot { name: name.clone(), at, len: shape.len() };
            let below = self.rows_below(number);
            self.out.inputs.push(Given { slot, is_steady: self.steady[number], below });
        }
    }

    /// Of an input that is a number of rows: how many rows there are.
    fn rows_below(&self, input: usize) -> Option<usize> {
        self.plan.ops.iter().find_map(|op| match op {
            Op::Embed { ids, table } if ids.0 == input => Some(self.plan.weights[table.0].shape[0]),
            Op::Pick { input: from, row } if row.0 == input => Some(self.shape(*from).rows()),
            _ => None,
        })
    }

    /// What comes out is copied when it is there.
    fn keep(&mut self, op: usize) {
        let Some(names) = self.kept.get(&op).cloned() else { return };
        for name in names {
            let len = self.plan.shapes[op].len();
            let at = self.arena.take(len * 4, self.now());
            match self.value(Value(op)) {
                (held, true) => self.copy(held.at, at, len),
                (held, false) => self.convert(held.at, at, len, true),
            }
            self.out.outputs.push(Slot { name: name.to_owned(), at, len });
        }
    }

    fn free(&mut self, position: usize) {
        let gone: Vec<(usize, As)> = self
            .held
            .keys()
            .copied()
            .filter(|(root, kind)| {
                self.last[*root] == Some(position) && !(*kind == As::F32 && self.is_input(*root))
            })
            .collect();
        for key in gone {
            if let Some(held) = self.held.remove(&key) {
                self.arena.give_back(held.at, self.now());
            }
        }
    }

    /// Launches so far, those that are done once included.
    fn now(&self) -> usize {
        self.out.steady.len() + self.launches.len()
    }

    /// Room for what an operation makes, or for all that are packed with it.
    fn make_packed(&mut self, group: &[usize]) -> Held {
        let shape = self.plan.shapes[group[0]];
        let next = shape.channels * group.len();
        let at = self.arena.take(shape.images * shape.rows() * next * 2, self.now());
        for (place, op) in group.iter().enumerate() {
            self.held.insert((*op, As::Bf16), Held { at: at + place * shape.channels * 2, next });
        }
        Held { at, next }
    }

    /// Room for what an operation makes.
    fn make(&mut self, value: usize) -> Held {
        let shape = self.plan.shapes[value];
        let bytes = shape.len() * if self.wide[value] { 4 } else { 2 };
        let held = Held { at: self.arena.take(bytes, self.now()), next: shape.channels };
        self.held.insert((self.root[value], As::wide(self.wide[value])), held);
        held
    }

    /// A value as it is: its place, and whether it is f32. An input is.
    fn value(&self, value: Value) -> (Held, bool) {
        let root = self.root[value.0];
        for wide in [true, false] {
            if let Some(held) = self.held.get(&(root, As::wide(wide))) {
                return (Held { next: self.held_next(value, *held), ..*held }, wide);
            }
        }
        unreachable!("a value is read after it was made and before it is freed")
    }

    fn as_bf16(&mut self, value: Value) -> Held {
        let root = self.root[value.0];
        if let Some(held) = self.held.get(&(root, As::Bf16)) {
            return Held { next: self.held_next(value, *held), ..*held };
        }
        let (from, len) = (self.held[&(root, As::F32)].at, self.shape(value).len());
        let at = self.arena.take(len * 2, self.now());
        self.convert(from, at, len, false);
        let held = Held { at, next: self.shape(value).channels };
        self.held.insert((root, As::Bf16), held);
        held
    }

    /// A value in eight bits, and where what a one stands for lies.
    fn as_eighth(&mut self, value: Value) -> (Held, usize) {
        let (root, shape) = (self.root[value.0], self.shape(value));
        let one_at = shape.len().next_multiple_of(ONE_AT);
        if let Some(held) = self.held.get(&(root, As::Eighth)) {
            return (Held { at: held.at, next: shape.channels }, held.at + one_at);
        }
        let from = self.as_bf16(value);
        let held = Held { at: self.arena.take(one_at + 4, self.now()), next: shape.channels };
        self.make_eighths(from, shape, held.at, held.at + one_at);
        self.held.insert((root, As::Eighth), held);
        (held, held.at + one_at)
    }

    fn as_f32(&mut self, value: Value) -> Held {
        let root = self.root[value.0];
        if let Some(held) = self.held.get(&(root, As::F32)) {
            return *held;
        }
        let (from, len) = (self.held[&(root, As::Bf16)].at, self.shape(value).len());
        let at = self.arena.take(len * 4, self.now());
        self.convert(from, at, len, true);
        let held = Held { at, next: self.shape(value).channels };
        self.held.insert((root, As::F32), held);
        held
    }

    /// A value of another shape than its root lies without gaps.
    fn held_next(&self, value: Value, held: Held) -> usize {
        if self.root[value.0] == value.0 { held.next } else { self.shape(value).channels }
    }

    fn weight(&self, number: usize) -> Place {
        Place::Weight(self.layout.places[number].0)
    }

    fn unsupported(why: &str) -> ModelError {
        ModelError::Unsupported { why: why.to_owned() }
    }
}
