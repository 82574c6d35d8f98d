//! A small kit, pictures of drawings, and files that want to harm.

pub(crate) mod hostile;

use core_brand::kit::BrandFile;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

pub(crate) struct Kit {
    pub(crate) brand: BrandFile,
    pub(crate) drawings: BTreeMap<String, String>,
}

pub(crate) fn kit() -> Kit {
    let home = Path::new("tests/data/kit");
    let brand = serde_json::from_str(&fs::read_to_string(home.join("brand.json")).unwrap()).unwrap();
    let mut drawings = BTreeMap::new();
    for entry in fs::read_dir(home.join("logos/1-stencil")).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("logos/1-stencil/{}", path.file_name().unwrap().to_string_lossy());
        drawings.insert(name, fs::read_to_string(&path).unwrap());
    }
    Kit { brand, drawings }
}

pub(crate) fn png_of(svg: &str) -> Vec<u8> {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).unwrap();
    let size = tree.size().to_int_size();
    let mut canvas = resvg::tiny_skia::Pixmap::new(size.width(), size.height()).unwrap();
    resvg::render(&tree, resvg::tiny_skia::Transform::default(), &mut canvas.as_mut());
    let rgba: Vec<u8> = canvas
        .pixels()
        .iter()
        .map(|pixel| pixel.demultiply())
        .flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()])
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, size.width(), size.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header().unwrap().write_image_data(&rgba).unwrap();
    bytes
}
