//! Where weights come from.

use crate::{ModelError, Tensor};

/// Gives weights by the name that diffusers has for them.
pub trait Weights: Send + Sync {
    fn load(&self, name: &str) -> Result<Tensor, ModelError>;
}

/// A weight of the wanted dimensions; anything else is a model that does not fit.
pub fn load_exactly(weights: &dyn Weights, name: &str, wanted: &[usize]) -> Result<Tensor, ModelError> {
    let tensor = weights.load(name)?;
    // A convolution of one pixel and a linear layer are the same; files have either.
    let bare = |shape: &[usize]| {
        let end = if shape.len() == 4 && shape[2..] == [1, 1] { 2 } else { shape.len() };
        shape[..end].to_vec()
    };
    if bare(&tensor.shape) == bare(wanted) && tensor.data.len() == wanted.iter().product::<usize>() {
        return Ok(tensor);
    }
    Err(ModelError::Shape { name: name.to_owned(), found: tensor.shape, wanted: wanted.to_vec() })
}
