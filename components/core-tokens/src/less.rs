//! Less variables; themes, logo and sizes are maps that are read as `@theme-dark[text]`.

use crate::names::{head, quoted};
use crate::{File, Tokens};
use core_brand::Fault;
use std::fmt::Write;

pub(crate) fn files(tokens: &Tokens) -> Result<Vec<File>, Fault> {
    let mut less = format!("/* {} */\n\n", head(tokens.name));
    // Writing to a String cannot fail, here and below.
    for (id, _, rgb) in &tokens.brand {
        let _ = writeln!(less, "@brand-{id}: {rgb};");
    }
    for scale in tokens.scales {
        for step in &scale.steps {
            let _ = writeln!(less, "@scale-{}-{}: {};", scale.id, step.step, step.rgb);
        }
    }
    for theme in tokens.themes {
        let roles = theme.roles.iter().map(|(role, rgb)| (role.as_str(), rgb.to_string()));
        map(&format!("theme-{}", theme.id), roles, &mut less);
    }
    map("logo", tokens.logo.iter().map(|(part, rgb)| (*part, rgb.to_string())), &mut less);
    fonts(tokens, &mut less);
    for size in &tokens.sizes {
        let values = [
            ("size", format!("{}rem", size.rem)),
            ("line-height", size.line_height.to_string()),
            ("tracking", format!("{}em", size.tracking)),
            ("font", format!("@font-{}", size.font)),
        ];
        map(&format!("text-{}", size.role), values.into_iter(), &mut less);
    }
    Ok(vec![File::text("tokens/brand.less", "text/x-less", less)])
}

fn fonts(tokens: &Tokens, less: &mut String) {
    less.push('\n');
    for (id, font) in &tokens.fonts {
        let _ = writeln!(less, "@font-{id}: {}, {};", quoted(font.family), font.fallback);
        let _ = writeln!(less, "@font-{id}-weight: {};\n@font-{id}-style: {};", font.weight, font.style());
    }
}

fn map<'a>(name: &str, entries: impl Iterator<Item = (&'a str, String)>, less: &mut String) {
    let _ = writeln!(less, "\n@{name}: {{");
    for (key, value) in entries {
        let _ = writeln!(less, "  {key}: {value};");
    }
    less.push_str("}\n");
}
