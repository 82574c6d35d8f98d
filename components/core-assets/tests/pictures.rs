//! Pictures: size, exactness, sameness.

use core_assets::png;

const SIMPLE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path fill="#123456" d="M0 0 L20 0 L20 20 L0 20 Z"/></svg>"##;

#[test]
fn height_follows_the_proportions() {
    let cases = [(SIMPLE, 100, 50), (SIMPLE, 1, 1), (SIMPLE, 33, 17)];
    for (svg, width, height) in cases {
        let png = png(svg, width).unwrap();
        assert_eq!((png.width, png.height), (width, height));
        let picture = image::load_from_memory(&png.bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (width, height));
    }
}

#[test]
fn colours_are_exact_and_the_rest_is_transparent() {
    let picture = image::load_from_memory(&png(SIMPLE, 40).unwrap().bytes).unwrap().to_rgba8();
    assert_eq!(picture.get_pixel(5, 5).0, [0x12, 0x34, 0x56, 255]);
    assert_eq!(picture.get_pixel(30, 5).0, [0, 0, 0, 0]);
}

#[test]
fn the_same_twice() {
    assert_eq!(png(SIMPLE, 512).unwrap(), png(SIMPLE, 512).unwrap());
}
