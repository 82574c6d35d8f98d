//! Icons of apps: iOS in its three looks, Android in its layers, the picture for the store.

use crate::canvas::{Canvas, ink, reach_from};
use crate::draw::pixels;
use crate::web::Brand;
use core_brand::check::{Comparison, Severity};
use core_brand::{Check, Document, Drawing, Fault, FillRole, Rgb, Studio, Task};
use core_vector::{Colorway, path, transform};
use kurbo::{Point, Rect};
use serde::Serialize;
use std::fmt::Write;

pub(crate) const TASK: &str = "app";

/// The one size that Xcode asks for.
const IOS_PX: u32 = 1024;
/// Systems cut the corners off; a mark of this share of the side keeps away from them.
const IOS_ROOM: f64 = 0.58;
/// The dark look of the system, and the ground that its tint is laid over.
const IOS_DARK: Rgb = Rgb::new(0x1c, 0x1c, 0x1e);
/// What the store asks for.
const PLAY_PX: u32 = 512;
/// A layer of an adaptive icon, and the circle that every launcher shows, in dp.
const LAYER_DP: f64 = 108.0;
const SAFE_DP: f64 = 66.0;
/// The mark's box: launchers show 66 dp, and a mark at its edge looks cut.
const MARK_DP: f64 = 52.0;
/// Pictures for launchers of before adaptive icons, by density.
const LEGACY_PX: &[(&str, u32)] =
    &[("mdpi", 48), ("hdpi", 72), ("xhdpi", 96), ("xxhdpi", 144), ("xxxhdpi", 192)];
const LEGACY_CORNER: f64 = 0.2;

pub(crate) fn build(task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
    let brand = Brand::read(task, studio)?;
    let mut documents = ios(&brand)?;
    documents.extend(android(&brand)?);
    let play = brand.square(brand.primary, 0.0, IOS_ROOM, |_| brand.colors.on_primary);
    documents.push(picture("app/google-play-512.png", &play, PLAY_PX)?);
    documents.push(Document::working("checks-app.json", &checks(&brand, &documents))?);
    Ok(documents)
}

fn ios(brand: &Brand) -> Result<Vec<Document>, Fault> {
    let colors = &brand.colors;
    let grey = |role: FillRole| match role {
        FillRole::Accent => Rgb::new(0xb4, 0xb4, 0xb4),
        FillRole::Mark | FillRole::Ink => Rgb::WHITE,
    };
    let looks = [
        ("light", brand.square(brand.primary, 0.0, IOS_ROOM, |_| colors.on_primary)),
        ("dark", brand.square(IOS_DARK, 0.0, IOS_ROOM, |role| Colorway::Reversed.color(role, colors))),
        ("tinted", brand.square(Rgb::BLACK, 0.0, IOS_ROOM, grey)),
    ];
    let folder = "app/ios/AppIcon.appiconset";
    let (mut documents, mut images) = (Vec::new(), Vec::new());
    for (look, svg) in &looks {
        let filename = format!("icon-{look}.png");
        documents.push(picture(&format!("{folder}/{filename}"), svg, IOS_PX)?);
        let wanted = Appearance { appearance: "luminosity", value: look };
        let appearances = if *look == "light" { Vec::new() } else { vec![wanted] };
        images.push(Image { filename, idiom: "universal", platform: "ios", size: "1024x1024", appearances });
    }
    let contents = Contents { images, info: Info { author: "imprint", version: 1 } };
    documents.push(Document::json_file(&format!("{folder}/Contents.json"), &contents)?);
    Ok(documents)
}

/// What Xcode reads of an icon; field order is what a reader sees.
#[derive(Serialize)]
struct Contents<'a> {
    images: Vec<Image<'a>>,
    info: Info,
}

/// How near chords follow curves where reach is measured, in parts of dp.
const FLAT: f64 = 0.1;

#[derive(Serialize)]
struct Image<'a> {
    filename: String,
    idiom: &'static str,
    platform: &'static str,
    size: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    appearances: Vec<Appearance<'a>>,
}

#[derive(Serialize)]
struct Appearance<'a> {
    appearance: &'static str,
    value: &'a str,
}

#[derive(Serialize)]
struct Info {
    author: &'static str,
    version: u32,
}

