//! What the UNet is told of a prompt.

use crate::ModelError;
use crate::model::{BoundParts, Parts};
use crate::plan::{Inputs, clip};
use crate::tokens::{CHUNK_WORDS, Chunk, chunks};

/// A prompt, read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Told {
    /// One row for each token, both encoders side by side.
    pub(crate) context: Vec<f32>,
    pub(crate) tokens: usize,
    /// The whole prompt in one vector.
    pub(crate) pooled: Vec<f32>,
}

/// The prompt and the negative prompt, which are equally long.
pub(crate) fn told(
    parts: &Parts,
    bound: &BoundParts,
    prompt: &str,
    negative: &str,
) -> Result<(Told, Told), ModelError> {
    let count = |text: &str| chunks(&parts.vocabulary, text, 0, 1).len();
    let least = count(prompt).max(count(negative));
    let positive = one(parts, bound, prompt, least)?;
    if negative.is_empty() && parts.zeros_for_empty {
        let nothing = Told {
            context: vec![0.0; positive.context.len()],
            pooled: vec![0.0; positive.pooled.len()],
            tokens: positive.tokens,
        };
        return Ok((positive, nothing));
    }
    Ok((positive, one(parts, bound, negative, least)?))
}

fn one(parts: &Parts, bound: &BoundParts, prompt: &str, least: usize) -> Result<Told, ModelError> {
    let pads = [parts.vocabulary.end, parts.vocabulary.bang];
    let mut pooled = Vec::new();
    let mut sides = Vec::new();
    for (number, pad) in pads.into_iter().enumerate() {
        let rows = chunks(&parts.vocabulary, prompt, pad, least);
        let mut hidden = encoded(parts, bound, number, &rows, &mut pooled)?;
        if rows.iter().flat_map(|row| &row.weights).any(|weight| (weight - 1.0).abs() > f32::EPSILON) {
            let empty = chunks(&parts.vocabulary, "", pad, 1);
            let nothing = encoded(parts, bound, number, &empty, &mut Vec::new())?;
            weigh(&mut hidden, &rows, &nothing);
        }
        sides.push((hidden, parts.text_encoders[number].0.hidden_size));
    }
    let tokens = least * (CHUNK_WORDS + 2);
    let [(first, width), (second, second_width)] = &sides[..] else {
        return Err(ModelError::Input { name: "text encoders".to_owned() });
    };
    let context = crate::kernel::joined((first, *width), (second, *second_width));
    pooled.truncate(parts.text_encoders[1].0.projection_dim);
    Ok(Told { context, tokens, pooled })
}

/// What an encoder makes of chunks; the second one also fills `pooled`, chunk by chunk.
fn encoded(
    parts: &Parts,
    bound: &BoundParts,
    number: usize,
    rows: &[Chunk],
    pooled: &mut Vec<f32>,
) -> Result<Vec<f32>, ModelError> {
    let plan = clip::plan(&parts.text_encoders[number].0, rows.len(), number == 1)?;
    let ids = rows.iter().flat_map(|row| row.tokens.iter().map(|token| *token as f32)).collect();
    let ends = rows.iter().map(|row| row.end as f32).collect();
    let mut out =
        bound.text_encoders[number].with_plan(plan)?.run(&Inputs::from([("ids", ids), ("end", ends)]))?;
    if let Some(values) = out.remove("pooled") {
        *pooled = values;
    }
    out.remove("hidden").ok_or_else(|| ModelError::Input { name: "hidden".to_owned() })
}

/// Moves each token away from what it would be in an empty prompt, or toward it. Tokens that weigh 1 stay as they are.
fn weigh(hidden: &mut [f32], rows: &[Chunk], nothing: &[f32]) {
    let width = nothing.len() / (CHUNK_WORDS + 2);
    let weights = rows.iter().flat_map(|row| &row.weights);
    for (place, (token, weight)) in hidden.chunks_mut(width).zip(weights).enumerate() {
        let at = place % (CHUNK_WORDS + 2) * width;
        for (value, empty) in token.iter_mut().zip(&nothing[at..at + width]) {
            *value = empty + (*value - empty) * weight;
        }
    }
}
