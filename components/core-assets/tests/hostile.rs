//! Pictures that want more than to be drawn get a fault: no panic, no file, no connection, no long wait.

use core_assets::{PIXELS_MAX, SVG_BYTES_MAX, SVG_DEPTH_MAX, WIDTH_MAX, png};
use core_brand::fault::Code;

fn svg(attributes: &str, content: &str) -> String {
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>{content}</svg>"#
    )
}

fn boxed(content: &str) -> String {
    svg(r#"viewBox="0 0 10 10""#, content)
}

fn nested(depth: usize) -> String {
    boxed(&format!("{}{}", "<g>".repeat(depth), "</g>".repeat(depth)))
}

#[test]
fn refuses() {
    let laughs = r#"<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>"#;
    let external = r#"<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>"#;
    let cases: &[(&str, String)] = &[
        ("nothing", String::new()),
        ("no xml", "GIF89a".to_owned()),
        ("cut short", boxed("")[..40].to_owned()),
        ("another root", r#"<html xmlns="http://www.w3.org/1999/xhtml"/>"#.to_owned()),
        ("entities", format!("{laughs}{}", boxed("<title>&b;</title>"))),
        ("an outside entity", format!("{external}{}", boxed("<title>&x;</title>"))),
        ("a file", boxed(r#"<image href="/etc/passwd" width="9" height="9"/>"#)),
        ("an address", boxed(r#"<image xlink:href="http://127.0.0.1:1/a.png" width="9" height="9"/>"#)),
        ("a repetition", boxed(r##"<g id="a"><use href="#a"/></g>"##)),
        ("a filter", boxed(r#"<filter id="f"><feGaussianBlur stdDeviation="9999"/></filter>"#)),
        ("a script", boxed("<script>1</script>")),
        ("a style sheet", boxed("<style>@import url(http://127.0.0.1:1/)</style>")),
        ("text", boxed("<text>a</text>")),
        ("a page", boxed("<foreignObject/>")),
        ("deep groups", nested(SVG_DEPTH_MAX)),
        ("very deep groups", nested(100_000)),
        ("many shapes", boxed(&"<g/>".repeat(30_000))),
        ("a long text", boxed(&" ".repeat(SVG_BYTES_MAX))),
        ("no size", svg(r#"width="0" height="0""#, "")),
        ("a negative size", svg(r#"width="-5" height="5""#, "")),
        ("endless", svg(r#"width="1e30" height="1e39""#, "")),
        ("very tall", svg(r#"viewBox="0 0 1 1000000000""#, "")),
    ];
    for (what, svg) in cases {
        match png(svg, 64) {
            Ok(png) => panic!("{what} was drawn at {} by {}", png.width, png.height),
            Err(fault) => assert!(fault.is(Code::DocumentMalformed), "{what}: {fault}"),
        }
    }
}

#[test]
fn survives_what_it_can_draw() {
    let far = "M-1e30 -1e30 L1e30 1e30 L1e38 0 Z";
    let cases: &[(&str, String)] = &[
        ("nothing to draw", boxed("")),
        ("no number", svg(r#"viewBox="0 0 NaN NaN""#, "")),
        ("groups up to the limit", nested(SVG_DEPTH_MAX - 1)),
        ("far away", boxed(&format!(r#"<path d="{far}"/>"#))),
        ("not a path", boxed(r#"<path d="M0 0 Q garbage"/>"#)),
        ("thin dashes", boxed(r#"<path d="M0 0 L10 10" stroke="red" stroke-dasharray="0.0000001"/>"#)),
        ("a wide line", boxed(r#"<path d="M0 0 L10 10" stroke="red" stroke-width="1e30"/>"#)),
        (
            "no paint",
            boxed(r#"<path d="M0 0 L9 9 L0 9 Z" fill="url(file:///etc/passwd)" filter="url(#f)"/>"#),
        ),
        ("a collapsed group", boxed(r#"<g transform="scale(0)"><path d="M0 0 L9 9 L0 9 Z"/></g>"#)),
        ("a tiny box", svg(r#"viewBox="0 0 1e-20 1e-20""#, "")),
    ];
    for (what, svg) in cases {
        if let Err(fault) = png(svg, 64) {
            assert!(fault.is(Code::DocumentMalformed), "{what}: {fault}");
        }
    }
}

#[test]
fn widths_have_bounds() {
    let square = boxed("");
    for width in [0, WIDTH_MAX + 1, u32::MAX] {
        assert!(png(&square, width).unwrap_err().is(Code::DocumentMalformed), "{width}");
    }
    let side = u64::from(WIDTH_MAX);
    assert!(side * side <= PIXELS_MAX, "a square of the widest width is possible");
}
