//! `imprint palette` and `imprint type`: a look at what a kit would have, decided in the same components, without one.

mod faces;
mod machine;
mod palette;
pub(crate) mod pen;
mod roles;
pub(crate) mod sheet;
mod vision;

use crate::args::Show;
use crate::engine;
use crate::say::{data, print};
use core_brand::{Fault, broken};
use pen::Pen;

pub(crate) fn palette(show: &Show) -> Result<(), Fault> {
    let (order, design) = engine::design(&show.wish)?;
    if show.json {
        return json(&machine::palette(&order, &design));
    }
    print(&palette::palette(&order, &design, &Pen::of_stdout()));
    Ok(())
}

pub(crate) fn faces(show: &Show) -> Result<(), Fault> {
    let (order, design) = engine::design(&show.wish)?;
    if show.json {
        return json(&machine::faces(&order, &design));
    }
    print(&faces::faces(&order, &design, &Pen::of_stdout()));
    Ok(())
}

/// One value as a person can read it too.
pub(crate) fn json<T: serde::Serialize>(value: &T) -> Result<(), Fault> {
    data(&serde_json::to_string_pretty(value).map_err(|why| broken!("{why}"))?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::pen::{Depth, Pen, cells};
    use super::{faces, machine, palette};
    use core_brand::Design;
    use core_brand::brief::Order;
    use core_order::Request;
    use imprint_golden::{Case, cases, check_text};

    fn decided(case: &Case) -> (Order, Design) {
        let request: Request = serde_json::from_str(&case.text("request.json")).unwrap();
        let order = core_order::order(&request).unwrap();
        let design = core_design::decide(&order).unwrap();
        (order, design)
    }

    fn pretty<T: serde::Serialize>(value: &T) -> String {
        format!("{}\n", serde_json::to_string_pretty(value).unwrap())
    }

    #[test]
    fn sheets_are_as_accepted() {
        let pen = Pen { depth: Depth::Plain, width: 80 };
        for case in cases("golden/show") {
            let (order, design) = decided(&case);
            check_text(case.path("palette.txt"), &palette::palette(&order, &design, &pen));
            check_text(case.path("type.txt"), &faces::faces(&order, &design, &pen));
            check_text(case.path("palette.json"), &pretty(&machine::palette(&order, &design)));
            check_text(case.path("type.json"), &pretty(&machine::faces(&order, &design)));
        }
    }

    /// Colour adds stretches of colour and nothing else: without its sequences no line is wider than the terminal.
    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for case in cases("golden/show") {
            let (order, design) = decided(&case);
            for width in [60, 80, 120] {
                for depth in [Depth::Plain, Depth::Indexed, Depth::True] {
                    let pen = Pen { depth, width };
                    let sheet =
                        palette::palette(&order, &design, &pen) + &faces::faces(&order, &design, &pen);
                    assert_eq!(sheet.contains('\x1b'), depth != Depth::Plain);
                    for line in bare(&sheet).lines() {
                        assert!(cells(line) <= width, "{} cells of {width}: {line}", cells(line));
                    }
                }
            }
        }
    }

    /// The text without what steers a terminal.
    fn bare(text: &str) -> String {
        let mut parts = text.split('\x1b');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |all, part| all + part.split_once('m').unwrap().1)
    }
}
