//! From tensors to an order. Nothing in a tensor is believed: type, dimensions, length, text and limits are looked at.

use crate::NnError;
use crate::limits::NAME_CHARS_MAX;
use imprint_painter::{Model, Order, PaintError, Sampler};
use std::collections::BTreeSet;
use wasmtime_wasi_nn::backend::NamedTensor;
use wasmtime_wasi_nn::wit::{Tensor, TensorType};

/// What can be said of a picture. Only `prompt` has to be.
pub const INPUTS: [&str; 7] = ["prompt", "negative", "size", "steps", "seed", "guidance", "sampler"];

/// The order of these tensors, within every limit.
pub(crate) fn read(model: &Model, inputs: &[NamedTensor]) -> Result<Order, NnError> {
    let mut order = Order { width: model.native_px, height: model.native_px, ..Order::new(&model.name, "") };
    let mut seen = BTreeSet::new();
    for input in inputs {
        let name = known(&input.name)?;
        if !seen.insert(name) {
            return Err(NnError::Twice { name });
        }
        set(&mut order, Input { name, tensor: &input.tensor })?;
    }
    if !seen.contains("prompt") {
        return Err(NnError::NoPrompt);
    }
    order.check()?;
    Ok(order)
}

fn known(name: &str) -> Result<&'static str, NnError> {
    INPUTS.into_iter().find(|known| *known == name).ok_or_else(|| NnError::Unknown {
        name: name.chars().take(NAME_CHARS_MAX).collect(),
        known: INPUTS.join(", "),
    })
}

fn set(order: &mut Order, input: Input) -> Result<(), NnError> {
    match input.name {
        "prompt" => order.prompt = input.text()?,
        "negative" => order.negative_prompt = input.text()?,
        "size" => [order.height, order.width] = input.whole()?,
        "steps" => [order.steps] = input.whole()?,
        "seed" => order.seed = input.seed()?,
        "guidance" => order.guidance = input.fraction()?,
        _ => order.sampler = input.sampler()?,
    }
    Ok(())
}

/// More dimensions than a picture has are not worth repeating.
const DIMENSIONS_SHOWN: usize = 4;

/// A tensor under one of our names.
#[derive(Clone, Copy)]
struct Input<'a> {
    name: &'static str,
    tensor: &'a Tensor,
}

impl<'a> Input<'a> {
    fn text(self) -> Result<String, NnError> {
        let bytes = self.bytes(TensorType::U8, None)?;
        let text = std::str::from_utf8(bytes);
        text.map(str::to_owned).map_err(|why| NnError::Text { name: self.name, byte: why.valid_up_to() })
    }

    /// Numbers of I32 that are not negative.
    fn whole<const COUNT: usize>(self) -> Result<[u32; COUNT], NnError> {
        let bytes = self.bytes(TensorType::I32, Some(COUNT as u32))?;
        let mut numbers = [0; COUNT];
        for (number, bytes) in numbers.iter_mut().zip(bytes.as_chunks().0) {
            let value = i32::from_le_bytes(*bytes);
            *number = u32::try_from(value).map_err(|_| self.negative(value.into()))?;
        }
        Ok(numbers)
    }

    fn seed(self) -> Result<u64, NnError> {
        let bytes = self.bytes(TensorType::I64, Some(1))?;
        let value = bytes.as_chunks().0.first().map_or(0, |bytes| i64::from_le_bytes(*bytes));
        u64::try_from(value).map_err(|_| self.negative(value))
    }

    /// What is no number is found by `Order::check`.
    fn fraction(self) -> Result<f32, NnError> {
        let bytes = self.bytes(TensorType::Fp32, Some(1))?;
        Ok(bytes.as_chunks().0.first().map_or(0.0, |bytes| f32::from_le_bytes(*bytes)))
    }

    fn sampler(self) -> Result<Sampler, NnError> {
        let word = self.text()?;
        let unknown =
            || PaintError::Name { field: "sampler", value: word.chars().take(NAME_CHARS_MAX).collect() };
        Sampler::of(&word).ok_or_else(|| unknown().into())
    }

    /// The bytes of one row of this type, as long as its dimension says; `count` numbers where that is given.
    fn bytes(self, ty: TensorType, count: Option<u32>) -> Result<&'a [u8], NnError> {
        let Tensor { dimensions, ty: own, data } = self.tensor;
        let length = match (dimensions.as_slice(), count) {
            ([length], None) if *own == ty => *length,
            ([length], Some(count)) if *own == ty && *length == count => count,
            _ => return Err(self.kind(ty, count)),
        };
        let wanted = u64::from(length) * width(ty);
        if data.len() as u64 != wanted {
            return Err(NnError::Length { name: self.name, bytes: data.len(), wanted });
        }
        Ok(data)
    }

    fn kind(self, ty: TensorType, count: Option<u32>) -> NnError {
        let first = self.tensor.dimensions.iter().take(DIMENSIONS_SHOWN).map(u32::to_string);
        let mut found = format!("{} [{}", word(self.tensor.ty), first.collect::<Vec<_>>().join(", "));
        found.push_str(if self.tensor.dimensions.len() > DIMENSIONS_SHOWN { ", …]" } else { "]" });
        let count = count.map_or("length".to_owned(), |count| count.to_string());
        NnError::Kind { name: self.name, found, wanted: format!("{} [{count}]", word(ty)) }
    }

    fn negative(self, value: i64) -> NnError {
        let why = PaintError::OutOfRange {
            field: self.name,
            value: value.to_string(),
            allowed: "at least 0".into(),
        };
        why.into()
    }
}

/// Bytes of one number of the types that our inputs have.
fn width(ty: TensorType) -> u64 {
    match ty {
        TensorType::U8 => 1,
        TensorType::I64 => 8,
        _ => 4,
    }
}

/// A type as the contract calls it.
fn word(ty: TensorType) -> &'static str {
    match ty {
        TensorType::Fp16 => "FP16",
        TensorType::Fp32 => "FP32",
        TensorType::Fp64 => "FP64",
        TensorType::Bf16 => "BF16",
        TensorType::U8 => "U8",
        TensorType::I32 => "I32",
        TensorType::I64 => "I64",
    }
}

/// A seed as I64 has it. Those that came in as I64 are not changed by it.
pub(crate) fn number(seed: u64) -> Vec<u8> {
    seed.to_le_bytes().into()
}
