//! The text encoders. Both stop before their last layer; the second one also says the whole prompt in one vector.

use super::{Builder, Plan, Value};
use crate::config::ClipConfig;
use crate::{ModelError, Shape};

/// A text encoder for so many chunks of tokens. Inputs `ids`; with `pooled` also `end`, the row of the end of text.
/// Outputs `hidden` and `pooled`.
pub fn plan(config: &ClipConfig, chunks: usize, pooled: bool) -> Result<Plan, ModelError> {
    config.check()?;
    if pooled && config.projection_dim == 0 {
        let why = "a second text encoder without projection_dim".to_owned();
        return Err(ModelError::Unsupported { why });
    }
    let mut b = Builder::default();
    let tokens = config.max_position_embeddings;
    let ids = b.input("ids", Shape::tokens(chunks, tokens, 1));
    let embeddings = "text_model.embeddings";
    let table = format!("{embeddings}.token_embedding.weight");
    let words = b.embed(ids, &table, config.vocab_size, config.hidden_size);
    let mut x = b.add_table(words, &format!("{embeddings}.position_embedding.weight"), tokens);
    let mut hidden = x;
    for number in 0..config.num_hidden_layers {
        // What enters the last layer is what the UNet was trained on, without a norm.
        hidden = x;
        let is_needed = pooled || number + 1 < config.num_hidden_layers;
        if is_needed {
            x = layer(&mut b, config, x, number);
        }
    }
    b.output("hidden", hidden);
    if pooled {
        let end = b.input("end", Shape::vector(chunks, 1));
        let normed = b.layer_norm(x, "text_model.final_layer_norm", config.layer_norm_eps);
        let row = b.pick(normed, end);
        let out = b.linear_unbiased(row, "text_projection", config.projection_dim);
        b.output("pooled", out);
    }
    Ok(b.finish())
}

fn layer(b: &mut Builder, config: &ClipConfig, x: Value, number: usize) -> Value {
    let name = |part: &str| format!("text_model.encoder.layers.{number}.{part}");
    let (size, eps) = (config.hidden_size, config.layer_norm_eps);
    let normed = b.layer_norm(x, &name("layer_norm1"), eps);
    let query = b.linear(normed, &name("self_attn.q_proj"), size);
    let key = b.linear(normed, &name("self_attn.k_proj"), size);
    let value = b.linear(normed, &name("self_attn.v_proj"), size);
    let seen = b.attention(query, key, value, config.num_attention_heads, true);
    let seen = b.linear(seen, &name("self_attn.out_proj"), size);
    let x = b.add(x, seen);
    let normed = b.layer_norm(x, &name("layer_norm2"), eps);
    let wide = b.linear(normed, &name("mlp.fc1"), config.intermediate_size);
    let wide = b.activate(wide, config.hidden_act);
    let narrow = b.linear(wide, &name("mlp.fc2"), size);
    b.add(x, narrow)
}
