//! Weights from files of safetensors.
//!
//! **Law.** A file is not believed: its header is bounded, every range is inside the file, none overlaps another and none
//! is left over. Kept by the cases in `tests/safetensors.rs`.

use crate::weights::Weights;
use crate::{ModelError, Tensor};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Published headers of SDXL have half a megabyte.
pub const HEADER_BYTES_MAX: u64 = 16 << 20;
/// SDXL as one file has about 2,500; with optimizer states that nobody needs, three times as many.
pub const TENSORS_MAX: usize = 65_536;
/// Convolutions have four.
pub const SIDES_MAX: usize = 8;
const NAME_BYTES_MAX: usize = 512;
/// What is between the file's start and its header: how long that is.
const LENGTH_BYTES: u64 = 8;

/// An open file of weights. Numbers are read when they are asked for.
#[derive(Debug)]
pub struct SafeTensors<R> {
    file: Mutex<R>,
    entries: BTreeMap<String, Entry>,
    /// Where the numbers begin.
    start: u64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    dtype: Kind,
    shape: Vec<u64>,
    data_offsets: [u64; 2],
}

/// How numbers are stored. Weights are floats; others may be in a file and are not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[allow(non_camel_case_types, reason = "the names of the format")]
enum Kind {
    F64,
    F32,
    F16,
    BF16,
    F8_E4M3,
    F8_E5M2,
    I64,
    I32,
    I16,
    I8,
    U64,
    U32,
    U16,
    U8,
    #[serde(rename = "BOOL")]
    Bool,
}

impl Kind {
    fn bytes(self) -> u64 {
        match self {
            Self::F64 | Self::I64 | Self::U64 => 8,
            Self::F32 | Self::I32 | Self::U32 => 4,
            Self::F16 | Self::BF16 | Self::I16 | Self::U16 => 2,
            Self::F8_E4M3 | Self::F8_E5M2 | Self::I8 | Self::U8 | Self::Bool => 1,
        }
    }
}

impl SafeTensors<File> {
    pub fn open(path: &Path) -> Result<Self, ModelError> {
        let file = File::open(path);
        let file = file.map_err(|cause| ModelError::File { path: path.display().to_string(), cause })?;
        Self::new(file)
    }
}

impl<R: Read + Seek> SafeTensors<R> {
    pub fn new(mut file: R) -> Result<Self, ModelError> {
        let unread = |why: std::io::Error| damaged(why.to_string());
        let size = file.seek(SeekFrom::End(0)).map_err(unread)?;
        file.seek(SeekFrom::Start(0)).map_err(unread)?;
        let mut length = [0; LENGTH_BYTES as usize];
        file.read_exact(&mut length).map_err(unread)?;
        let length = u64::from_le_bytes(length);
        if length > HEADER_BYTES_MAX || length > size - LENGTH_BYTES {
            return Err(damaged(format!("its header has {length} bytes")));
        }
        let mut header = vec![0; length as usize];
        file.read_exact(&mut header).map_err(unread)?;
        let Header(entries) = serde_json::from_slice(&header).map_err(|why| damaged(why.to_string()))?;
        let start = LENGTH_BYTES + length;
        check(&entries, size - start)?;
        Ok(Self { file: Mutex::new(file), entries, start })
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// The dimensions of a weight.
    #[must_use]
    pub fn shape(&self, name: &str) -> Option<Vec<usize>> {
        self.entries.get(name).map(|entry| entry.shape.iter().map(|side| *side as usize).collect())
    }

    fn bytes(&self, entry: &Entry) -> Result<Vec<u8>, ModelError> {
        let [begin, end] = entry.data_offsets;
        let mut bytes = vec![0; (end - begin) as usize];
        // A reader that failed in the middle is sought anew by the next one.
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let sought = file.seek(SeekFrom::Start(self.start + begin));
        sought.and_then(|_| file.read_exact(&mut bytes)).map_err(|why| damaged(why.to_string()))?;
        Ok(bytes)
    }
}

impl<R: Read + Seek + Send> Weights for SafeTensors<R> {
    fn load(&self, name: &str) -> Result<Tensor, ModelError> {
        let entry = self.entries.get(name).ok_or_else(|| ModelError::NoWeight { name: name.to_owned() })?;
        let bytes = self.bytes(entry)?;
        let halves = |one: fn(u16) -> f32| {
            bytes.chunks_exact(2).map(|two| one(u16::from_le_bytes([two[0], two[1]]))).collect()
        };
        let data: Vec<f32> = match entry.dtype {
            Kind::F32 => bytes
                .chunks_exact(4)
                .map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]))
                .collect(),
            Kind::F16 => halves(half),
            Kind::BF16 => halves(|bits| f32::from_bits(u32::from(bits) << 16)),
            other => return Err(damaged(format!("`{name}` is stored as {other:?}"))),
        };
        // One number that is none makes a black picture, much later and without a reason.
        if data.iter().any(|value| !value.is_finite()) {
            return Err(damaged(format!("`{name}` holds what is no number")));
        }
        Ok(Tensor { shape: entry.shape.iter().map(|side| *side as usize).collect(), data })
    }

    fn sides(&self, name: &str) -> Result<Vec<usize>, ModelError> {
        self.shape(name).ok_or_else(|| ModelError::NoWeight { name: name.to_owned() })
    }
}

