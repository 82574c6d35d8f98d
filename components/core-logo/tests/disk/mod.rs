//! The fonts of the cache that the set-up fills, read once, for tests that draw.

use core_brand::{BlobRef, Fault, FontKey, Studio, broken};
use std::collections::BTreeMap;
use std::sync::Mutex;

pub(crate) struct Disk;

static FONTS: Mutex<BTreeMap<FontKey, Vec<u8>>> = Mutex::new(BTreeMap::new());

impl Studio for Disk {
    fn blob(&self, _content: &BlobRef) -> Result<Vec<u8>, Fault> {
        Err(broken!("there are no blobs here"))
    }

    fn font(&self, key: &FontKey) -> Result<Vec<u8>, Fault> {
        let mut fonts = FONTS.lock().map_err(|_| broken!("poisoned"))?;
        if let Some(bytes) = fonts.get(key) {
            return Ok(bytes.clone());
        }
        let family = core_typography::family(&key.family).ok_or_else(|| broken!("no family {key}"))?;
        let file = core_typography::font_file(key).ok_or_else(|| broken!("no font {key}"))?;
        let home = std::env::var("HOME").unwrap_or_default();
        let cache = std::env::var("IMPRINT_CACHE").unwrap_or_else(|_| format!("{home}/.cache/imprint"));
        let path = format!("{cache}/fonts/node_modules/{}/{}", family.package, file.path);
        let bytes = std::fs::read(&path).map_err(|why| broken!("{path}: {why}"))?;
        fonts.insert(key.clone(), bytes.clone());
        Ok(bytes)
    }

    fn picture(&self, _svg: &str, _width: u32) -> Result<Vec<u8>, Fault> {
        Err(broken!("there are no pictures here"))
    }
}
