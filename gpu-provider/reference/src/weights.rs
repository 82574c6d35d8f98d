//! Where weights come from.

use crate::{ModelError, Tensor};

/// Gives weights by the name that diffusers has for them.
pub trait Weights: Send + Sync {
    fn load(&self, name: &str) -> Result<Tensor, ModelError>;

    /// The dimensions of a weight, where they are known without its numbers.
    fn sides(&self, name: &str) -> Result<Vec<usize>, ModelError> {
        Ok(self.load(name)?.shape)
    }
}

/// A weight of the wanted dimensions; anything else is a model that does not fit.
pub fn load_exactly(weights: &dyn Weights, name: &str, wanted: &[usize]) -> Result<Tensor, ModelError> {
    // Before a number is read: a file may say that it holds more of them than there is room for.
    check_sides(name, &weights.sides(name)?, wanted)?;
    let tensor = weights.load(name)?;
    if tensor.data.len() == wanted.iter().product::<usize>() {
        return Ok(tensor);
    }
    Err(ModelError::Shape { name: name.to_owned(), found: tensor.shape, wanted: wanted.to_vec() })
}

pub(crate) fn check_sides(name: &str, found: &[usize], wanted: &[usize]) -> Result<(), ModelError> {
    // A convolution of one pixel and a linear layer are the same; files have either.
    let bare = |shape: &[usize]| {
        let end = if shape.len() == 4 && shape[2..] == [1, 1] { 2 } else { shape.len() };
        shape[..end].to_vec()
    };
    if bare(found) == bare(wanted) {
        return Ok(());
    }
    Err(ModelError::Shape { name: name.to_owned(), found: found.to_vec(), wanted: wanted.to_vec() })
}