fn android(brand: &Brand) -> Result<Vec<Document>, Fault> {
    let on_primary = brand.colors.on_primary;
    let folder = "app/android/res";
    let xml = |path: &str, body: String| {
        let text = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{body}");
        Document::file(format!("{folder}/{path}"), "application/xml", text.into_bytes())
    };
    let layers = "<adaptive-icon xmlns:android=\"http://schemas.android.com/apk/res/android\">\n    \
        <background android:drawable=\"@color/ic_launcher_background\"/>\n    \
        <foreground android:drawable=\"@drawable/ic_launcher_foreground\"/>\n    \
        <monochrome android:drawable=\"@drawable/ic_launcher_monochrome\"/>\n</adaptive-icon>\n";
    let ground = format!(
        "<resources>\n    <color name=\"ic_launcher_background\">{}</color>\n</resources>\n",
        brand.primary
    );
    let mut documents = vec![
        xml("mipmap-anydpi-v26/ic_launcher.xml", layers.to_owned()),
        xml("mipmap-anydpi-v26/ic_launcher_round.xml", layers.to_owned()),
        xml("values/ic_launcher_background.xml", ground),
        xml("drawable/ic_launcher_foreground.xml", vector(&brand.concept.mark, on_primary)),
        xml("drawable/ic_launcher_monochrome.xml", vector(&brand.concept.mark, Rgb::WHITE)),
    ];
    let legacy = brand.square(brand.primary, LEGACY_CORNER, IOS_ROOM, |_| on_primary);
    for (density, px) in LEGACY_PX {
        documents.push(picture(&format!("{folder}/mipmap-{density}/ic_launcher.png"), &legacy, *px)?);
    }
    Ok(documents)
}

/// A layer as a vector drawable, the mark in its middle.
fn vector(mark: &Drawing, color: Rgb) -> String {
    let place = on_layer(mark);
    let mut xml = format!(
        "<vector xmlns:android=\"http://schemas.android.com/apk/res/android\"\n    android:width=\"{LAYER_DP}dp\"\n    \
         android:height=\"{LAYER_DP}dp\"\n    android:viewportWidth=\"{LAYER_DP}\"\n    android:viewportHeight=\"{LAYER_DP}\">\n"
    );
    for outline in mark.shapes.iter().filter_map(|shape| path::parse(&shape.path).ok()) {
        let d = path::write(&(place * outline));
        // Writing to a String cannot fail.
        let _ = writeln!(xml, "    <path android:fillColor=\"{color}\" android:pathData=\"{d}\"/>");
    }
    xml.push_str("</vector>\n");
    xml
}

/// Into its box, and nowhere beyond the circle that stays.
fn on_layer(mark: &Drawing) -> kurbo::Affine {
    let middle = Point::new(LAYER_DP / 2.0, LAYER_DP / 2.0);
    let place = transform::fit(ink(mark), Rect::from_center_size(middle, (MARK_DP, MARK_DP)));
    let shrink = (SAFE_DP / 2.0 / reach_from(mark, place, middle, FLAT).max(1e-9)).min(1.0);
    transform::scale(shrink, middle) * place
}

fn checks(brand: &Brand, documents: &[Document]) -> Vec<Check> {
    let mark = &brand.concept.mark;
    let middle = Point::new(LAYER_DP / 2.0, LAYER_DP / 2.0);
    // Coordinates of the layer are written in hundredths.
    let reach = (2.0 * reach_from(mark, on_layer(mark), middle, FLAT) * 100.0).floor() / 100.0;
    let opaque =
        documents.iter().filter(|file| file.name.starts_with("app/ios/") && file.pixels.is_some()).count();
    vec![
        Check::new(
            "assets.app.android.reach",
            Severity::Gate,
            reach,
            Comparison::AtMost,
            SAFE_DP,
            "dp",
            "The mark of the adaptive icon lies inside the circle that every launcher shows.",
        ),
        Check::new(
            "assets.app.ios.looks",
            Severity::Gate,
            opaque as f64,
            Comparison::Equal,
            3.0,
            "pictures",
            "The iOS icon has a light, a dark and a tinted picture.",
        ),
    ]
}

fn picture(path: &str, svg: &str, px: u32) -> Result<Document, Fault> {
    let png = pixels(svg, px)?.png()?;
    Ok(Document::file(path, "image/png", png.bytes).with_pixels(png.width, png.height))
}

impl Brand {
    /// The mark in the middle of a filled square.
    fn square(&self, ground: Rgb, corner: f64, room: f64, color: impl Fn(FillRole) -> Rgb) -> String {
        let side = f64::from(IOS_PX);
        let canvas = Canvas::square(side).on(ground, side * corner);
        canvas.with(&self.concept.mark, side * room, side * room).svg(color)
    }
}
