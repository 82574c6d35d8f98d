//! The Design Tokens format, version 2025.10.

use super::list::{List, Size, thousandths};
use core_brand::{Fault, Rgb, VERSION, broken};
use serde::ser::{Serialize, SerializeMap, Serializer};

const SCHEMA: &str = "https://www.designtokens.org/schemas/2025.10/format.json";

/// JSON whose members keep the order in which they were written, whatever else is compiled in.
enum Json {
    Object(Vec<(String, Json)>),
    List(Vec<Json>),
    Text(String),
    Number(f64),
    Whole(u64),
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
            Self::List(items) => items.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Whole(number) => serializer.serialize_u64(*number),
        }
    }
}

pub(crate) fn write(name: &str, list: &List) -> Result<String, Fault> {
    let about = format!("{name}: brand tokens, Design Tokens Format 2025.10, made by Imprint {VERSION}");
    let root = object([
        ("$schema", text(SCHEMA)),
        ("$description", text(&about)),
        ("color", colors(list)),
        ("font", fonts(list)),
        ("typography", typography(list)),
    ]);
    let json = serde_json::to_string_pretty(&root).map_err(|why| broken!("tokens: {why}"))?;
    Ok(json + "\n")
}

fn colors(list: &List) -> Json {
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
    for theme in list.themes {
        let roles = theme.roles.iter().map(|(role, rgb)| (role.clone(), value(color(*rgb))));
        groups.push((theme.id.clone(), Json::Object(roles.collect())));
    }
    let logo = list.logo.iter().map(|(part, rgb)| ((*part).to_owned(), value(color(*rgb))));
    groups.push(("logo".to_owned(), Json::Object(logo.collect())));
    Json::Object(groups)
}

fn fonts(list: &List) -> Json {
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

fn typography(list: &List) -> Json {
    let composite = |size: &Size| {
        let alias = |group: &str, id: &str| text(&format!("{{font.{group}.{id}}}"));
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
        ("hex", text(&rgb.to_string())),
    ])
}

/// The hex is what sRGB shows instead.
fn wide_color(p3: [f64; 3], rgb: Rgb) -> Json {
    object([
        ("colorSpace", text("display-p3")),
        ("components", Json::List(p3.map(Json::Number).into())),
        ("hex", text(&rgb.to_string())),
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

fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}
