//! An SVG file as a stranger reads it: its text, and the pixels that resvg makes of it.

use resvg::tiny_skia::{Pixmap, Transform};
use std::collections::BTreeSet;

/// The only elements of a clean logo.
const ELEMENTS: [&str; 4] = ["svg", "title", "desc", "path"];
/// Attributes that style, fetch or act.
const FORBIDDEN: [&str; 6] = ["style=", "href", "filter=", "class=", " on", "url("];
/// White, and what covers a pixel at all.
const OPAQUE: u8 = u8::MAX;

/// What a square of pixels holds, alpha multiplied out.
pub(super) struct Picture {
    pub(super) px: usize,
    pub(super) rgba: Vec<[u8; 4]>,
}

/// What is not clean about a file; nothing for a clean one.
pub(super) fn unclean(text: &str) -> Option<String> {
    let body = text.split_once("</desc>").map_or(text, |(_, body)| body);
    if usvg::Tree::from_str(text, &usvg::Options::default()).is_err() {
        return Some("it cannot be read".to_owned());
    }
    if !text.contains(" viewBox=\"") {
        return Some("it has no view box".to_owned());
    }
    let names = text.split('<').skip(1).filter(|tag| !tag.starts_with('/'));
    let strange = names.map(|tag| tag.split([' ', '>', '/']).next().unwrap_or_default());
    if let Some(strange) = strange.into_iter().find(|name| !ELEMENTS.contains(name)) {
        return Some(format!("<{strange}>"));
    }
    FORBIDDEN.iter().find(|word| body.contains(**word)).map(|word| format!("`{word}`"))
}

/// The different fills.
pub(super) fn fills(text: &str) -> BTreeSet<&str> {
    text.split("fill=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Lines and curves of all paths.
pub(super) fn segments(text: &str) -> usize {
    let paths = text.split(" d=\"").skip(1).filter_map(|rest| rest.split('"').next());
    paths.map(|path| path.matches(['L', 'C', 'Q', 'H', 'V', 'A', 'S']).count()).sum()
}

/// Width over height.
pub(super) fn proportion(text: &str) -> f64 {
    usvg::Tree::from_str(text, &usvg::Options::default())
        .map_or(1.0, |tree| f64::from(tree.size().width() / tree.size().height()))
}

/// A file drawn into a square, in the middle, as large as it fits.
pub(super) fn draw(text: &str, px: u32) -> Picture {
    let blank = Picture { px: px as usize, rgba: vec![[0; 4]; (px * px) as usize] };
    let (Ok(tree), Some(mut canvas)) =
        (usvg::Tree::from_str(text, &usvg::Options::default()), Pixmap::new(px, px))
    else {
        return blank;
    };
    let (width, height) = (tree.size().width(), tree.size().height());
    let side = px as f32;
    let scale = side / width.max(height);
    let place = Transform::from_row(
        scale,
        0.0,
        0.0,
        scale,
        (side - width * scale) / 2.0,
        (side - height * scale) / 2.0,
    );
    resvg::render(&tree, place, &mut canvas.as_mut());
    let rgba = canvas.pixels().iter().map(|pixel| {
        let color = pixel.demultiply();
        [color.red(), color.green(), color.blue(), color.alpha()]
    });
    Picture { rgba: rgba.collect(), ..blank }
}

impl Picture {
    /// Half covered or more.
    pub(super) fn ink(&self) -> Vec<bool> {
        self.rgba.iter().map(|[.., alpha]| *alpha >= 128).collect()
    }

    /// The colours of whole pixels, those at edges left out.
    pub(super) fn colors(&self) -> Vec<Option<[u8; 3]>> {
        self.rgba.iter().map(|[r, g, b, a]| (*a == OPAQUE).then_some([*r, *g, *b])).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_clean_or_says_why_not() {
        let file = |inside: &str| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><title>a</title>{inside}</svg>"
            )
        };
        let path = "<path fill=\"#ff0000\" d=\"M0 0L4 0L4 2L0 2Z\"/>";
        assert_eq!(unclean(&file(path)), None);
        for inside in
            ["<text>a</text>", "<path style=\"fill:red\" d=\"M0 0L1 1Z\"/>", "<g><path d=\"M0 0Z\"/></g>"]
        {
            assert!(unclean(&file(inside)).is_some(), "{inside}");
        }
        assert!(unclean("<svg").is_some());
        assert_eq!((segments(&file(path)), fills(&file(path)).len()), (3, 1));
        let picture = draw(&file(path), 8);
        assert_eq!(picture.ink().iter().filter(|ink| **ink).count(), 32);
        assert_eq!(picture.rgba[0], [255, 0, 0, 255]);
    }
}
