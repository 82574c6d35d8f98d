//! Another name changes every mark, another colour the palette, another industry the design and the reasons, another
//! seed the set.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::kit::BrandFile;
use core_order::Request;
use imprint_embedded::Kit;
use imprint_harness::{Site, request, text};
use std::collections::BTreeSet;

fn brand(kit: &Kit) -> BrandFile {
    serde_json::from_str(text(kit, BrandFile::PATH)).unwrap()
}

/// The outlines of the marks, apart from colour and words.
fn marks(kit: &Kit) -> BTreeSet<String> {
    let files = kit.files.iter().filter(|file| file.path.ends_with("/mark-black.svg"));
    let outlines = files.map(|file| {
        let svg = std::str::from_utf8(&file.bytes).unwrap();
        svg.split(" d=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect::<String>()
    });
    outlines.collect()
}

async fn make(site: &Site, request: &Request) -> Kit {
    site.make(request).await.unwrap_or_else(|fault| panic!("{request:?}: {fault}"))
}

/// The seed is fixed, so that a difference comes from the field alone.
fn base() -> Request {
    let mut base = request("Northwind Coffee", "coffee");
    base.brief.complexity = Some("simple".into());
    Request { seed: Some("7".into()), ..base }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_name_changes_every_mark() {
    let site = Site::embedded();
    let one = marks(&make(&site, &base()).await);
    for name in ["Southwind Coffee", "Northwind Cofee", "Nordwind", "N", "قهوة الشمال", "Заря"]
    {
        let mut other = base();
        other.brief.company_name = name.into();
        let other = marks(&make(&site, &other).await);
        assert!(one.is_disjoint(&other), "{name} shares a mark with Northwind Coffee");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_color_changes_the_palette_and_keeps_the_color() {
    let site = Site::embedded();
    let before = brand(&make(&site, &base()).await).design.0.palette;
    for color in ["#2563eb", "#ffd400", "#000000", "#ffffff", "#808080"] {
        let mut other = base();
        other.brief.primary_color = Some(color.into());
        let after = brand(&make(&site, &other).await).design.0.palette;
        assert_eq!(after.swatch("primary").unwrap().rgb.to_string(), color);
        assert_ne!(before.themes, after.themes, "{color}");
        assert_ne!(before.scales, after.scales, "{color}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_industry_changes_design_and_reasons() {
    let site = Site::embedded();
    let before = brand(&make(&site, &base()).await).design.0;
    for industry in ["law", "technology", "health"] {
        let mut other = base();
        other.brief.industry = industry.into();
        let after = brand(&make(&site, &other).await).design.0;
        assert_ne!(before.palette, after.palette, "{industry}");
        assert_ne!(before.guidance, after.guidance, "{industry}");
        let texts: BTreeSet<_> = before.reasons.iter().map(|reason| &reason.text).collect();
        let shared = after.reasons.iter().filter(|reason| texts.contains(&reason.text)).count();
        assert!(shared * 2 <= after.reasons.len(), "{industry} shares {shared} reasons");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_seed_changes_the_set() {
    let site = Site::embedded();
    let one = make(&site, &base()).await;
    let other = make(&site, &Request { seed: Some("8".into()), ..base() }).await;
    assert_ne!(marks(&one), marks(&other));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_language_changes_the_words_and_not_the_marks() {
    let site = Site::embedded();
    let english = make(&site, &base()).await;
    let mut german = base();
    german.brief.language = Some("de".into());
    let german = make(&site, &german).await;
    assert_eq!(marks(&english), marks(&german));
    assert_ne!(brand(&english).design.0.reasons[0].text, brand(&german).design.0.reasons[0].text);
}
