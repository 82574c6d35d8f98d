//! A kit as one archive: stored entries in the order of their paths, the same bytes every time.

use crate::http::{Gone, Sink};
use crate::platform::{Call, Platform};
use core_saga::FileView;

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

/// The files to send.
#[derive(Debug)]
pub struct Archive {
    call: Call,
    /// The folder that everything lies in.
    folder: String,
    files: Vec<FileView>,
}

/// What the directory says of a file that was sent.
struct Sent {
    sum: u32,
    offset: u32,
}

impl Archive {
    pub(crate) fn new(call: Call, folder: String, mut files: Vec<FileView>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { call, folder, files }
    }

    /// Known before anything is read.
    pub(crate) fn length(&self) -> u64 {
        let one = |file: &FileView| {
            LOCAL_BYTES + ENTRY_BYTES + 2 * self.name(file).len() as u64 + file.content.bytes
        };
        self.files.iter().map(one).sum::<u64>() + END_BYTES
    }

    fn name(&self, file: &FileView) -> String {
        format!("{}/{}", self.folder, file.path)
    }

    /// Sends file by file, holding one at a time.
    pub(crate) fn send(&self, platform: &dyn Platform, sink: &mut Sink<'_>) -> Result<(), Gone> {
        let (mut offset, mut sent) = (0_u32, Vec::with_capacity(self.files.len()));
        for file in &self.files {
            // Each file has time of its own: the whole takes as long as the reader does.
            let call =
                Call { deadline_ms: platform.now_ms() + crate::platform::CALL_MS_MAX, ..self.call.clone() };
            let bytes = platform.blob(&call, &file.content)?;
            let sum = crc32fast::hash(&bytes);
            let head = self.local(file, sum);
            sink(&head)?;
            sink(&bytes)?;
            sent.push(Sent { sum, offset });
            offset += narrow(head.len() + bytes.len());
        }
        sink(&self.directory(&sent, offset))
    }

    fn local(&self, file: &FileView, sum: u32) -> Vec<u8> {
        let name = self.name(file);
        let mut head = Vec::with_capacity(name.len() + 30);
        head.extend(b"PK\x03\x04");
        shorts(&mut head, &[VERSION]);
        self.common(&mut head, file, sum);
        shorts(&mut head, &[0]);
        head.extend(name.as_bytes());
        head
    }

    /// What stands before a file and in the directory alike.
    fn common(&self, out: &mut Vec<u8>, file: &FileView, sum: u32) {
        let size = u32::try_from(file.content.bytes).unwrap_or(u32::MAX);
        shorts(out, &[FLAGS, 0, 0, DATE]);
        longs(out, &[sum, size, size]);
        shorts(out, &[u16::try_from(self.name(file).len()).unwrap_or(u16::MAX)]);
    }

    fn directory(&self, sent: &[Sent], start: u32) -> Vec<u8> {
        let mut out = Vec::new();
        for (file, sent) in self.files.iter().zip(sent) {
            out.extend(b"PK\x01\x02");
            shorts(&mut out, &[MADE_BY, VERSION]);
            self.common(&mut out, file, sent.sum);
            shorts(&mut out, &[0, 0, 0, 0]);
            longs(&mut out, &[RIGHTS, sent.offset]);
            out.extend(self.name(file).as_bytes());
        }
        let (count, size) = (u16::try_from(sent.len()).unwrap_or(u16::MAX), narrow(out.len()));
        out.extend(b"PK\x05\x06");
        shorts(&mut out, &[0, 0, count, count]);
        longs(&mut out, &[size, start]);
        shorts(&mut out, &[0]);
        out
    }
}

/// A kit has some megabytes; 4 GB are out of reach.
fn narrow(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn shorts(out: &mut Vec<u8>, values: &[u16]) {
    out.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

fn longs(out: &mut Vec<u8>, values: &[u32]) {
    out.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}
