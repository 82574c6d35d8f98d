//! Readers of token files. They share no code with the writers and know each format only as its users do.

mod code;
mod data;
mod sheets;

use core_tokens::{File, Tokens};
use std::collections::BTreeMap;

pub(crate) type Facts = BTreeMap<String, String>;

/// What the files of a format state, under the names of the model.
pub(crate) fn read(format: &str, files: &[File], tokens: &Tokens) -> Facts {
    match format {
        "css" => sheets::css(&text(files, "brand.css")),
        "scss" => sheets::scss(&text(files, "brand.scss")),
        "less" => sheets::less(&text(files, "brand.less")),
        "tailwind-4" => sheets::tailwind(&text(files, "tailwind.css")),
        "tailwind-3" => data::preset(&text(files, "tailwind.preset.cjs")),
        "dtcg" => data::dtcg(&text(files, "brand.tokens.json")),
        "resolver" => data::resolved(files),
        "flat" => data::flat(&text(files, "brand.flat.json")),
        "javascript" => data::module(&text(files, "brand.mjs"), &text(files, "brand.d.mts")),
        "brand-yml" => data::brand_yml(&text(files, "_brand.yml")),
        "gimp" => data::gimp(&text(files, "brand.gpl")),
        "ase" => data::ase(&files[0].bytes),
        "xcassets" => data::catalogue(files),
        "android" => code::android(files, tokens),
        "compose" => code::Names::new(tokens, true).read(&text(files, "Brand.kt")),
        "swiftui" => code::Names::new(tokens, false).read(&text(files, "Brand.swift")),
        "flutter" => code::Names::new(tokens, false).read(&text(files, "brand.dart")),
        other => panic!("no reader for {other}"),
    }
}

fn text(files: &[File], name: &str) -> String {
    let file = files.iter().find(|file| file.path.ends_with(name)).unwrap_or_else(|| panic!("no {name}"));
    String::from_utf8(file.bytes.clone()).unwrap()
}

/// A number as the model writes it.
pub(crate) fn number(text: &str) -> String {
    text.trim().parse::<f64>().unwrap_or_else(|_| panic!("`{text}` is no number")).to_string()
}

/// The text before the first comma without its quotes.
pub(crate) fn family(value: &str) -> String {
    value.split(',').next().unwrap_or_default().trim().trim_matches('"').to_owned()
}
