//! An asset catalogue for Xcode: a colour set for each colour, roles with their dark and high-contrast looks.

use crate::json::{Json, object, text};
use crate::{File, Tokens};
use core_brand::{Fault, Rgb};

const ROOT: &str = "tokens/ios/Brand.xcassets";

pub(crate) fn files(tokens: &Tokens) -> Result<Vec<File>, Fault> {
    let mut files = vec![contents(ROOT, Vec::new())?];
    for group in ["brand", "logo", "role"] {
        // Colours of a folder are found as `brand/primary`.
        let space = ("properties", object([("provides-namespace", Json::Bool(true))]));
        files.push(contents(&format!("{ROOT}/{group}"), vec![space])?);
    }
    for (id, _, rgb) in &tokens.brand {
        files.push(set("brand", id, vec![look(*rgb, None)])?);
    }
    for (part, rgb) in &tokens.logo {
        files.push(set("logo", part, vec![look(*rgb, None)])?);
    }
    let looks = [
        ("light", None),
        ("dark", Some(("luminosity", "dark"))),
        ("high-contrast", Some(("contrast", "high"))),
    ];
    for role in tokens.roles() {
        let of = |(theme, when): &(&str, _)| tokens.theme(theme)?.role(role).map(|rgb| look(rgb, *when));
        files.push(set("role", role, looks.iter().filter_map(of).collect())?);
    }
    Ok(files)
}

/// As the catalogue writes it: a red, a green and a blue, each on a line of its own.
pub(crate) fn spell(rgb: Rgb) -> Vec<u8> {
    let [r, g, b] = channels(rgb);
    let indent = " ".repeat(10);
    format!("\"red\": \"{r}\",\n{indent}\"green\": \"{g}\",\n{indent}\"blue\": \"{b}\"").into_bytes()
}

fn set(group: &str, id: &str, looks: Vec<Json>) -> Result<File, Fault> {
    contents(&format!("{ROOT}/{group}/{id}.colorset"), vec![("colors", Json::List(looks))])
}

fn look(rgb: Rgb, when: Option<(&str, &str)>) -> Json {
    let [r, g, b] = channels(rgb);
    let components =
        object([("red", text(r)), ("green", text(g)), ("blue", text(b)), ("alpha", text("1.000"))]);
    let color = object([("color-space", text("srgb")), ("components", components)]);
    let mut members = vec![("idiom".to_owned(), text("universal")), ("color".to_owned(), color)];
    if let Some((kind, value)) = when {
        let appearance = object([("appearance", text(kind)), ("value", text(value))]);
        members.push(("appearances".to_owned(), Json::List(vec![appearance])));
    }
    Json::Object(members)
}

fn channels(rgb: Rgb) -> [String; 3] {
    [rgb.r, rgb.g, rgb.b].map(|byte| format!("0x{byte:02X}"))
}

fn contents(folder: &str, own: Vec<(&str, Json)>) -> Result<File, Fault> {
    let info = object([("author", text("imprint")), ("version", Json::Whole(1))]);
    let members = own.into_iter().map(|(name, value)| (name.to_owned(), value));
    let root = Json::Object([("info".to_owned(), info)].into_iter().chain(members).collect());
    Ok(File::text(&format!("{folder}/Contents.json"), "application/json", root.write()?))
}
