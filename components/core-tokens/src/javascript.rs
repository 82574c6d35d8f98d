//! A module for JavaScript, and its types.

use crate::json::{Json, members, object, text};
use crate::names::head;
use crate::{File, Tokens};
use core_brand::Fault;

pub(crate) fn files(tokens: &Tokens) -> Result<Vec<File>, Fault> {
    let (head, tree) = (head(tokens.name), tree(tokens));
    let module = format!(
        "/* {head} */\nexport const tokens = {};\n\nexport default tokens;\n",
        tree.write()?.trim_end()
    );
    let mut types = format!("/* {head} */\nexport declare const tokens: ");
    declare(&tree, 0, &mut types);
    types.push_str(";\n\nexport default tokens;\n");
    Ok(vec![
        File::text("tokens/brand.mjs", "text/javascript", module),
        File::text("tokens/brand.d.mts", "text/x-typescript", types),
    ])
}

fn tree(tokens: &Tokens) -> Json {
    let brand = tokens.brand.iter().map(|(id, _, rgb)| ((*id).to_owned(), text(rgb)));
    let scales = tokens.scales.iter().map(|scale| {
        (scale.id.clone(), members(scale.steps.iter().map(|step| (step.step.to_string(), text(step.rgb)))))
    });
    let themes = tokens.themes.iter().map(|theme| {
        (theme.id.clone(), members(theme.roles.iter().map(|(role, rgb)| (role.clone(), text(rgb)))))
    });
    let fonts = tokens.fonts.iter().map(|(id, font)| {
        let font = object([
            ("family", text(font.family)),
            ("fallback", text(font.fallback)),
            ("weight", Json::Whole(u64::from(font.weight))),
            ("style", text(font.style())),
        ]);
        ((*id).to_owned(), font)
    });
    let sizes = tokens.sizes.iter().map(|size| {
        let set = object([
            ("rem", Json::Number(size.rem)),
            ("lineHeight", Json::Number(size.line_height)),
            ("tracking", Json::Number(size.tracking)),
            ("font", text(size.font)),
        ]);
        (size.role.to_owned(), set)
    });
    object([
        ("brand", members(brand)),
        ("scale", members(scales)),
        ("theme", members(themes)),
        ("logo", members(tokens.logo.iter().map(|(part, rgb)| ((*part).to_owned(), text(rgb))))),
        ("font", members(fonts)),
        ("size", members(sizes)),
    ])
}

/// The type of a value; names are strings, so that every one is a valid member.
fn declare(value: &Json, depth: usize, types: &mut String) {
    match value {
        Json::Object(entries) => {
            types.push_str("{\n");
            for (name, entry) in entries {
                types.push_str(&"  ".repeat(depth + 1));
                types.push_str(&format!("readonly \"{name}\": "));
                declare(entry, depth + 1, types);
                types.push_str(";\n");
            }
            types.push_str(&"  ".repeat(depth));
            types.push('}');
        }
        Json::Number(_) | Json::Whole(_) => types.push_str("number"),
        Json::Text(_) => types.push_str("string"),
        Json::Bool(_) => types.push_str("boolean"),
        Json::List(_) => types.push_str("readonly string[]"),
    }
}
