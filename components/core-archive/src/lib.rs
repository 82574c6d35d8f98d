//! A kit as one archive: stored entries, the same bytes every time. The API sends it, `imprint zip` writes it.
//!
//! **Law.** The same files in the same order are the same bytes: an archive says nothing of when, where or by whom it was
//! made; kept by `Archive`, tested below and against an unpacker in `core-gateway`.
//! **Absent.** Which files a kit has and in which order (its manifest; by path), compression (pictures and fonts are packed
//! already), reading (`lattice/cli`).

/// Before each file: signature, version, flags, method, time, date, sums, sizes, lengths.
const LOCAL_BYTES: u64 = 30;
/// In the directory at the end, for each file.
const ENTRY_BYTES: u64 = 46;
/// The end of the directory.
const END_BYTES: u64 = 22;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
/// 1 January 1980, the first day there is: an archive says nothing of when it was made.
const DATE: u16 = 0x21;
/// What a reader must be able to do: folders.
const VERSION: u16 = 20;
/// Made on Unix, so that the rights below are read.
const MADE_BY: u16 = 3 << 8 | VERSION;
/// A plain file that its owner may change and all may read.
const RIGHTS: u32 = 0o100_644 << 16;

/// An archive in the making: what was sent so far.
#[derive(Debug, Default)]
pub struct Archive {
    sent: Vec<Sent>,
    offset: u32,
}

/// What the directory says of a file that was sent.
#[derive(Debug)]
struct Sent {
    name: String,
    bytes: u32,
    sum: u32,
    offset: u32,
}

/// How long an archive of files with these names and sizes is.
pub fn length<'a>(files: impl Iterator<Item = (&'a str, u64)>) -> u64 {
    let one = |(name, bytes): (&str, u64)| LOCAL_BYTES + ENTRY_BYTES + 2 * name.len() as u64 + bytes;
    files.map(one).sum::<u64>() + END_BYTES
}

impl Archive {
    /// What stands before a file; its bytes must follow.
    pub fn file(&mut self, name: &str, bytes: &[u8]) -> Vec<u8> {
        let sent = Sent {
            name: name.to_owned(),
            bytes: narrow(bytes.len()),
            sum: crc32fast::hash(bytes),
            offset: self.offset,
        };
        let mut head = Vec::with_capacity(name.len() + 30);
        head.extend(b"PK\x03\x04");
        shorts(&mut head, &[VERSION]);
        sent.common(&mut head);
        shorts(&mut head, &[0]);
        head.extend(name.as_bytes());
        self.offset += narrow(head.len() + bytes.len());
        self.sent.push(sent);
        head
    }

    /// What stands behind the last file.
    #[must_use]
    pub fn end(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for sent in &self.sent {
            out.extend(b"PK\x01\x02");
            shorts(&mut out, &[MADE_BY, VERSION]);
            sent.common(&mut out);
            shorts(&mut out, &[0, 0, 0, 0]);
            longs(&mut out, &[RIGHTS, sent.offset]);
            out.extend(sent.name.as_bytes());
        }
        let (count, size) = (short(self.sent.len()), narrow(out.len()));
        out.extend(b"PK\x05\x06");
        shorts(&mut out, &[0, 0, count, count]);
        longs(&mut out, &[size, self.offset]);
        shorts(&mut out, &[0]);
        out
    }
}

impl Sent {
    /// What stands before a file and in the directory alike.
    fn common(&self, out: &mut Vec<u8>) {
        shorts(out, &[FLAGS, 0, 0, DATE]);
        longs(out, &[self.sum, self.bytes, self.bytes]);
        shorts(out, &[short(self.name.len())]);
    }
}

/// A kit has some megabytes; 4 GB are out of reach.
fn narrow(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn short(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

fn shorts(out: &mut Vec<u8>, values: &[u16]) {
    out.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

fn longs(out: &mut Vec<u8>, values: &[u32]) {
    out.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: &[(&str, &[u8])] = &[("kit/a.txt", b"aaaa"), ("kit/\u{fc}.txt", b""), ("kit/z.txt", b"z")];

    fn packed() -> Vec<u8> {
        let (mut archive, mut zip) = (Archive::default(), Vec::new());
        for (name, bytes) in FILES {
            zip.extend(archive.file(name, bytes));
            zip.extend(*bytes);
        }
        zip.extend(archive.end());
        zip
    }

    #[test]
    fn the_length_is_known_before_and_the_bytes_are_the_same_again() {
        let sizes = FILES.iter().map(|(name, bytes)| (*name, bytes.len() as u64));
        assert_eq!(packed().len() as u64, length(sizes));
        assert_eq!(packed(), packed());
    }

    #[test]
    fn every_entry_of_the_directory_points_at_its_file() {
        let zip = packed();
        let long = |at: usize| u32::from_le_bytes(zip[at..at + 4].try_into().unwrap()) as usize;
        let mut at = long(zip.len() - 6);
        for (name, bytes) in FILES {
            assert!(zip[at..].starts_with(b"PK\x01\x02"));
            assert!(zip[at + 46..].starts_with(name.as_bytes()));
            let offset = long(at + 42);
            let start = offset + 30 + name.len();
            assert!(zip[offset..].starts_with(b"PK\x03\x04") && zip[start..].starts_with(bytes));
            assert_eq!(long(at + 16), crc32fast::hash(bytes) as usize);
            at += 46 + name.len();
        }
    }
}
