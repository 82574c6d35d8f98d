//! Logos as files hold them: flat fills in a box.

use core_brand::fault::Code;
use core_brand::{Fault, Rgb};
use core_pdf::{Anchor, Area, Fill, Node};
use core_vector::{path, raster};
use kurbo::{Affine, BezPath};

pub(super) struct Logo {
    /// Left, top, width, height.
    view: [f64; 4],
    fills: Vec<(Rgb, BezPath)>,
}

impl Logo {
    /// Reads a file as `core_vector::svg` writes it.
    pub(super) fn read(name: &str, text: &str) -> Result<Self, Fault> {
        let fault = |why: &str| {
            Fault::new(Code::DocumentMalformed, [("name", name.to_owned()), ("why", why.to_owned())])
        };
        let numbers = attribute(text, "viewBox").unwrap_or_default().split(' ');
        let numbers: Vec<f64> = numbers.filter_map(|number| number.parse().ok()).collect();
        let view = numbers.try_into().map_err(|_| fault("it has no view box"))?;
        let mut fills = Vec::new();
        for element in text.split("<path").skip(1) {
            let color = attribute(element, "fill").and_then(|value| Rgb::parse(value).ok());
            let color = color.ok_or_else(|| fault("a path has no flat fill"))?;
            fills.push((color, path::parse(attribute(element, "d").unwrap_or_default())?));
        }
        Ok(Self { view, fills })
    }

    /// As large as an area allows; in one colour where one is given.
    pub(super) fn placed(&self, area: Area, one: Option<Rgb>) -> Vec<Node> {
        let [x, y, width, height] = self.view;
        let place = area.fit(width, height, Anchor::CENTER);
        let scale = if width > 0.0 { place.width / width } else { 0.0 };
        let put = Affine::translate((place.x, place.y)) * Affine::scale(scale) * Affine::translate((-x, -y));
        let fill = |(color, path): &(Rgb, BezPath)| {
            Node::Fill(Fill { path: put * path.clone(), color: one.unwrap_or(*color) })
        };
        self.fills.iter().map(fill).collect()
    }

    /// The pixels of a square of this side that are not the ground's, as runs: column, row, length, colour.
    pub(super) fn pixels(&self, px: u32, ground: Rgb, one: Option<Rgb>) -> Vec<(f64, f64, f64, Rgb)> {
        let side = px as usize;
        let mut picture = vec![ground; side * side];
        let [x, y, width, height] = self.view;
        for (color, path) in &self.fills {
            let path = Affine::translate((-x, -y)) * path.clone();
            let mask = raster::mask_of(&[path], width, height, px);
            for (pixel, cover) in picture.iter_mut().zip(mask.cover) {
                *pixel = crate::brand::mix(*pixel, one.unwrap_or(*color), f64::from(cover) / 255.0);
            }
        }
        let mut runs: Vec<(f64, f64, f64, Rgb)> = Vec::new();
        for (row, line) in picture.chunks(side).enumerate() {
            let mut column = 0;
            for run in line.chunk_by(|a, b| a == b) {
                if run[0] != ground {
                    runs.push((column as f64, row as f64, run.len() as f64, run[0]));
                }
                column += run.len();
            }
        }
        runs
    }
}

/// The value of the first attribute of this name.
fn attribute<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let after = text.split_once(&format!(" {name}=\""))?.1;
    after.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_written() {
        let text = "<svg viewBox=\"-2 0 8 4\"><title id=\"t\">d=</title><path fill=\"#ff0000\" \
            d=\"M-2 0L2 0L2 4L-2 4Z\"/></svg>";
        let logo = Logo::read("a.svg", text).unwrap();
        assert_eq!((logo.view, logo.fills.len()), ([-2.0, 0.0, 8.0, 4.0], 1));
        // The left half of two rows in the middle of a square of four.
        let runs = logo.pixels(4, Rgb::WHITE, None);
        let red = Rgb::new(255, 0, 0);
        assert_eq!(runs, [(0.0, 1.0, 2.0, red), (0.0, 2.0, 2.0, red)]);
        for broken in ["", "<svg viewBox=\"0 0 1\"/>", "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0Z\"/>"] {
            assert!(Logo::read("a.svg", broken).is_err(), "{broken}");
        }
    }
}
