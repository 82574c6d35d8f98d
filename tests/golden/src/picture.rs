//! Pictures: compared pixel by pixel, shown side by side where they differ.

use crate::{ACCEPT, accepting};
use std::fs;
use std::path::{Path, PathBuf};

/// Between the three panels of a difference.
const SEAM_PX: usize = 8;
const SEAM: [u8; 3] = [0xff, 0x00, 0xff];

/// Compares a PNG with a golden one, every pixel exactly: the same input draws the same bytes. Panics with how many
/// pixels differ and the path of a picture in `folder` that shows what was expected, what was got, and where they differ.
#[track_caller]
pub fn check_picture(path: impl AsRef<Path>, actual: &[u8], folder: impl AsRef<Path>) {
    if let Err(why) = compare_picture(path.as_ref(), actual, folder.as_ref(), accepting()) {
        panic!("{why}");
    }
}

/// `check_picture` without the panic.
pub fn compare_picture(path: &Path, actual: &[u8], folder: &Path, accept: bool) -> Result<(), String> {
    let got = Pixels::read(actual).map_err(|why| format!("what was made is no picture: {why}"))?;
    let expected = match fs::read(path) {
        Ok(bytes) => Some(Pixels::read(&bytes).map_err(|why| format!("{}: {why}", path.display()))?),
        Err(_) => None,
    };
    if expected.as_ref() == Some(&got) {
        return Ok(());
    }
    let unwritable =
        |path: &Path, why: std::io::Error| format!("{} cannot be written: {why}", path.display());
    if accept {
        let parent = path.parent().unwrap_or(Path::new("."));
        return fs::create_dir_all(parent)
            .and_then(|()| fs::write(path, actual))
            .map_err(|why| unwritable(path, why));
    }
    let shown = shown_at(path, folder);
    let panels = panels(expected.as_ref().unwrap_or(&Pixels::default()), &got);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&shown, panels.png()))
        .map_err(|why| unwritable(&shown, why))?;
    let what = expected.map_or("does not exist yet".to_owned(), |expected| said(&expected, &got));
    Err(format!(
        "{} {what}. Expected, got and difference: {}. {ACCEPT}=1 accepts it.",
        path.display(),
        shown.display()
    ))
}

fn said(expected: &Pixels, got: &Pixels) -> String {
    if (expected.width, expected.height()) != (got.width, got.height()) {
        let size = |pixels: &Pixels| format!("{} x {}", pixels.width, pixels.height());
        return format!("has {} pixels, and {} were made", size(expected), size(got));
    }
    let differ = expected.rgb.iter().zip(&got.rgb).filter(|(a, b)| a != b).count();
    format!("differs in {differ} of {} pixels", got.rgb.len())
}

/// One name for each golden picture, whatever folders it lies in.
fn shown_at(path: &Path, folder: &Path) -> PathBuf {
    let parts = path.iter().map(|part| part.to_string_lossy()).filter(|part| part != "/" && part != "..");
    let name = parts.collect::<Vec<_>>().join("-");
    folder.join(format!("{}.difference.png", name.trim_end_matches(".png")))
}

/// Expected, got, and what differs: grey where they agree, red where they do not.
fn panels(expected: &Pixels, got: &Pixels) -> Pixels {
    let (width, height) = (expected.width.max(got.width), expected.height().max(got.height()));
    let mut rgb = Vec::with_capacity((3 * width + 2 * SEAM_PX) * height);
    for y in 0..height {
        let [before, now] = [expected, got].map(|pixels| move |x: usize| pixels.at(x, y));
        rgb.extend((0..width).map(|x| before(x).unwrap_or(SEAM)));
        rgb.extend([SEAM; SEAM_PX]);
        rgb.extend((0..width).map(|x| now(x).unwrap_or(SEAM)));
        rgb.extend([SEAM; SEAM_PX]);
        rgb.extend((0..width).map(|x| differing(before(x), now(x))));
    }
    Pixels { width: 3 * width + 2 * SEAM_PX, rgb }
}

fn differing(before: Option<[u8; 3]>, now: Option<[u8; 3]>) -> [u8; 3] {
    match (before, now) {
        (Some(before), Some(now)) if before == now => before.map(|channel| 0xc0 + channel / 4),
        _ => [0xe0, 0x00, 0x20],
    }
}

/// A picture without transparency, row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Pixels {
    width: usize,
    rgb: Vec<[u8; 3]>,
}

impl Pixels {
    fn read(bytes: &[u8]) -> Result<Self, String> {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().map_err(|why| why.to_string())?;
        let mut buffer = vec![0; reader.output_buffer_size().ok_or("it is too large")?];
        let frame = reader.next_frame(&mut buffer).map_err(|why| why.to_string())?;
        let data = &buffer[..frame.buffer_size()];
        let rgb = match frame.color_type {
            png::ColorType::Rgb => data.chunks_exact(3).map(|p| [p[0], p[1], p[2]]).collect(),
            png::ColorType::Grayscale => data.iter().map(|grey| [*grey; 3]).collect(),
            other => return Err(format!("{other:?} is not compared: golden pictures are opaque")),
        };
        Ok(Self { width: frame.width as usize, rgb })
    }

    fn height(&self) -> usize {
        self.rgb.len().checked_div(self.width).unwrap_or_default()
    }

    fn at(&self, x: usize, y: usize) -> Option<[u8; 3]> {
        if x < self.width { self.rgb.get(y * self.width + x).copied() } else { None }
    }

    fn png(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width as u32, self.height() as u32);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        // A picture in memory can be written; one without pixels stays empty.
        if let Ok(mut writer) = encoder.write_header() {
            let _ = writer.write_image_data(self.rgb.as_flattened());
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: usize, colors: &[[u8; 3]]) -> Pixels {
        Pixels { width, rgb: colors.to_vec() }
    }

    #[test]
    fn a_difference_is_counted_and_shown() {
        let (red, blue) = ([255, 0, 0], [0, 0, 255]);
        let folder = std::env::temp_dir().join(format!("imprint-golden-{}", std::process::id()));
        let golden = folder.join("a/one.png");
        let (one, other) = (picture(2, &[red, blue]), picture(2, &[red, red]));
        let why = compare_picture(&golden, &one.png(), &folder, false).unwrap_err();
        assert!(why.contains("does not exist yet"), "{why}");
        compare_picture(&golden, &one.png(), &folder, true).unwrap();
        compare_picture(&golden, &one.png(), &folder, false).unwrap();
        let why = compare_picture(&golden, &other.png(), &folder, false).unwrap_err();
        assert!(why.contains("differs in 1 of 2 pixels"), "{why}");
        let shown = fs::read(shown_at(&golden, &folder)).unwrap();
        let shown = Pixels::read(&shown).unwrap();
        assert_eq!((shown.width, shown.height()), (3 * 2 + 2 * SEAM_PX, 1));
        assert_eq!((shown.rgb[1], shown.rgb[2 + SEAM_PX + 1]), (blue, red));
        assert_eq!(shown.rgb.last(), Some(&[0xe0, 0x00, 0x20]));
        let why = compare_picture(&golden, &picture(1, &[red, red]).png(), &folder, false).unwrap_err();
        assert!(why.contains("has 2 x 1 pixels, and 1 x 2 were made"), "{why}");
        fs::remove_dir_all(folder).unwrap();
    }
}
