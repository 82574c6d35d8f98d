//! Custom properties: the light theme by default, the others where the reader or the page asks for them, and
//! richer colours where the screen has them.

use crate::names::head;
use crate::{File, Tokens};
use core_brand::Fault;
use core_brand::design::Theme;
use std::fmt::Write;

pub(crate) fn files(tokens: &Tokens) -> Result<Vec<File>, Fault> {
    Ok(vec![File::text("tokens/brand.css", "text/css", write(tokens))])
}

fn write(list: &Tokens) -> String {
    let mut css = format!("/* {} */\n\n:root {{\n", head(list.name));
    // Writing to a String cannot fail, here and below.
    for (id, _, rgb) in &list.brand {
        let _ = writeln!(css, "  --brand-{id}: {rgb};");
    }
    for scale in list.scales {
        for step in &scale.steps {
            let _ = writeln!(css, "  --scale-{}-{}: {};", scale.id, step.step, step.rgb);
        }
    }
    for (part, rgb) in &list.logo {
        let _ = writeln!(css, "  --logo-{part}: {rgb};");
    }
    type_properties(list, &mut css);
    css.push_str("}\n");
    if let Some(theme) = list.theme("light") {
        block("", ":root,\n[data-theme=\"light\"]", theme, &mut css);
    }
    if let Some(theme) = list.theme("dark") {
        css.push_str("\n@media (prefers-color-scheme: dark) {");
        block("  ", ":root:not([data-theme=\"light\"])", theme, &mut css);
        css.push_str("}\n");
        block("", "[data-theme=\"dark\"]", theme, &mut css);
    }
    if let Some(theme) = list.theme("high-contrast") {
        // After the dark one, so that it wins where the reader wants both; a theme that the page asks for stays.
        css.push_str("\n@media (prefers-contrast: more) {");
        block("  ", ":root:not([data-theme])", theme, &mut css);
        css.push_str("}\n");
        block("", "[data-theme=\"high-contrast\"]", theme, &mut css);
    }
    wide(list, &mut css);
    css
}

fn wide(list: &Tokens, css: &mut String) {
    if list.wide.is_empty() {
        return;
    }
    css.push_str("\n@media (color-gamut: p3) {\n  :root {\n");
    for (id, _, [r, g, b], _) in &list.wide {
        let _ = writeln!(css, "    --brand-{id}: color(display-p3 {r} {g} {b});");
    }
    css.push_str("  }\n}\n");
}

fn type_properties(list: &Tokens, css: &mut String) {
    for (id, font) in &list.fonts {
        let _ = writeln!(css, "  --font-{id}: \"{}\", {};", font.family, font.fallback);
        let _ =
            writeln!(css, "  --font-{id}-weight: {};\n  --font-{id}-style: {};", font.weight, font.style());
    }
    for size in &list.sizes {
        let role = size.role;
        let _ = writeln!(css, "  --text-{role}-size: {}rem;", size.rem);
        let _ = writeln!(css, "  --text-{role}-line-height: {};", size.line_height);
        let _ = writeln!(css, "  --text-{role}-tracking: {}em;", size.tracking);
        let _ = writeln!(css, "  --text-{role}-font: var(--font-{});", size.font);
    }
}

fn block(indent: &str, selector: &str, theme: &Theme, css: &mut String) {
    let selector = selector.replace('\n', &format!("\n{indent}"));
    let scheme = if theme.id == "dark" { "dark" } else { "light" };
    let _ = writeln!(css, "\n{indent}{selector} {{\n{indent}  color-scheme: {scheme};");
    for (role, rgb) in &theme.roles {
        let _ = writeln!(css, "{indent}  --color-{role}: {rgb};");
    }
    let _ = writeln!(css, "{indent}}}");
}
