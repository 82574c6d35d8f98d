//! What a device is told to do: kernels and products over places that are known before.

/// A byte, counted from where the weights or the working memory of a plan begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    Work(usize),
    Weight(usize),
}

/// What a kernel is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arg {
    At(Place),
    /// A pointer to nothing.
    None,
    /// A count that may be large.
    Long(u64),
    Int(u32),
    Float(f32),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Launch {
    Kernel(Call),
    Product(Product),
}

/// A kernel of `kernels`.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub name: &'static str,
    pub blocks: [u32; 3],
    pub threads: u32,
    pub shared_bytes: u32,
    pub args: Vec<Arg>,
}

/// `to = by · a · bᵀ + bias + more`, in bf16 with sums in f32. Each of `batches` lies so many numbers behind the one before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Product {
    pub a: Place,
    pub b: Place,
    /// One number for each output.
    pub bias: Option<Place>,
    /// Laid out as `to` is.
    pub more: Option<Place>,
    pub to: Place,
    /// `a` and `b` have eight bits a number, and here lies what a one of each stands for.
    pub ones: Option<[Place; 2]>,
    pub sizes: Sizes,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    pub rows: u32,
    pub outputs: u32,
    pub inputs: u32,
    /// Numbers from one row to the next.
    pub next_a: u32,
    pub next_b: u32,
    pub next_to: u32,
    /// `b` is `[inputs, outputs]`, and not turned over.
    pub is_across: bool,
    /// What is made is f32.
    pub is_wide: bool,
    pub batches: u32,
    pub batch_a: u64,
    pub batch_b: u64,
    pub batch_to: u64,
    pub by: f32,
}

impl Sizes {
    /// A matrix of rows times the weight of a layer.
    #[must_use]
    pub fn layer(rows: usize, outputs: usize, inputs: usize) -> Self {
        let (rows, outputs, inputs) = (rows as u32, outputs as u32, inputs as u32);
        Self {
            rows,
            outputs,
            inputs,
            next_a: inputs,
            next_b: inputs,
            next_to: outputs,
            is_across: false,
            is_wide: false,
            batches: 1,
            batch_a: 0,
            batch_b: 0,
            batch_to: 0,
            by: 1.0,
        }
    }

    /// Whether rows begin where the library for matrices wants them: at multiples of 16 bytes.
    #[must_use]
    pub fn is_even(&self) -> bool {
        [self.next_a, self.next_b, self.next_to].iter().all(|next| next.is_multiple_of(8))
            && [self.batch_a, self.batch_b, self.batch_to].iter().all(|batch| batch.is_multiple_of(8))
    }

    /// Multiplications and additions.
    #[must_use]
    pub fn work(&self) -> u64 {
        2 * u64::from(self.rows) * u64::from(self.outputs) * u64::from(self.inputs) * u64::from(self.batches)
    }
}
