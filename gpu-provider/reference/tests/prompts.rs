//! What the UNet is told of a prompt, in numbers: weights of words, and prompts longer than an encoder reads at once. Expected
//! is what the encoders say of tokens that are written out here, put together by formulas of its own.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{bound, clip_config, parts, vocabulary};
use imprint_painter::Order;
use imprint_painter_reference::plan::{Engine, Inputs, Loaded, OnCpu, Outputs, Plan, Ready, Value, clip};
use imprint_painter_reference::weights::Weights;
use imprint_painter_reference::{Extras, Model, ModelError};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

const READ: usize = 77;
const WORDS: usize = 75;
/// Of each encoder.
const WIDTH: usize = 32;
/// What f32 may round.
const APART_MAX: f32 = 2e-5;

/// What a UNet was given: `context` and `pooled`.
type Heard = Arc<Mutex<Option<[Vec<f32>; 2]>>>;

/// Hears what is given to the UNet, and runs it on the CPU.
struct Hearing<T: ?Sized> {
    heard: Heard,
    inner: Arc<T>,
}

impl Engine for Hearing<OnCpu> {
    fn load(&self, plan: &Plan, weights: &dyn Weights) -> Result<Arc<dyn Loaded>, ModelError> {
        let inner = self.inner.load(plan, weights)?;
        Ok(Arc::new(Hearing { heard: Arc::clone(&self.heard), inner }))
    }
}

impl Loaded for Hearing<dyn Loaded> {
    fn ready(self: Arc<Self>, plan: &Plan) -> Result<Arc<dyn Ready>, ModelError> {
        let inner = Arc::clone(&self.inner).ready(plan)?;
        Ok(Arc::new(Hearing { heard: Arc::clone(&self.heard), inner }))
    }
}

impl Ready for Hearing<dyn Ready> {
    fn run(&self, plan: &Plan, inputs: &Inputs, kept: &[(String, Value)]) -> Result<Outputs, ModelError> {
        if let (Some(context), Some(pooled)) = (inputs.get("context"), inputs.get("pooled")) {
            *self.heard.lock().unwrap() = Some([context.clone(), pooled.clone()]);
        }
        self.inner.run(plan, inputs, kept)
    }
}

/// What the UNet is told of this prompt, without guidance.
fn told(prompt: &str) -> [Vec<f32>; 2] {
    let heard = Heard::default();
    let engine = Hearing { heard: Arc::clone(&heard), inner: Arc::new(OnCpu) };
    let model = Model::on(parts(), Arc::new(engine)).unwrap();
    let small = Order { width: 64, height: 64, steps: 1, guidance: 1.0, ..Order::new("tiny", prompt) };
    let painted = model.paint(&small, &Extras::default(), &mut |_, _| ControlFlow::Break(()));
    assert!(painted.is_err(), "it went on after its first step");
    heard.lock().unwrap().take().unwrap()
}

/// What an encoder says of one row of 77 tokens: a row for each, and the whole in one vector.
fn said(encoder: usize, words: &[u32]) -> (Vec<Vec<f32>>, Vec<f32>) {
    let vocabulary = vocabulary();
    let pad = if encoder == 0 { vocabulary.end } else { 0 };
    let mut tokens = [&[vocabulary.start][..], words, &[vocabulary.end]].concat();
    tokens.resize(READ, pad);
    let (name, activation) = [("text_encoder", "quick_gelu"), ("text_encoder_2", "gelu")][encoder];
    let plan = clip::plan(&clip_config(activation), 1, true).unwrap();
    let ids = tokens.iter().map(|token| *token as f32).collect();
    let inputs = Inputs::from([("ids", ids), ("end", vec![(words.len() + 1) as f32])]);
    let mut out = bound(name, plan).run(&inputs).unwrap();
    let rows = out["hidden"].chunks(WIDTH).map(<[f32]>::to_vec).collect();
    (rows, out.remove("pooled").unwrap())
}

/// One chunk, as the UNet is to be told of it: its words, each with how much it weighs.
fn expected(words: &[(u32, f64)]) -> Vec<f32> {
    let tokens: Vec<u32> = words.iter().map(|(token, _)| *token).collect();
    let sides = [0, 1].map(|encoder| (said(encoder, &tokens).0, said(encoder, &[]).0));
    let mut context = Vec::new();
    for at in 0..READ {
        // The start weighs nothing else than 1, and so does all that is behind the words.
        let weight = at.checked_sub(1).and_then(|word| words.get(word)).map_or(1.0, |(_, weight)| *weight);
        for (full, empty) in &sides {
            let one = |(full, empty): (&f32, &f32)| {
                (weight * f64::from(*full) + (1.0 - weight) * f64::from(*empty)) as f32
            };
            context.extend(full[at].iter().zip(&empty[at]).map(one));
        }
    }
    context
}

fn same(found: &[f32], wanted: &[f32], what: &str) {
    assert_eq!(found.len(), wanted.len(), "{what}");
    let apart = found.iter().zip(wanted).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(apart <= APART_MAX, "{what}: {apart:.1e} apart");
}

fn words(text: &str, weight: f64) -> Vec<(u32, f64)> {
    vocabulary().tokens(text).into_iter().map(|token| (token, weight)).collect()
}

/// A weight moves a word along the line from what stands in its place in an empty prompt: 0 is there, 1 the word itself, 2
/// as far behind it again, and less than 0 on the other side.
#[test]
fn weights_of_words_are_their_share_of_the_way() {
    let plain = expected(&[words("a ", 1.0), words("fox", 1.0), words("river", 1.0)].concat());
    for (prompt, weight) in [
        ("a fox river", 1.0),
        ("a (fox:1.5) river", 1.5),
        ("a (fox) river", 1.1),
        ("a [fox] river", 1.0 / 1.1),
        ("a (fox:0) river", 0.0),
        ("a (fox:2) river", 2.0),
        ("a (fox:-1) river", -1.0),
    ] {
        let [context, pooled] = told(prompt);
        let wanted = expected(&[words("a ", 1.0), words("fox", weight), words("river", 1.0)].concat());
        same(&context, &wanted, prompt);
        assert_eq!(plain == wanted, weight == 1.0, "{prompt}: a weight has to be seen");
        // The whole prompt in one vector is that of its words without weights.
        let tokens: Vec<u32> = vocabulary().tokens("a fox river");
        same(&pooled, &said(1, &tokens).1, prompt);
    }
}

/// Each chunk is read alone, from its own start to its own end, and weighed against an empty one; the whole prompt in one
/// vector is that of the first.
#[test]
fn a_second_chunk_is_read_like_a_first_one() {
    let (first, begun) = (words(&"a ".repeat(WORDS), 1.0), words("owl", 1.0));
    assert_eq!(first.len(), WORDS);
    let weighed = words("fox", 1.5);
    let [context, pooled] = told(&format!("{}owl (fox:1.5)", "a ".repeat(WORDS)));
    let wanted = [expected(&first), expected(&[begun, weighed].concat())];
    assert_eq!(context.len(), 2 * READ * 2 * WIDTH);
    let (one, two) = context.split_at(READ * 2 * WIDTH);
    same(one, &wanted[0], "the first chunk");
    same(two, &wanted[1], "the second chunk");
    let tokens: Vec<u32> = first.iter().map(|(token, _)| *token).collect();
    same(&pooled, &said(1, &tokens).1, "the whole in one vector");
}
