//! A model as a list of operations with fixed sizes.
//!
//! **Law.** A plan is data: it names every weight with its dimensions and every value with its size, so that a backend can
//! plan its memory to the byte before it runs, and tests can plant a fault and see it found.
//! **Absent.** Arithmetic (`kernel`), weights.

mod build;
pub mod clip;
pub mod control;
mod run;
pub mod unet;
pub mod vae;

pub use build::Builder;
pub use run::{Bound, Engine, Inputs, Loaded, OnCpu, Outputs, Ready};

use crate::Shape;
use std::collections::BTreeSet;

/// A value of a plan: what an operation makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Value(pub usize);

/// A weight of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight(pub usize);

/// A weight and its bias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Affine {
    pub weight: Weight,
    pub bias: Weight,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Activation {
    Silu,
    Gelu,
    QuickGelu,
}

/// One operation. Its value has the size that the plan says.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// Given from outside.
    Input {
        name: String,
    },
    /// The row of the table for each number.
    Embed {
        ids: Value,
        table: Weight,
    },
    /// Adds the first rows of a table to the rows of each image.
    AddTable {
        input: Value,
        table: Weight,
    },
    /// Of each image the row whose number is given.
    Pick {
        input: Value,
        row: Value,
    },
    /// Cosines and sines of each number.
    Sinusoid {
        input: Value,
        size: usize,
    },
    Linear {
        input: Value,
        weight: Weight,
        bias: Option<Weight>,
    },
    /// `pad` zeros before and, as far as the size of the value asks for, behind.
    Conv {
        input: Value,
        layer: Affine,
        side: usize,
        stride: usize,
        pad: usize,
    },
    GroupNorm {
        input: Value,
        layer: Affine,
        groups: usize,
        eps: f32,
        silu: bool,
    },
    LayerNorm {
        input: Value,
        layer: Affine,
        eps: f32,
    },
    Attention {
        query: Value,
        key: Value,
        value: Value,
        heads: usize,
        causal: bool,
    },
    Activate {
        input: Value,
        kind: Activation,
    },
    /// Half the channels times the activation of the other half.
    Gated {
        input: Value,
        kind: Activation,
    },
    /// `b` has the size of `a`, or one row for each image.
    Add {
        a: Value,
        b: Value,
    },
    Scale {
        input: Value,
        by: f32,
    },
    /// Channels side by side.
    Concat {
        a: Value,
        b: Value,
    },
    /// Every pixel four times.
    Upsample {
        input: Value,
    },
    /// The same numbers with another number of images, rows and channels.
    Reshape {
        input: Value,
    },
}

/// What a weight has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeightSpec {
    pub name: String,
    pub shape: Vec<usize>,
}

/// A model for inputs of one size.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The value with number `n` is made by the operation with number `n`.
    pub ops: Vec<Op>,
    pub shapes: Vec<Shape>,
    pub weights: Vec<WeightSpec>,
    /// What is kept, by name.
    pub outputs: Vec<(String, Value)>,
    /// Values on the way that have a name elsewhere too; kept when asked for.
    pub stages: Vec<(String, Value)>,
}

impl Op {
    /// The values that it reads.
    #[must_use]
    pub fn reads(&self) -> Vec<Value> {
        match self {
            Self::Input { .. } => Vec::new(),
            Self::Embed { ids: input, .. }
            | Self::AddTable { input, .. }
            | Self::Sinusoid { input, .. }
            | Self::Linear { input, .. }
            | Self::Conv { input, .. }
            | Self::GroupNorm { input, .. }
            | Self::LayerNorm { input, .. }
            | Self::Activate { input, .. }
            | Self::Gated { input, .. }
            | Self::Scale { input, .. }
            | Self::Upsample { input }
            | Self::Reshape { input } => vec![*input],
            Self::Pick { input: a, row: b } | Self::Add { a, b } | Self::Concat { a, b } => vec![*a, *b],
            Self::Attention { query, key, value, .. } => vec![*query, *key, *value],
        }
    }
}

impl Plan {
    /// Bytes of the weights at so many bytes a number.
    #[must_use]
    pub fn weight_bytes(&self, bytes_each: usize) -> usize {
        self.weights.iter().map(|weight| weight.shape.iter().product::<usize>() * bytes_each).sum()
    }

    /// The most numbers that are alive at once while the plan runs, without its weights.
    #[must_use]
    pub fn live_len_max(&self) -> usize {
        let last = self.last_reads();
        let (mut live, mut max) = (0, 0);
        for (number, shape) in self.shapes.iter().enumerate() {
            live += shape.len();
            max = max.max(live);
            let freed = (0..=number).filter(|value| last[*value] == number);
            live -= freed.map(|value| self.shapes[value].len()).sum::<usize>();
        }
        max
    }

    /// Weights that are read row by row.
    #[must_use]
    pub fn tables(&self) -> BTreeSet<usize> {
        let table = |op: &Op| match op {
            Op::Embed { table, .. } | Op::AddTable { table, .. } => Some(table.0),
            _ => None,
        };
        self.ops.iter().filter_map(table).collect()
    }

    /// For each value the operation after which nobody needs it.
    fn last_reads(&self) -> Vec<usize> {
        let mut last: Vec<usize> = (0..self.ops.len()).collect();
        for (number, op) in self.ops.iter().enumerate() {
            for value in op.reads() {
                last[value.0] = number;
            }
        }
        for (_, value) in &self.outputs {
            last[value.0] = usize::MAX;
        }
        last
    }
}
