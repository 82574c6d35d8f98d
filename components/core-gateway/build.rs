//! Packs the page once, so that no request pays for it.

use std::path::Path;
use std::{env, fs};

#[path = "src/gzip.rs"]
mod gzip;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = env::var("OUT_DIR")?;
    println!("cargo::rerun-if-changed=src/gzip.rs");
    for name in ["index.html", "page.css", "page.js"] {
        let path = Path::new("page").join(name);
        println!("cargo::rerun-if-changed={}", path.display());
        fs::write(Path::new(&out).join(format!("{name}.gz")), gzip::gzip(&fs::read(&path)?))?;
    }
    Ok(())
}
