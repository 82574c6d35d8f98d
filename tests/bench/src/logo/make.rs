//! The concepts of a brief: made native and in wasm, timed, and measured from their files.

use super::file::{self, Picture, draw};
use super::look::{self, Silhouette};
use super::spacing;
use crate::ms;
use core_brand::brief::Order;
use core_brand::{BlobRef, Concept, Design, Document, DocumentKind, Fault, FontKey, Step, Studio, broken};
use core_logo::plan::{self, Survey};
use core_logo::{LogoStep, gate};
use imprint_artifacts::artifacts;
use imprint_embedded::{Embedded, MemoryBlobs, Settings, Val, Workshop};
use imprint_supply::{Places, Quiet};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

/// Every mark becomes one picture of this width.
const PICTURE_PX: u32 = 512;
/// Cells per pixel of sixteen that widths are measured on.
const FINE: usize = 12;
const SMALL_PX: usize = 16;
/// Room around a mark, so that what is outside is not a gap.
const RIM: usize = 2 * FINE;
/// Smaller than this share of the square is a corner of a pixel, not a part.
const SPECK: f64 = 0.0006;
/// Of the side, the largest that a small drawing is for.
const SMALL: &str = "small";

/// What was measured of one concept.
#[derive(Clone)]
pub(super) struct Mark {
    pub(super) id: String,
    pub(super) grammar: String,
    /// Of files that are not clean: which, and why.
    pub(super) unclean: Vec<String>,
    pub(super) fills: usize,
    pub(super) segments: usize,
    pub(super) bytes: usize,
    /// Thinner than one pixel and than one and a half, at a side of sixteen: ink or gap.
    pub(super) thin: [bool; 2],
    /// Parts and holes at 16 pixels and large agree: of the drawing for small sizes, and of the mark itself.
    pub(super) keeps: [bool; 2],
    pub(super) has_small: bool,
    /// Of the silhouettes of the black and the coloured file.
    pub(super) one_color: f64,
    /// Parts that only their colour tells apart.
    pub(super) parts_lost: usize,
    pub(super) imbalance: f64,
    pub(super) coverage: f64,
    pub(super) complexity: f64,
    pub(super) is_disc: bool,
    pub(super) silhouette: Silhouette,
    /// What the kit says of it.
    pub(super) said: core_brand::Silhouette,
    /// How good it is by the measures that ranked it.
    pub(super) score: f64,
}

/// What came of one brief.
#[derive(Clone)]
pub(super) struct Made {
    pub(super) order: Order,
    pub(super) design: Design,
    pub(super) marks: Vec<Mark>,
    /// How much the gaps of the wordmark vary.
    pub(super) spacing: Option<f64>,
    /// Marks that were drawn to choose from, and of those the refused ones by gate.
    pub(super) drawn: u32,
    pub(super) rejected: BTreeMap<&'static str, u32>,
}

/// How long the concepts of a brief took.
pub(super) struct Timed {
    pub(super) native_ms: f64,
    /// Time in wasm, and whether it made other bytes.
    pub(super) wasm: Option<(f64, bool)>,
}

/// The fonts of the cache, and nothing else.
pub(super) struct Fonts(BTreeMap<FontKey, PathBuf>);

impl Fonts {
    /// Without a component built: native code needs none.
    pub(super) fn open() -> Result<Self, Fault> {
        let fonts = imprint_supply::fonts(&Places::find()?, &Quiet)?;
        Ok(Self(fonts.into_iter().map(|font| (font.key, font.path)).collect()))
    }
}

impl Studio for Fonts {
    fn blob(&self, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        Err(broken!("no blob {} here", content.sha256))
    }

    fn font(&self, key: &FontKey) -> Result<Vec<u8>, Fault> {
        let path = self.0.get(key).ok_or_else(|| broken!("no font {key}"))?;
        std::fs::read(path).map_err(|why| broken!("{}: {why}", path.display()))
    }

    fn picture(&self, _svg: &str, _width: u32) -> Result<Vec<u8>, Fault> {
        Err(broken!("no pictures here"))
    }
}

pub(super) fn workshop() -> Result<Workshop<Embedded<MemoryBlobs>>, Fault> {
    let built = artifacts();
    let needed = built.components.iter().filter(|one| ["logo", "assets"].contains(&one.name.as_str()));
    let needed: Vec<_> = needed.cloned().collect();
    Workshop::open(&needed, built.fonts.clone(), &built.compiled, Settings::default(), || 0)
}

