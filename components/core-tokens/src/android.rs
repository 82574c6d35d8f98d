//! Android resources: colours by day and by night, families and sizes.

use crate::names::{head, snake};
use crate::{File, Tokens};
use core_brand::design::Theme;
use core_brand::{Fault, Rgb};
use std::fmt::Write;

pub(crate) fn files(tokens: &Tokens) -> Result<Vec<File>, Fault> {
    let mut day = String::new();
    for (id, _, rgb) in &tokens.brand {
        color(&snake(&["brand", id]), *rgb, &mut day);
    }
    for scale in tokens.scales {
        for step in &scale.steps {
            color(&snake(&["scale", &scale.id, &step.step.to_string()]), step.rgb, &mut day);
        }
    }
    for (part, rgb) in &tokens.logo {
        color(&snake(&["logo", part]), *rgb, &mut day);
    }
    let mut night = String::new();
    for (theme, prefix, out) in
        [("light", "role", true), ("dark", "role", false), ("high-contrast", "contrast", true)]
    {
        if let Some(theme) = tokens.theme(theme) {
            roles(theme, prefix, if out { &mut day } else { &mut night });
        }
    }
    let mut kinds = String::new();
    // Writing to a String cannot fail, here and below.
    for (id, font) in &tokens.fonts {
        let _ =
            writeln!(kinds, "    <string name=\"{}\">{}</string>", snake(&["font", id]), plain(font.family));
    }
    for size in &tokens.sizes {
        let _ = writeln!(kinds, "    <dimen name=\"{}\">{}sp</dimen>", snake(&["size", size.role]), size.px);
    }
    let file = |path: &str, body: &str| {
        let head = plain(&head(tokens.name)).replace("--", "- -");
        let xml = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- {head} -->\n<resources>\n{body}</resources>\n"
        );
        File::text(path, "application/xml", xml)
    };
    Ok(vec![
        file("tokens/android/values/brand_colors.xml", &day),
        file("tokens/android/values-night/brand_colors.xml", &night),
        file("tokens/android/values/brand_type.xml", &kinds),
    ])
}

fn roles(theme: &Theme, prefix: &str, out: &mut String) {
    for (role, rgb) in &theme.roles {
        color(&snake(&[prefix, role]), *rgb, out);
    }
}

fn color(name: &str, rgb: Rgb, out: &mut String) {
    let _ = writeln!(out, "    <color name=\"{name}\">{rgb}</color>");
}

/// Text that may stand between tags and in comments.
fn plain(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\'', "\\'")
}
