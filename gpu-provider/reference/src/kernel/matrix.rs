//! Products of matrices.

/// Columns worked on at once: what fits the registers of any machine.
const COLUMNS: usize = 16;
/// Rows that share one pass over a panel.
const ROWS: usize = 4;

/// A matrix `[outputs, inputs]` laid out for `product`: panels of a few outputs, input by input.
#[derive(Clone, Debug)]
pub(crate) struct Packed {
    pub(crate) outputs: usize,
    pub(crate) inputs: usize,
    panels: Vec<[f32; COLUMNS]>,
}

impl Packed {
    /// Numbers that a matrix takes, the rest of its last panel included.
    pub(crate) fn len_of(outputs: usize, inputs: usize) -> usize {
        outputs.div_ceil(COLUMNS) * COLUMNS * inputs
    }

    pub(crate) fn new(weight: &[f32], outputs: usize, inputs: usize) -> Self {
        Self::from_fn(outputs, inputs, |output, input| weight[output * inputs + input])
    }

    pub(crate) fn from_fn(outputs: usize, inputs: usize, at: impl Fn(usize, usize) -> f32) -> Self {
        let mut panels = Vec::with_capacity(outputs.div_ceil(COLUMNS) * inputs);
        for first in (0..outputs).step_by(COLUMNS) {
            for input in 0..inputs {
                let mut panel = [0.0; COLUMNS];
                for (output, slot) in (first..outputs).zip(&mut panel) {
                    *slot = at(output, input);
                }
                panels.push(panel);
            }
        }
        Self { outputs, inputs, panels }
    }
}

/// `rows · weightᵀ + bias`.
pub(crate) fn product(rows: &[f32], weight: &Packed, bias: Option<&[f32]>) -> Vec<f32> {
    let count = rows.len() / weight.inputs.max(1);
    let mut out = vec![0.0; count * weight.outputs];
    for (group, outs) in out.chunks_mut(ROWS * weight.outputs).enumerate() {
        let first = group * ROWS;
        // A short last group repeats its last row; what is too much is not written.
        let row = |place: usize| {
            let at = (first + place).min(count - 1) * weight.inputs;
            &rows[at..at + weight.inputs]
        };
        let four = [row(0), row(1), row(2), row(3)];
        for (number, panel) in weight.panels.chunks(weight.inputs).enumerate() {
            let sums = block(four, panel);
            for (sum, out) in sums.iter().zip(outs.chunks_mut(weight.outputs)) {
                let columns = &mut out[number * COLUMNS..];
                for (column, (slot, value)) in columns.iter_mut().zip(sum).enumerate() {
                    *slot = value + bias.map_or(0.0, |bias| bias[number * COLUMNS + column]);
                }
            }
        }
    }
    out
}

fn block(rows: [&[f32]; ROWS], panel: &[[f32; COLUMNS]]) -> [[f32; COLUMNS]; ROWS] {
    let mut sums = [[0.0; COLUMNS]; ROWS];
    let [a, b, c, d] = rows;
    for ((((weights, a), b), c), d) in panel.iter().zip(a).zip(b).zip(c).zip(d) {
        for (sum, value) in sums.iter_mut().zip([a, b, c, d]) {
            for (slot, weight) in sum.iter_mut().zip(weights) {
                *slot += value * weight;
            }
        }
    }
    sums
}