/// Makes the concepts of an order, and measures them.
pub(super) fn make(order: Order, fonts: &Fonts) -> Result<Made, Fault> {
    let design = core_design::decide(&order)?;
    let documents = concepts(&inputs(&order, &design)?, fonts)?;
    let (marks, spacing) = measured(&order, &documents)?;
    // The step says only what it chose; what it chose from is asked for once more.
    let Survey { drawn, rejected, .. } = plan::survey(&order, &design, fonts)?;
    Ok(Made { order, design, marks, spacing, drawn, rejected })
}

/// Makes the concepts of an order with nothing beside, in wasm too where a workshop is given.
pub(super) async fn timed(
    order: &Order,
    fonts: &Fonts,
    wasm: Option<&Workshop<Embedded<MemoryBlobs>>>,
) -> Result<Timed, Fault> {
    let inputs = inputs(order, &core_design::decide(order)?)?;
    let started = Instant::now();
    let documents = concepts(&inputs, fonts)?;
    for (_, svg) in marks(&documents)? {
        core_assets::png(&svg, PICTURE_PX)?;
    }
    let native_ms = ms(started.elapsed());
    let wasm = match wasm {
        Some(workshop) => Some(in_wasm(workshop, inputs, &documents).await?),
        None => None,
    };
    Ok(Timed { native_ms, wasm })
}

fn inputs(order: &Order, design: &Design) -> Result<Vec<Document>, Fault> {
    Ok(vec![Document::working(Order::DOCUMENT, order)?, Document::working(Design::DOCUMENT, design)?])
}

fn concepts(inputs: &[Document], fonts: &Fonts) -> Result<Vec<Document>, Fault> {
    let mut documents = Vec::new();
    for task in LogoStep.plan("logo", inputs, fonts)? {
        documents.extend(LogoStep.build(&task, fonts)?);
    }
    Ok(documents)
}

/// The same in the component files.
async fn in_wasm(
    workshop: &Workshop<Embedded<MemoryBlobs>>,
    inputs: Vec<Document>,
    native: &[Document],
) -> Result<(f64, bool), Fault> {
    let started = Instant::now();
    let documents = workshop.step("logo", inputs).await?;
    let mut read = Vec::new();
    for document in &documents {
        read.push(Document {
            body: core_brand::Body::Inline(workshop.read(document).await?),
            ..document.clone()
        });
    }
    for (_, svg) in marks(&read)? {
        let params = [context(), Val::String(svg), Val::U32(PICTURE_PX)];
        workshop.components().call("assets", "imprint:assets/raster@0.1.0", "render", &params)?;
    }
    let took = ms(started.elapsed());
    Ok((took, read != native))
}

fn context() -> Val {
    let text = |value: &str| Val::String(value.to_owned());
    let fields = [
        ("tenant", text("local")),
        ("traceparent", text("")),
        ("now-ms", Val::U64(0)),
        ("deadline-ms", Val::U64(0)),
        ("attempt", Val::U32(1)),
        ("idempotency-key", text("")),
        ("locale", text("en")),
    ];
    Val::Record(fields.map(|(name, value)| (name.to_owned(), value)).to_vec())
}

/// The coloured mark of every concept.
fn marks(documents: &[Document]) -> Result<Vec<(String, String)>, Fault> {
    let files = documents.iter().filter(|document| document.name.ends_with("/mark-color.svg"));
    files.map(|file| Ok((file.name.clone(), file.text(&NoWorld)?))).collect()
}

/// Everything is at hand.
struct NoWorld;

impl Studio for NoWorld {
    fn blob(&self, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        Err(broken!("no blob {} here", content.sha256))
    }

    fn font(&self, key: &FontKey) -> Result<Vec<u8>, Fault> {
        Err(broken!("no font {key}"))
    }

    fn picture(&self, _svg: &str, _width: u32) -> Result<Vec<u8>, Fault> {
        Err(broken!("no pictures here"))
    }
}

