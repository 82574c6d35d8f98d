//! Every colour as a token whose value is a hex string, for tools that do not read colour objects yet.

use crate::json::{Json, members, object, text};
use crate::{File, Tokens};
use core_brand::{Fault, Rgb};

pub(crate) fn files(tokens: &Tokens) -> Result<Vec<File>, Fault> {
    let group = |colors: Vec<(String, Rgb)>| members(colors.into_iter().map(|(id, rgb)| (id, token(rgb))));
    let brand = tokens.brand.iter().map(|(id, _, rgb)| ((*id).to_owned(), *rgb)).collect();
    let logo = tokens.logo.iter().map(|(part, rgb)| ((*part).to_owned(), *rgb)).collect();
    let scales = tokens.scales.iter().map(|scale| {
        let steps = scale.steps.iter().map(|step| (step.step.to_string(), step.rgb)).collect();
        (scale.id.clone(), group(steps))
    });
    let themes = tokens.themes.iter().map(|theme| {
        (theme.id.clone(), group(theme.roles.iter().map(|(role, rgb)| (role.clone(), *rgb)).collect()))
    });
    let root = object([
        ("brand", group(brand)),
        ("scale", members(scales)),
        ("theme", members(themes)),
        ("logo", group(logo)),
    ]);
    Ok(vec![File::text("tokens/brand.flat.json", "application/json", root.write()?)])
}

fn token(rgb: Rgb) -> Json {
    object([("$type", text("color")), ("$value", text(rgb))])
}
