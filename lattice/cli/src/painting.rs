//! `imprint paint` and `imprint models`: one picture in this process, and the models there are for it.

use crate::args::{AddModel, Listing, Paint, PullModel};
use crate::say::{data, print};
use crate::show::json;
use core_brand::Fault;
use core_brand::fault::Code;
use imprint_embedded::painter::{self, Kind, List, Painted, Sampler, Wish};
use imprint_supply::Places;
use indicatif::{ProgressBar, ProgressDrawTarget};
use serde_json::json as object;
use std::path::Path;

/// How often a bar is drawn at most.
const DRAWS_PER_SECOND: u8 = 10;

pub(crate) fn paint(asked: &Paint) -> Result<(), Fault> {
    // Its word is one of those that the arguments allow.
    let sampler = Sampler::of(&asked.sampler).unwrap_or(Sampler::Euler);
    let (steps, guidance) = painter::usual(sampler);
    let wish = Wish {
        model: asked.model.clone(),
        procedural: asked.procedural,
        prompt: asked.prompt.clone(),
        negative: asked.negative.clone(),
        size: asked.size.as_deref().map(size).transpose()?,
        seed: asked.seed,
        steps: asked.steps.unwrap_or(steps),
        guidance: asked.guidance.unwrap_or(guidance),
        sampler,
        loras: asked.lora.iter().map(|text| lora(text)).collect::<Result<_, _>>()?,
    };
    let bar = bar();
    let painted = painter::paint(&Places::models()?, &wish, &mut |step, steps| {
        bar.set_length(u64::from(steps));
        bar.set_position(u64::from(step));
    });
    bar.finish_and_clear();
    let painted = painted?;
    std::fs::write(&asked.out, &painted.png).map_err(|why| unwritten(&asked.out, &why))?;
    if asked.json {
        return json(&told(&painted, asked, &wish));
    }
    let Painted { model, seed, .. } = &painted;
    let [width, height] = painted.size;
    let out = asked.out.display();
    data(&match painted.backend {
        "procedural" => format!("{out}: {width} by {height}, drawn by rules and not by a model, seed {seed}"),
        _ => format!("{out}: {width} by {height}, painted by {model}, seed {seed}, {} steps", wish.steps),
    });
    Ok(())
}

fn told(painted: &Painted, asked: &Paint, wish: &Wish) -> serde_json::Value {
    object!({
        "picture": asked.out,
        "backend": painted.backend,
        "model": painted.model,
        // As text: JSON readers cut numbers of 64 bits.
        "seed": painted.seed.to_string(),
        "width": painted.size[0],
        "height": painted.size[1],
        "steps": wish.steps,
        "guidance": wish.guidance,
        "sampler": wish.sampler.word(),
    })
}

/// `ink`, or `ink:0.8`.
fn lora(text: &str) -> Result<(String, f32), Fault> {
    let (name, weight) = text.split_once(':').unwrap_or((text, "1"));
    let unread = |_| {
        let allowed = "a name and a weight such as ink:0.8".to_owned();
        let args = [("field", "lora".to_owned()), ("value", format!("`{text}`")), ("allowed", allowed)];
        Fault::new(Code::PaintRange, args)
    };
    Ok((name.to_owned(), weight.parse().map_err(unread)?))
}

/// `512`, or `768x512`.
fn size(text: &str) -> Result<[u32; 2], Fault> {
    let (width, height) = text.split_once('x').unwrap_or((text, text));
    match (width.parse(), height.parse()) {
        (Ok(width), Ok(height)) => Ok([width, height]),
        _ => {
            let allowed = "pixels such as 512 or 768x512".to_owned();
            let args = [("field", "size".to_owned()), ("value", format!("`{text}`")), ("allowed", allowed)];
            Err(Fault::new(Code::PaintRange, args))
        }
    }
}

fn unwritten(path: &Path, why: &std::io::Error) -> Fault {
    let args = [("path", path.display().to_string()), ("why", why.to_string())];
    Fault::new(Code::FileUnwritable, args)
}

fn bar() -> ProgressBar {
    ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(DRAWS_PER_SECOND))
}

pub(crate) fn add(asked: &AddModel) -> Result<(), Fault> {
    let list = painter::add(&Places::models()?, &asked.folder, &asked.name, asked.native)?;
    data(&line(&list));
    Ok(())
}

pub(crate) fn pull(asked: &PullModel) -> Result<(), Fault> {
    let bar = bar();
    let pulled = painter::pull(&Places::models()?, &asked.base, &asked.name, &mut |there, all| {
        bar.set_length(all);
        bar.set_position(there);
    });
    bar.finish_and_clear();
    data(&line(&pulled?));
    Ok(())
}

pub(crate) fn list(asked: &Listing) -> Result<(), Fault> {
    let models = painter::models(&Places::models()?)?;
    if asked.json {
        return json(&models);
    }
    print(&models.iter().map(|list| line(list) + "\n").collect::<String>());
    Ok(())
}

fn line(list: &List) -> String {
    let what = match list.kind {
        Kind::Model => format!("{} px", list.native_px),
        other => other.word().to_owned(),
    };
    let files = match list.files.len() {
        1 => "1 file".to_owned(),
        files => format!("{files} files"),
    };
    format!("{}  {what}, {files}, {} bytes", list.name, list.bytes())
}