fn measured(order: &Order, documents: &[Document]) -> Result<(Vec<Mark>, Option<f64>), Fault> {
    let mut files = BTreeMap::new();
    for document in documents.iter().filter(|document| document.kind == DocumentKind::File) {
        files.insert(document.name.clone(), document.text(&NoWorld)?);
    }
    let (mut found, mut spacing) = (Vec::new(), None);
    for document in Concept::documents(documents) {
        let concept: Concept = document.json(&NoWorld)?;
        let folder = format!("logos/{}/", concept.id);
        let of = |name: &str| files.get(&format!("{folder}{name}.svg")).map(String::as_str);
        let all = files.iter().filter(|(path, _)| path.starts_with(&folder));
        let unclean = all.filter_map(|(path, text)| Some(format!("{path}: {}", file::unclean(text)?)));
        let unclean: Vec<String> = unclean.collect();
        let (Some(color), Some(black)) = (of("mark-color"), of("mark-black")) else {
            return Err(broken!("{folder} has no mark"));
        };
        let small = of(&format!("{SMALL}-color")).or(of(&format!("mark-{SMALL}-color")));
        found.push(mark(&concept, [color, black, small.unwrap_or(color)], small.is_some(), unclean)?);
        // All concepts of a brief have the same name; what one does to it is its own.
        if concept.rank == 1 {
            spacing = of("wordmark-black").and_then(|svg| spacing::variation(svg, &order.brief.company_name));
        }
    }
    Ok((found, spacing))
}

fn mark(
    concept: &Concept,
    [color, black, small]: [&str; 3],
    has_small: bool,
    unclean: Vec<String>,
) -> Result<Mark, Fault> {
    let large = draw(color, 512);
    let (ink, alpha) = (large.ink(), alpha(&large));
    let silhouettes = [color, black].map(|svg| draw(svg, 256).ink());
    let count = |both: bool| {
        let pairs = silhouettes[0].iter().zip(&silhouettes[1]);
        pairs.filter(|(a, b)| if both { **a && **b } else { **a || **b }).count() as f64
    };
    let thin = [1.0, 1.5].map(|wanted| is_thin(small, wanted));
    let said = concept.silhouette.ok_or_else(|| broken!("{} has no silhouette", concept.id))?;
    Ok(Mark {
        id: concept.id.clone(),
        grammar: concept.grammar.clone(),
        unclean,
        fills: file::fills(color).len(),
        segments: file::segments(color),
        bytes: color.len(),
        thin,
        keeps: [small, color].map(keeps),
        has_small,
        one_color: count(true) / count(false).max(1.0),
        parts_lost: colored_parts(&large).saturating_sub(parts(&draw(black, 512))),
        imbalance: look::imbalance(&alpha, large.px),
        coverage: look::coverage(&alpha),
        complexity: look::complexity(&ink, large.px),
        is_disc: look::is_disc(&draw(color, 128).ink(), 128),
        silhouette: Silhouette::of(&alpha, large.px),
        said,
        score: gate::judge(&concept.mark).map_or(0.0, |verdict| verdict.score()),
    })
}

fn alpha(picture: &Picture) -> Vec<u8> {
    picture.rgba.iter().map(|pixel| pixel[3]).collect()
}

fn speck(px: usize) -> usize {
    (SPECK * (px * px) as f64) as usize
}

/// Whether as many parts and holes are there at sixteen pixels as large.
fn keeps(svg: &str) -> bool {
    let [small, large] = [SMALL_PX, 512].map(|px| draw(svg, px as u32));
    look::topology(&small.ink(), small.px, 0) == look::topology(&large.ink(), large.px, speck(large.px))
}

/// Whether ink or gap is thinner than this many pixels of sixteen.
fn is_thin(svg: &str, wanted: f64) -> bool {
    let inner = SMALL_PX * FINE;
    let side = inner + 2 * RIM;
    let mut field = vec![false; side * side];
    for (at, ink) in draw(svg, inner as u32).ink().into_iter().enumerate() {
        field[(at / inner + RIM) * side + at % inner + RIM] = ink;
    }
    let ground: Vec<bool> = field.iter().map(|ink| !ink).collect();
    [field, ground].iter().any(|field| look::is_thin(field, side, wanted * FINE as f64))
}

fn parts(picture: &Picture) -> usize {
    look::topology(&picture.ink(), picture.px, speck(picture.px)).0
}

/// Parts of one colour each.
fn colored_parts(picture: &Picture) -> usize {
    let colors = picture.colors();
    let mut known: Vec<[u8; 3]> = colors.iter().flatten().copied().collect();
    known.sort_unstable();
    known.dedup();
    let of = |color: [u8; 3]| -> usize {
        let field: Vec<bool> = colors.iter().map(|found| *found == Some(color)).collect();
        look::topology(&field, picture.px, speck(picture.px)).0
    };
    // More colours than a logo has are those of edges.
    known.into_iter().take(64).map(of).sum()
}
