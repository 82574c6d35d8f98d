//! Sass variables and maps.

use crate::names::head;
use crate::{File, Tokens};
use core_brand::Fault;
use std::fmt::Write;

pub(crate) fn files(tokens: &Tokens) -> Result<Vec<File>, Fault> {
    Ok(vec![File::text("tokens/brand.scss", "text/x-scss", write(tokens))])
}

fn write(list: &Tokens) -> String {
    let mut scss = format!("/* {} */\n\n", head(list.name));
    // Writing to a String cannot fail, here and below.
    for (id, _, rgb) in &list.brand {
        let _ = writeln!(scss, "$brand-{id}: {rgb};");
    }
    for scale in list.scales {
        let steps = scale.steps.iter().map(|step| (step.step.to_string(), step.rgb.to_string()));
        map(&format!("scale-{}", scale.id), steps, &mut scss);
    }
    for theme in list.themes {
        let roles = theme.roles.iter().map(|(role, rgb)| (format!("\"{role}\""), rgb.to_string()));
        map(&format!("theme-{}", theme.id), roles, &mut scss);
    }
    map("logo", list.logo.iter().map(|(part, rgb)| (format!("\"{part}\""), rgb.to_string())), &mut scss);
    scss.push('\n');
    for (id, font) in &list.fonts {
        let _ = writeln!(scss, "$font-{id}: \"{}\", {};", font.family, font.fallback);
        let _ = writeln!(scss, "$font-{id}-weight: {};\n$font-{id}-style: {};", font.weight, font.style());
    }
    let sizes = list.sizes.iter().map(|size| {
        let font = format!("$font-{}", size.font);
        let value = format!(
            "(size: {}rem, line-height: {}, tracking: {}em, font: ({font}))",
            size.rem, size.line_height, size.tracking
        );
        (format!("\"{}\"", size.role), value)
    });
    map("text", sizes, &mut scss);
    scss
}

fn map(name: &str, entries: impl Iterator<Item = (String, String)>, scss: &mut String) {
    let _ = writeln!(scss, "\n${name}: (");
    for (key, value) in entries {
        let _ = writeln!(scss, "  {key}: {value},");
    }
    scss.push_str(");\n");
}
