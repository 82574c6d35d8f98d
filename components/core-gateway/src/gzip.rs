//! Bytes as gzip, the same every time. Also part of the build script, which packs the page.

/// Beyond this it takes much longer and saves little.
const LEVEL: u8 = 6;
/// Deflate, no name, no time, no system: nothing that differs.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = HEAD.to_vec();
    packed.extend(miniz_oxide::deflate::compress_to_vec(bytes, LEVEL));
    packed.extend(crc32fast::hash(bytes).to_le_bytes());
    // The length is kept modulo 2^32, so cutting is what is meant.
    packed.extend((bytes.len() as u32).to_le_bytes());
    packed
}
