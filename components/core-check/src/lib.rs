//! Grades a file that somebody else made against a brand: colours and fonts that are not the brand's, logos stretched,
//! turned, mirrored, recoloured, crowded or too small, text that cannot be read on its ground.
//!
//! Pure: bytes in, findings out, in the language of the kit. SVG, PNG, CSS, HTML and PDF are read; nothing is fetched.
//!
//! **Law.** Whatever the bytes are, the answer is findings or one refusal that says what is wrong, in bounded time and
//! memory; kept by `limits`, tested in `tests/check.rs` with hostile and broken files. What cannot be told is said, not
//! passed over; kept by `scene::Untold`. Same bytes in, same findings out.
//! **Absent.** Whether a design is good; what a brand allows beyond its own kit; text that is recognised in pictures.

mod css;
mod guard;
mod html;
mod judge;
mod known;
pub mod limits;
mod logo;
mod outline;
mod pdf;
mod picture;
mod refuse;
mod report;
mod scene;
mod sight;
mod style;
mod svg;

pub use judge::{
    CLEAR_SLACK, COLOR_NEAR, COLOR_OFF_MAX, INK_OFF_MAX, LOGO_CONTRAST_MIN, SIZE_SLACK, STRETCH_MAX, TURN_MAX,
};
pub use report::{Finding, Graded, LookedAt, Note, Sighting};
pub use scene::Place;

use core_brand::Fault;
use core_brand::content::sha256_hex;
use core_brand::kit::{BrandFile, ManifestFile};
use core_words::Words;
use judge::Judge;
use known::Known;
use limits::{BYTES_MAX, CSS_BYTES_MAX};
use logo::Pose;
use picture::{FLAT_MIN, Picture};
use scene::{Contents, Unit, Untold};
use std::collections::{BTreeMap, BTreeSet};

/// What a file is, told by its first bytes and, between texts, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Svg,
    Png,
    Css,
    Html,
    Pdf,
}

/// What other files begin with, so that a refusal can name them.
const OTHERS: &[(&[u8], &str)] = &[
    (b"\xff\xd8\xff", "a JPEG"),
    (b"GIF8", "a GIF"),
    (b"RIFF", "a WebP"),
    (b"BM", "a BMP"),
    (b"II*\0", "a TIFF"),
    (b"MM\0*", "a TIFF"),
    (b"PK\x03\x04", "a zip or an office document"),
    (b"\x1f\x8b", "packed with gzip"),
    (b"%!PS", "PostScript"),
    (b"\0asm", "a program"),
    (b"\x7fELF", "a program"),
];
/// A PDF may have a little before its first line.
const HEAD: usize = 1024;

/// Grades a file. `drawings` are the SVG files of the kit's logos by their paths.
pub fn check(
    brand: &BrandFile,
    drawings: &BTreeMap<String, String>,
    name: &str,
    bytes: &[u8],
) -> Result<Graded, Fault> {
    if bytes.len() > BYTES_MAX {
        return Err(refuse::too_large(bytes.len() as u64, "bytes", BYTES_MAX as u64));
    }
    let kind = kind(name, bytes)?;
    let words = words(brand)?;
    let known = Known::read(brand, drawings)?;
    let mut judge = Judge::new(kind.id(), &known, &words);
    match kind {
        Kind::Png => picture(&mut judge, &picture::read(bytes)?)?,
        Kind::Pdf => judge.all(&pdf::read(bytes, &|ink| known.shown(ink))?)?,
        Kind::Svg => judge.all(&svg::read(text("SVG", bytes)?)?)?,
        Kind::Html => judge.all(&html::read(bounded("HTML", bytes)?)?)?,
        Kind::Css => {
            let sheet = css::read(bounded("CSS", bytes)?).map_err(|why| refuse::malformed("CSS", &why))?;
            let mut contents = Contents::default();
            style::read(&sheet, &mut contents);
            judge.all(&contents)?;
        }
    }
    Ok(judge.graded)
}

/// The answer for a file that lies in the kit as it was made: it is the brand's own, also where it shows on purpose what must
/// not be done, as the book does. `None` where the manifest lists no such file.
pub fn own(
    brand: &BrandFile,
    manifest: &ManifestFile,
    name: &str,
    bytes: &[u8],
) -> Result<Option<Graded>, Fault> {
    let sha256 = sha256_hex(bytes);
    let Some(file) = manifest.files.iter().find(|file| file.sha256 == sha256) else { return Ok(None) };
    let words = words(brand)?;
    let known = Known::read(brand, &BTreeMap::new())?;
    let mut judge = Judge::new(kind(name, bytes)?.id(), &known, &words);
    judge.untold(&BTreeSet::from([Untold::Own(file.path.clone())]))?;
    Ok(Some(judge.graded))
}

