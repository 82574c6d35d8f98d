//! One file out of a zip: enough of the format for kits, as the API sends them and as people pack them.

use miniz_oxide::inflate::decompress_to_vec_with_limit;

/// The end of the directory without its comment, and the longest comment.
const END_BYTES: usize = 22;
const COMMENT_BYTES_MAX: usize = 1 << 16;
/// A file lies at the top, or in the folder of the kit.
const DEPTH_MAX: usize = 2;
const STORED: usize = 0;
const DEFLATED: usize = 8;

/// What the directory says of a file.
struct Entry<'a> {
    name: &'a [u8],
    method: usize,
    sum: usize,
    packed: usize,
    offset: usize,
}

/// Whether these are the first bytes of a zip.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The content of the file of that name, if there is one, of at most `max` bytes.
pub(crate) fn file(zip: &[u8], name: &str, max: usize) -> Result<Option<Vec<u8>>, String> {
    let entries = entries(zip).ok_or("the zip is not whole")?;
    let is_wanted = |entry: &&Entry<'_>| {
        let parts: Vec<&[u8]> = entry.name.split(|byte| *byte == b'/').collect();
        parts.len() <= DEPTH_MAX && parts.last() == Some(&name.as_bytes())
    };
    let found = entries.iter().find(is_wanted);
    found.map(|entry| content(zip, entry, max)).transpose()
}

fn entries(zip: &[u8]) -> Option<Vec<Entry<'_>>> {
    let last = zip.len().checked_sub(END_BYTES)?;
    let first = last.saturating_sub(COMMENT_BYTES_MAX);
    let end = (first..=last).rev().find(|at| zip[*at..].starts_with(b"PK\x05\x06"))?;
    let (count, mut at) = (short(zip, end + 10)?, long(zip, end + 16)?);
    let mut entries = Vec::new();
    for _ in 0..count {
        if !zip.get(at..)?.starts_with(b"PK\x01\x02") {
            return None;
        }
        let [name, extra, comment] = [28, 30, 32].map(|field| short(zip, at + field));
        let name_end = at + 46 + name?;
        entries.push(Entry {
            name: zip.get(at + 46..name_end)?,
            method: short(zip, at + 10)?,
            sum: long(zip, at + 16)?,
            packed: long(zip, at + 20)?,
            offset: long(zip, at + 42)?,
        });
        at = name_end + extra? + comment?;
    }
    Some(entries)
}

fn content(zip: &[u8], entry: &Entry<'_>, max: usize) -> Result<Vec<u8>, String> {
    let packed = packed(zip, entry).ok_or("the zip is not whole")?;
    let bytes = match entry.method {
        STORED if packed.len() <= max => packed.to_vec(),
        DEFLATED => decompress_to_vec_with_limit(packed, max).map_err(|why| why.to_string())?,
        STORED => return Err(format!("it has more than {max} bytes")),
        method => return Err(format!("the zip packs it in a way that is not known here ({method})")),
    };
    if crc32fast::hash(&bytes) as usize == entry.sum {
        Ok(bytes)
    } else {
        Err("the zip was changed after it was packed".to_owned())
    }
}

fn packed<'a>(zip: &'a [u8], entry: &Entry<'_>) -> Option<&'a [u8]> {
    let [name, extra] = [26, 28].map(|field| short(zip, entry.offset + field));
    let start = entry.offset + 30 + name? + extra?;
    zip.get(start..start + entry.packed)
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let two = bytes.get(at..at + 2)?;
    Some(usize::from(two[0]) | usize::from(two[1]) << 8)
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    Some(short(bytes, at)? | short(bytes, at + 2)? << 16)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use miniz_oxide::deflate::compress_to_vec;

    /// A zip of these files, deflated or stored.
    pub(crate) fn zip(files: &[(&str, &[u8])], is_deflated: bool) -> Vec<u8> {
        let (mut zip, mut directory) = (Vec::new(), Vec::new());
        for (name, bytes) in files {
            let packed = if is_deflated { compress_to_vec(bytes, 6) } else { bytes.to_vec() };
            let method: u16 = if is_deflated { 8 } else { 0 };
            let mut common = vec![20, 0, 0, 0];
            common.extend(method.to_le_bytes());
            common.extend([0; 4]);
            for value in [crc32fast::hash(bytes), packed.len() as u32, bytes.len() as u32] {
                common.extend(value.to_le_bytes());
            }
            common.extend((name.len() as u16).to_le_bytes());
            common.extend([0; 2]);
            directory.extend([&b"PK\x01\x02\0\0"[..], &common, &[0; 10]].concat());
            directory.extend((zip.len() as u32).to_le_bytes());
            directory.extend(name.as_bytes());
            zip.extend([&b"PK\x03\x04"[..], &common, name.as_bytes(), &packed].concat());
        }
        let (start, count) = (zip.len() as u32, files.len() as u16);
        let length = directory.len() as u32;
        zip.extend(directory);
        zip.extend([&b"PK\x05\x06\0\0\0\0"[..], &count.to_le_bytes(), &count.to_le_bytes()].concat());
        zip.extend([&length.to_le_bytes()[..], &start.to_le_bytes(), &[0, 0]].concat());
        zip
    }

    const FILES: &[(&str, &[u8])] =
        &[("kit/a.txt", b"aaaaaaaaaaaaaaaa"), ("kit/deep/b.txt", b"b"), ("c.txt", b"cc")];

    #[test]
    fn a_file_comes_out_as_it_went_in() {
        for is_deflated in [true, false] {
            let zip = zip(FILES, is_deflated);
            assert!(is_zip(&zip));
            assert_eq!(file(&zip, "a.txt", 16).unwrap().as_deref(), Some(FILES[0].1));
            assert_eq!(file(&zip, "c.txt", 16).unwrap().as_deref(), Some(FILES[2].1));
            assert_eq!(file(&zip, "b.txt", 16).unwrap(), None, "too deep");
            assert!(file(&zip, "a.txt", 15).is_err(), "too large");
        }
    }

    #[test]
    fn a_broken_zip_is_a_fault() {
        let whole = zip(FILES, true);
        for length in 0..whole.len() {
            assert!(file(&whole[..length], "a.txt", 16).is_err(), "{length}");
        }
        let mut never = 0;
        for place in 0..whole.len() {
            let mut changed = whole.clone();
            changed[place] ^= 0x5a;
            // Whatever it is, it is no panic and no other content.
            match file(&changed, "a.txt", 16) {
                Ok(Some(bytes)) => assert_eq!(bytes, FILES[0].1, "{place}"),
                Ok(None) | Err(_) => never += 1,
            }
        }
        assert!(never > 20, "{never}");
    }
}
