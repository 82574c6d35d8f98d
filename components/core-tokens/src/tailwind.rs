//! Tailwind: a theme for version 4, a preset for version 3.

use crate::json::{Json, members, object, text};
use crate::names::{head, quoted};
use crate::{File, Tokens};
use core_brand::Fault;
use core_brand::design::Theme;
use std::fmt::Write;

/// Version 4 reads CSS: values in `@theme`, roles through properties so that a theme can change under them.
pub(crate) fn theme(tokens: &Tokens) -> Result<Vec<File>, Fault> {
    let mut css = format!("/* {} */\n\n@theme {{\n", head(tokens.name));
    // Writing to a String cannot fail, here and below.
    for (id, _, rgb) in &tokens.brand {
        let _ = writeln!(css, "  --color-brand-{id}: {rgb};");
    }
    for scale in tokens.scales {
        for step in &scale.steps {
            let _ = writeln!(css, "  --color-{}-{}: {};", scale.id, step.step, step.rgb);
        }
    }
    for (part, rgb) in &tokens.logo {
        let _ = writeln!(css, "  --color-logo-{part}: {rgb};");
    }
    for (id, font) in &tokens.fonts {
        let _ = writeln!(css, "  --font-{id}: {}, {};", quoted(font.family), font.fallback);
    }
    for size in &tokens.sizes {
        let role = size.role;
        let _ = writeln!(css, "  --text-{role}: {}rem;", size.rem);
        let _ = writeln!(css, "  --text-{role}--line-height: {};", size.line_height);
        let _ = writeln!(css, "  --text-{role}--letter-spacing: {}em;", size.tracking);
    }
    css.push_str("}\n\n@theme inline {\n");
    for role in tokens.roles() {
        let _ = writeln!(css, "  --color-{role}: var(--role-{role});");
    }
    css.push_str("}\n");
    let themes = [
        ("light", ":root,\n[data-theme=\"light\"]"),
        ("dark", "[data-theme=\"dark\"]"),
        ("high-contrast", "[data-theme=\"high-contrast\"]"),
    ];
    for (id, selector) in themes {
        if let Some(theme) = tokens.theme(id) {
            block(selector, theme, &mut css);
        }
    }
    Ok(vec![File::text("tokens/tailwind.css", "text/css", css)])
}

fn block(selector: &str, theme: &Theme, css: &mut String) {
    let _ = writeln!(css, "\n{selector} {{");
    for (role, rgb) in &theme.roles {
        let _ = writeln!(css, "  --role-{role}: {rgb};");
    }
    css.push_str("}\n");
}

/// Version 3 reads a module; its roles are the custom properties of `brand.css`.
pub(crate) fn preset(tokens: &Tokens) -> Result<Vec<File>, Fault> {
    let own = tokens.brand.iter().map(|(id, _, rgb)| ((*id).to_owned(), text(rgb)));
    let logo = tokens.logo.iter().map(|(part, rgb)| ((*part).to_owned(), text(rgb)));
    let groups = [("brand".to_owned(), members(own)), ("logo".to_owned(), members(logo))];
    let scales = tokens.scales.iter().map(|scale| {
        // A scale and a role may share a name: the role is the scale's default.
        let role = tokens.roles().contains(&scale.id.as_str());
        let default = role.then(|| ("DEFAULT".to_owned(), variable(&scale.id)));
        let steps = scale.steps.iter().map(|step| (step.step.to_string(), text(step.rgb)));
        (scale.id.clone(), members(default.into_iter().chain(steps)))
    });
    let is_scale = |role: &str| tokens.scales.iter().any(|scale| scale.id == role);
    let roles = tokens.roles().into_iter().filter(|role| !is_scale(role));
    let roles = roles.map(|role| (role.to_owned(), variable(role)));
    let families = tokens.fonts.iter().map(|(id, font)| {
        ((*id).to_owned(), Json::List(vec![text(quoted(font.family)), text(font.fallback)]))
    });
    let extend = object([
        ("colors", members(groups.into_iter().chain(scales).chain(roles))),
        ("fontFamily", members(families)),
        ("fontSize", sizes(tokens)),
    ]);
    let preset = object([("theme", object([("extend", extend)]))]).write()?;
    let module = format!("/* {} */\nmodule.exports = {};\n", head(tokens.name), preset.trim_end());
    Ok(vec![File::text("tokens/tailwind.preset.cjs", "text/javascript", module)])
}

fn sizes(tokens: &Tokens) -> Json {
    members(tokens.sizes.iter().map(|size| {
        let set = object([
            ("lineHeight", text(size.line_height)),
            ("letterSpacing", text(format!("{}em", size.tracking))),
        ]);
        (size.role.to_owned(), Json::List(vec![text(format!("{}rem", size.rem)), set]))
    }))
}

fn variable(role: &str) -> Json {
    text(format!("var(--color-{role})"))
}
