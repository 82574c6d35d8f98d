//! Looks at pictures before they are given out.
//!
//! **Absent.** Whether a picture is fit for everybody: no such judge is part of this repository. An operator who has one puts it
//! in as an `Inspect`; what it withholds ends as `paint.withheld`.

use core_brand::Fault;
use core_brand::fault::Code;
use imprint_painter::{Order, Picture};

/// A look at each picture.
pub trait Inspect: Send + Sync {
    /// An error keeps the picture back.
    fn inspect(&self, order: &Order, picture: &Picture) -> Result<(), Fault>;
}

/// A picture of one colour is what broken models paint. Numbers that are none are found before, by the painter itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct NotBlank;

/// Steps of a colour by which a picture has to differ somewhere: less is the noise of rounding.
const SPREAD_MIN: u8 = 4;

impl Inspect for NotBlank {
    fn inspect(&self, _: &Order, picture: &Picture) -> Result<(), Fault> {
        let spread = |color: usize| {
            let values = || picture.rgb.iter().skip(color).step_by(3);
            values().max().unwrap_or(&0) - values().min().unwrap_or(&0)
        };
        if (0..3).any(|color| spread(color) >= SPREAD_MIN) {
            return Ok(());
        }
        let first = picture.rgb.iter().take(3).map(|value| format!("{value:02x}")).collect::<String>();
        Err(Fault::new(Code::PaintBlank, [("what", format!("every pixel is about #{first}"))]))
    }
}
