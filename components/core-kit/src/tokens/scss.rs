//! Sass variables and maps.

use super::css::comment;
use super::list::List;
use core_brand::VERSION;
use std::fmt::Write;

pub(crate) fn write(name: &str, list: &List) -> String {
    let mut scss = format!("/* {}: brand tokens, made by Imprint {VERSION} */\n\n", comment(name));
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
        let style = if font.italic { "italic" } else { "normal" };
        let _ = writeln!(scss, "$font-{id}: \"{}\", {};", font.family, font.fallback);
        let _ = writeln!(scss, "$font-{id}-weight: {};\n$font-{id}-style: {style};", font.weight);
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
