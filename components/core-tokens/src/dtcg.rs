//! The Design Tokens format, version 2025.10.

use crate::json::{Json, members, object, text};
use crate::tokens::{Size, thousandths};
use crate::{File, Tokens};
use core_brand::design::Theme;
use core_brand::{Fault, Rgb, VERSION};

const SCHEMA: &str = "https://www.designtokens.org/schemas/2025.10/format.json";
const RESOLVER_SCHEMA: &str = "https://www.designtokens.org/schemas/2025.10/resolver.json";
/// The MIME type that the format's specification gives.
const MEDIA: &str = "application/design-tokens+json";
/// The version that a resolver document must name.
const RESOLVER_VERSION: &str = "2025.10";

/// Everything in one file, each theme a group.
pub(crate) fn files(tokens: &Tokens) -> Result<Vec<File>, Fault> {
    let root = object([
        ("$schema", text(SCHEMA)),
        ("$description", text(about(tokens))),
        ("color", colors(tokens, tokens.themes)),
        ("font", fonts(tokens)),
        ("typography", typography(tokens)),
    ]);
    Ok(vec![File::text("tokens/brand.tokens.json", MEDIA, root.write()?)])
}

/// The same by parts: what all themes share, a file for each theme with the same names in it, and the document that
/// says how they become one.
pub(crate) fn resolver_files(tokens: &Tokens) -> Result<Vec<File>, Fault> {
    let shared = object([
        ("$schema", text(SCHEMA)),
        ("$description", text(about(tokens))),
        ("color", colors(tokens, &[])),
        ("font", fonts(tokens)),
        ("typography", typography(tokens)),
    ]);
    let mut files = vec![File::text("tokens/sets/base.tokens.json", MEDIA, shared.write()?)];
    for theme in tokens.themes {
        let roles = object([("$type", text("color")), ("role", roles(theme))]);
        let root = object([("$schema", text(SCHEMA)), ("color", roles)]);
        files.push(File::text(&format!("tokens/sets/{}.tokens.json", theme.id), MEDIA, root.write()?));
    }
    files.push(File::text("tokens/brand.resolver.json", "application/json", resolver(tokens).write()?));
    Ok(files)
}

fn resolver(tokens: &Tokens) -> Json {
    let source = |id: &str| Json::List(vec![object([("$ref", text(format!("sets/{id}.tokens.json")))])]);
    let contexts = tokens.themes.iter().map(|theme| (theme.id.clone(), source(&theme.id)));
    let theme = object([
        ("description", text("The ground that the brand stands on.")),
        ("contexts", members(contexts)),
        ("default", text("light")),
    ]);
    let order = ["#/sets/base", "#/modifiers/theme"].map(|part| object([("$ref", text(part))]));
    object([
        ("$schema", text(RESOLVER_SCHEMA)),
        ("name", text(tokens.name)),
        ("version", text(RESOLVER_VERSION)),
        ("sets", object([("base", object([("sources", source("base"))]))])),
        ("modifiers", object([("theme", theme)])),
        ("resolutionOrder", Json::List(order.into())),
    ])
}

fn about(tokens: &Tokens) -> String {
    format!("{}: brand tokens, Design Tokens Format 2025.10, made by Imprint {VERSION}", tokens.name)
}

fn roles(theme: &Theme) -> Json {
    members(theme.roles.iter().map(|(role, rgb)| (role.clone(), value(color(*rgb)))))
}

fn colors(list: &Tokens, themes: &[Theme]) -> Json {
    let described = |(id, name, rgb): &(&str, &str, Rgb)| {
        ((*id).to_owned(), object([("$value", color(*rgb)), ("$description", text(name))]))
    };
    let scales = list.scales.iter().map(|scale| {
        let steps = scale.steps.iter().map(|step| (step.step.to_string(), value(color(step.rgb))));
        (scale.id.clone(), Json::Object(steps.collect()))
    });
    let mut groups = vec![
        ("$type".to_owned(), text("color")),
        ("brand".to_owned(), Json::Object(list.brand.iter().map(described).collect())),
        ("scale".to_owned(), Json::Object(scales.collect())),
    ];
    let wide = list.wide.iter().map(|(id, name, p3, rgb)| {
        ((*id).to_owned(), object([("$value", wide_color(*p3, *rgb)), ("$description", text(name))]))
    });
    if !list.wide.is_empty() {
        groups.push(("brand-p3".to_owned(), Json::Object(wide.collect())));
    }
    groups.extend(themes.iter().map(|theme| (theme.id.clone(), roles(theme))));
    let logo = list.logo.iter().map(|(part, rgb)| ((*part).to_owned(), value(color(*rgb))));
    groups.push(("logo".to_owned(), Json::Object(logo.collect())));
    Json::Object(groups)
}

fn fonts(list: &Tokens) -> Json {
    let families = list.fonts.iter().map(|(id, font)| {
        ((*id).to_owned(), value(Json::List(vec![text(font.family), text(font.fallback)])))
    });
    let weights =
        list.fonts.iter().map(|(id, font)| ((*id).to_owned(), value(Json::Whole(u64::from(font.weight)))));
    let sizes = list.sizes.iter().map(|size| (size.role.to_owned(), value(dimension(size.rem, "rem"))));
    let heights = list.sizes.iter().map(|size| (size.role.to_owned(), value(Json::Number(size.line_height))));
    let tracking = list.sizes.iter().map(|size| (size.role.to_owned(), value(spacing(size))));
    object([
        ("family", typed("fontFamily", families)),
        ("weight", typed("fontWeight", weights)),
        ("size", typed("dimension", sizes)),
        ("line-height", typed("number", heights)),
        ("tracking", typed("dimension", tracking)),
    ])
}

fn typography(list: &Tokens) -> Json {
    let composite = |size: &Size| {
        let alias = |group: &str, id: &str| text(format!("{{font.{group}.{id}}}"));
        let parts = object([
            ("fontFamily", alias("family", size.font)),
            ("fontSize", alias("size", size.role)),
            ("fontWeight", alias("weight", size.font)),
            ("letterSpacing", alias("tracking", size.role)),
            ("lineHeight", alias("line-height", size.role)),
        ]);
        (size.role.to_owned(), value(parts))
    };
    typed("typography", list.sizes.iter().map(composite))
}

/// A colour is an object; a hex string alone is not a valid value.
fn color(rgb: Rgb) -> Json {
    // Four decimals are finer than the 255 steps of a channel.
    let channel = |byte: u8| Json::Number((f64::from(byte) / 255.0 * 10_000.0).round() / 10_000.0);
    object([
        ("colorSpace", text("srgb")),
        ("components", Json::List(vec![channel(rgb.r), channel(rgb.g), channel(rgb.b)])),
        ("hex", text(rgb)),
    ])
}

/// The hex is what sRGB shows instead.
fn wide_color(p3: [f64; 3], rgb: Rgb) -> Json {
    object([
        ("colorSpace", text("display-p3")),
        ("components", Json::List(p3.map(Json::Number).into())),
        ("hex", text(rgb)),
    ])
}

/// The format knows px and rem, so the em of the design become pixels of their size.
fn spacing(size: &Size) -> Json {
    dimension(thousandths(size.tracking * size.px), "px")
}

fn dimension(number: f64, unit: &str) -> Json {
    object([("value", Json::Number(number)), ("unit", text(unit))])
}

fn typed(kind: &str, tokens: impl Iterator<Item = (String, Json)>) -> Json {
    Json::Object([("$type".to_owned(), text(kind))].into_iter().chain(tokens).collect())
}

fn value(json: Json) -> Json {
    object([("$value", json)])
}