/// The words of the kit's language.
fn words(brand: &BrandFile) -> Result<Words, Fault> {
    let language = &brand.order.brief.language;
    Words::new(language).map_err(|_| refuse::kit(format!("there are no words in `{language}`")))
}

impl Kind {
    fn id(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Css => "css",
            Self::Html => "html",
            Self::Pdf => "pdf",
        }
    }
}

fn kind(name: &str, bytes: &[u8]) -> Result<Kind, Fault> {
    if bytes.is_empty() {
        return Err(refuse::unknown("empty"));
    }
    if bytes.starts_with(picture::SIGNATURE) {
        return Ok(Kind::Png);
    }
    if bytes[..bytes.len().min(HEAD)].windows(5).any(|window| window == b"%PDF-") {
        return Ok(Kind::Pdf);
    }
    if let Some((_, found)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(refuse::unknown(found));
    }
    let name = name.to_ascii_lowercase();
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4 * HEAD)]).to_ascii_lowercase();
    let begins = head.trim_start_matches('\u{feff}').trim_start();
    let is_page = begins.starts_with("<!doctype html") || begins.starts_with("<html");
    match () {
        () if is_page || name.ends_with(".html") || name.ends_with(".htm") => Ok(Kind::Html),
        () if begins.starts_with('<') && (head.contains("<svg") || name.ends_with(".svg")) => Ok(Kind::Svg),
        () if name.ends_with(".svg") => Ok(Kind::Svg),
        () if name.ends_with(".css") => Ok(Kind::Css),
        () => Err(refuse::unknown("no kind of file that is known here")),
    }
}

fn text<'a>(kind: &str, bytes: &'a [u8]) -> Result<&'a str, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|why| {
        refuse::malformed(kind, &format!("it is no UTF-8 from byte {} on", why.valid_up_to()))
    })?;
    Ok(text.trim_start_matches('\u{feff}'))
}

fn bounded<'a>(kind: &str, bytes: &'a [u8]) -> Result<&'a str, Fault> {
    if bytes.len() > CSS_BYTES_MAX {
        return Err(refuse::too_large(bytes.len() as u64, &format!("bytes of {kind}"), CSS_BYTES_MAX as u64));
    }
    text(kind, bytes)
}

/// A picture has pixels where other files say what they mean.
fn picture(judge: &mut Judge, picture: &Picture) -> Result<(), Fault> {
    let mut untold = BTreeSet::new();
    let place = |area: kurbo::Rect| {
        let area = [area.x0, area.y0, area.width(), area.height()].map(f64::round);
        Place { area: Some(area), ..Place::default() }
    };
    let (flats, share) = picture.flats();
    judge.graded.looked_at.pages = 1;
    if share < FLAT_MIN {
        untold.insert(Untold::Photo((share * 100.0) as u32));
    } else {
        judge.graded.looked_at.colors = flats.len() as u32;
        for flat in &flats {
            let (x, y) = (flat.first % picture.width, flat.first / picture.width);
            let at = kurbo::Rect::new(x as f64, y as f64, x as f64 + 1.0, y as f64 + 1.0);
            judge.color(flat.rgb, flat.count, &place(at))?;
        }
    }
    match sight::find(judge.known, picture) {
        None => drop(untold.insert(Untold::Ground)),
        Some(found) => {
            for one in &found {
                let template = &judge.known.templates[one.template];
                let place = place(one.area);
                // What may be rounding is no fault.
                let stretch = (one.stretch - one.doubt).max(1.0);
                let pose = Pose { scale: one.scale, stretch, degrees: one.degrees, is_mirrored: false };
                judge.pose(template, pose, &place)?;
                judge.colored(template, &one.colors, one.ground, &place)?;
                judge.sized(template, one.scale * template.width, Unit::Pixel, &place)?;
                judge.clear(template, &one.near, template.clear * one.scale, Unit::Pixel, &place)?;
            }
        }
    }
    judge.of_logos(&mut untold);
    judge.untold(&untold)
}