/// IEEE half precision.
fn half(bits: u16) -> f32 {
    const SMALLEST: f32 = 1.0 / (1 << 24) as f32;
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (u32::from(bits >> 10) & 31, u32::from(bits) & 1023);
    match exponent {
        0 => sign * fraction as f32 * SMALLEST,
        31 if fraction == 0 => sign * f32::INFINITY,
        31 => f32::NAN,
        // From a bias of 15 to one of 127.
        _ => sign * f32::from_bits((exponent + 112) << 23 | fraction << 13),
    }
}

fn check(entries: &BTreeMap<String, Entry>, size: u64) -> Result<(), ModelError> {
    let mut ranges = Vec::with_capacity(entries.len());
    for (name, entry) in entries {
        let [begin, end] = entry.data_offsets;
        let len = entry.shape.iter().try_fold(entry.dtype.bytes(), |len, side| len.checked_mul(*side));
        if entry.shape.len() > SIDES_MAX || end < begin || len != Some(end - begin) {
            return Err(damaged(format!("`{name}` is {:?} in bytes {begin} to {end}", entry.shape)));
        }
        ranges.push((begin, end));
    }
    ranges.sort_unstable();
    let mut reached = 0;
    for (begin, end) in ranges {
        if begin != reached {
            return Err(damaged(format!("bytes from {reached} belong to none or to two")));
        }
        reached = end;
    }
    if reached == size {
        return Ok(());
    }
    Err(damaged(format!("it ends at {size} instead of {reached}")))
}

fn damaged(why: String) -> ModelError {
    ModelError::Damaged { why }
}

/// The header, in which no name may stand twice and of which the notes are not kept.
struct Header(BTreeMap<String, Entry>);

impl<'de> Deserialize<'de> for Header {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries)
    }
}

struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Header;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a map of weights")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Header, A::Error> {
        let mut entries = BTreeMap::new();
        while let Some(name) = map.next_key::<String>()? {
            if name == "__metadata__" {
                map.next_value::<BTreeMap<String, String>>()?;
                continue;
            }
            if entries.len() == TENSORS_MAX || name.len() > NAME_BYTES_MAX {
                return Err(A::Error::custom("more or longer names than any model has"));
            }
            let entry = map.next_value()?;
            if entries.insert(name, entry).is_some() {
                return Err(A::Error::custom("a name stands twice"));
            }
        }
        Ok(Header(entries))
    }
}
