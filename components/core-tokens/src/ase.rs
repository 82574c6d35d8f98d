//! Adobe's swatch exchange: groups of named colours, everything big-endian.

use crate::gpl::swatches;
use crate::{File, Tokens};
use core_brand::{Fault, Rgb};

const GROUP_START: u16 = 0xc001;
const GROUP_END: u16 = 0xc002;
const COLOR: u16 = 0x0001;
/// A colour that every document shares, not a spot ink.
const GLOBAL: u16 = 0;

pub(crate) fn files(tokens: &Tokens) -> Result<Vec<File>, Fault> {
    let all = swatches(tokens);
    let mut blocks = Vec::new();
    let mut open: Option<&str> = None;
    for (id, rgb) in &all {
        let group = id.rsplit_once('.').map_or("", |(group, _)| group);
        if open != Some(group) {
            if open.is_some() {
                blocks.push(block(GROUP_END, &[]));
            }
            blocks.push(block(GROUP_START, &name(group)));
            open = Some(group);
        }
        let mut body = name(id);
        body.extend(spell(*rgb));
        body.extend(GLOBAL.to_be_bytes());
        blocks.push(block(COLOR, &body));
    }
    blocks.push(block(GROUP_END, &[]));
    let mut ase = b"ASEF\x00\x01\x00\x00".to_vec();
    ase.extend((blocks.len() as u32).to_be_bytes());
    ase.extend(blocks.concat());
    let path = "tokens/brand.ase".to_owned();
    Ok(vec![File { path, media: "application/octet-stream", bytes: ase }])
}

pub(crate) fn spell(rgb: Rgb) -> Vec<u8> {
    let mut out = b"RGB ".to_vec();
    for byte in [rgb.r, rgb.g, rgb.b] {
        out.extend((f32::from(byte) / 255.0).to_be_bytes());
    }
    out
}

fn block(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut out = kind.to_be_bytes().to_vec();
    out.extend((body.len() as u32).to_be_bytes());
    out.extend(body);
    out
}

/// The count of its units with the zero at the end, then the units.
fn name(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().chain([0]).collect();
    let mut out = (units.len() as u16).to_be_bytes().to_vec();
    out.extend(units.iter().flat_map(|unit| unit.to_be_bytes()));
    out
}
