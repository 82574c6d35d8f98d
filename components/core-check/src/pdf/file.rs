//! The objects of a PDF by their numbers. They are found by looking for them, not by its tables: those can lie, and a
//! file whose tables are broken is shown by every viewer all the same.

use crate::limits::{PDF_DEPTH_MAX, PDF_OBJECTS_MAX, PDF_UNPACKED_MAX};
use crate::pdf::object::{Dictionary, Lexer, Object, is_space};
use crate::refuse;
use core_brand::Fault;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

pub(crate) const KIND: &str = "PDF";

pub(crate) struct File<'a> {
    bytes: &'a [u8],
    objects: BTreeMap<u32, Entry>,
    unpacked: Cell<usize>,
    /// What was unpacked once: a form can stand on every page.
    kept: RefCell<BTreeMap<u32, Rc<Vec<u8>>>>,
    /// Ways of packing that are not read.
    pub(crate) strange: RefCell<BTreeSet<String>>,
}

#[derive(Clone, Debug)]
struct Entry {
    object: Object,
    /// Where its bytes begin, where it has some.
    stream: Option<usize>,
}

impl<'a> File<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Fault> {
        let strange = RefCell::new(BTreeSet::new());
        let (unpacked, kept) = (Cell::new(0), RefCell::new(BTreeMap::new()));
        let mut file = Self { bytes, objects: BTreeMap::new(), unpacked, kept, strange };
        file.scan()?;
        if file.is_locked() {
            return Err(refuse::malformed(KIND, "it is locked with a password; save it without one"));
        }
        file.unfold()?;
        if file.objects.is_empty() {
            return Err(refuse::malformed(KIND, "there is no object in it"));
        }
        Ok(file)
    }

    /// Finds every `12 0 obj`; of several with one number the last is meant.
    fn scan(&mut self) -> Result<(), Fault> {
        let mut at = 0;
        while let Some(found) = find(self.bytes, at, b"obj") {
            at = found + 3;
            let Some(number) = self.number_before(found) else { continue };
            let mut lexer = Lexer::new(self.bytes, at, true);
            let Some(object) = lexer.next() else { continue };
            lexer.space();
            let stream = self.bytes[lexer.at..].starts_with(b"stream").then_some(lexer.at + 6);
            let stream = stream.map(|start| match self.bytes.get(start..start + 2) {
                Some(b"\r\n") => start + 2,
                _ => start + 1,
            });
            // Bytes of a stream are no objects, whatever they look like.
            at = match stream {
                Some(start) => self.end_of(&object, start),
                None => lexer.at.max(at),
            };
            self.objects.insert(number, Entry { object, stream });
            if self.objects.len() > PDF_OBJECTS_MAX {
                let max = PDF_OBJECTS_MAX as u64;
                return Err(refuse::too_large(max + 1, "objects", max));
            }
        }
        Ok(())
    }

    /// The number in `12 0 obj`, seen from the last word.
    fn number_before(&self, at: usize) -> Option<u32> {
        let before = &self.bytes[at.saturating_sub(20)..at];
        let text: String =
            before.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '?' }).collect();
        let mut words = text.split_ascii_whitespace().rev();
        let generation = words.next()?;
        let number = words.next()?;
        let is_number = generation.bytes().all(|byte| byte.is_ascii_digit());
        let digits = number.trim_start_matches(|letter: char| !letter.is_ascii_digit());
        digits.parse().ok().filter(|_| is_number && before.last().is_some_and(|byte| is_space(*byte)))
    }

    /// Where the bytes of a stream end: where its length says so and the word stands there, else at that word.
    fn end_of(&self, object: &Object, start: usize) -> usize {
        let length = match object {
            Object::Dictionary(dictionary) => dictionary.get("Length").and_then(Object::number),
            _ => None,
        };
        let told = length.filter(|length| *length >= 0.0).map(|length| start.saturating_add(length as usize));
        let is_end = |end: usize| {
            let rest = self.bytes.get(end..).unwrap_or_default();
            let skipped = rest.iter().take_while(|byte| is_space(**byte)).count().min(2);
            rest[skipped..].starts_with(b"endstream")
        };
        told.filter(|end| is_end(*end))
            .or_else(|| find(self.bytes, start.min(self.bytes.len()), b"endstream"))
            .unwrap_or(self.bytes.len())
    }

    fn is_locked(&self) -> bool {
        let is_locking = |entry: &Entry| match &entry.object {
            Object::Dictionary(dictionary) => dictionary.contains_key("Encrypt"),
            _ => false,
        };
        let mut at = 0;
        while let Some(found) = find(self.bytes, at, b"trailer") {
            at = found + 7;
            if let Some(Object::Dictionary(trailer)) = Lexer::new(self.bytes, at, true).next()
                && trailer.contains_key("Encrypt")
            {
                return true;
            }
        }
        self.objects.values().any(is_locking)
    }

    /// Takes the objects out of the streams that hold several.
    fn unfold(&mut self) -> Result<(), Fault> {
        let holds = |entry: &&Entry| match &entry.object {
            Object::Dictionary(dictionary) => dictionary.get("Type").and_then(Object::name) == Some("ObjStm"),
            _ => false,
        };
        let folded: Vec<Entry> = self.objects.values().filter(holds).cloned().collect();
        for entry in folded {
            let Object::Dictionary(dictionary) = &entry.object else { continue };
            let number =
                |key: &str| self.resolve(dictionary.get(key)?).number().map(|number| number as usize);
            let (Some(count), Some(first)) = (number("N"), number("First")) else { continue };
            let bytes = self.unpack(&entry)?;
            let mut heads = Lexer::new(&bytes, 0, false);
            for _ in 0..count.min(PDF_OBJECTS_MAX) {
                let (Some(Object::Number(number)), Some(Object::Number(offset))) =
                    (heads.next(), heads.next())
                else {
                    break;
                };
                let start = first.saturating_add(offset.max(0.0) as usize);
                let Some(object) = Lexer::new(&bytes, start, true).next() else { continue };
                self.objects.entry(number.max(0.0) as u32).or_insert(Entry { object, stream: None });
            }
            if self.objects.len() > PDF_OBJECTS_MAX {
                let max = PDF_OBJECTS_MAX as u64;
                return Err(refuse::too_large(max + 1, "objects", max));
            }
        }
        Ok(())
    }

    /// What a reference stands for; a reference to a reference to itself is nothing.
    pub(crate) fn resolve(&self, object: &Object) -> Object {
        let mut object = object.clone();
        for _ in 0..PDF_DEPTH_MAX {
            let Object::Reference(number) = object else { return object };
            object = self.objects.get(&number).map_or(Object::Nothing, |entry| entry.object.clone());
        }
        Object::Nothing
    }

    pub(crate) fn dictionary(&self, object: &Object) -> Option<Rc<Dictionary>> {
        if let Object::Dictionary(dictionary) = self.resolve(object) { Some(dictionary) } else { None }
    }

    pub(crate) fn list(&self, object: &Object) -> Option<Rc<Vec<Object>>> {
        if let Object::List(list) = self.resolve(object) { Some(list) } else { None }
    }

    pub(crate) fn get(&self, dictionary: &Dictionary, key: &str) -> Object {
        dictionary.get(key).map_or(Object::Nothing, |value| self.resolve(value))
    }

    /// Every dictionary with its number, for what has to be looked for.
    pub(crate) fn dictionaries(&self) -> impl Iterator<Item = (u32, Rc<Dictionary>)> {
        self.objects.iter().filter_map(|(number, entry)| match &entry.object {
            Object::Dictionary(dictionary) => Some((*number, dictionary.clone())),
            _ => None,
        })
    }

    /// The bytes behind a reference, unpacked; empty where there are none.
    pub(crate) fn stream(&self, object: &Object) -> Result<Rc<Vec<u8>>, Fault> {
        let mut object = object.clone();
        for _ in 0..PDF_DEPTH_MAX {
            let Object::Reference(number) = object else { break };
            if let Some(kept) = self.kept.borrow().get(&number) {
                return Ok(kept.clone());
            }
            let Some(entry) = self.objects.get(&number) else { break };
            if entry.stream.is_some() {
                let bytes = Rc::new(self.unpack(entry)?);
                self.kept.borrow_mut().insert(number, bytes.clone());
                return Ok(bytes);
            }
            object = entry.object.clone();
        }
        Ok(Rc::default())
    }

    fn unpack(&self, entry: &Entry) -> Result<Vec<u8>, Fault> {
        let (Some(start), Object::Dictionary(dictionary)) = (entry.stream, &entry.object) else {
            return Ok(Vec::new());
        };
        // A length that is an object of its own stands behind the stream; the word at the end is enough.
        let end = self.end_of(&entry.object, start);
        let mut bytes = self.bytes.get(start..end).unwrap_or_default().to_vec();
        self.spend(bytes.len())?;
        let filters = match self.get(dictionary, "Filter") {
            Object::Name(name) => vec![name],
            Object::List(list) => {
                list.iter().filter_map(|filter| self.resolve(filter).name().map(str::to_owned)).collect()
            }
            _ => Vec::new(),
        };
        for filter in filters.iter().take(PDF_DEPTH_MAX) {
            bytes = match filter.as_str() {
                "FlateDecode" | "Fl" => self.inflate(&bytes)?,
                "ASCIIHexDecode" | "AHx" => from_hex(&bytes),
                "ASCII85Decode" | "A85" => from_85(&bytes),
                other => {
                    self.strange.borrow_mut().insert(other.chars().take(40).collect());
                    return Ok(Vec::new());
                }
            };
        }
        Ok(bytes)
    }

    fn inflate(&self, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
        let left = PDF_UNPACKED_MAX - self.unpacked.get();
        let bytes = match miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(bytes, left) {
            Ok(bytes) => bytes,
            Err(why) if why.status == miniz_oxide::inflate::TINFLStatus::HasMoreOutput => {
                return Err(unpacked_too_large());
            }
            // What came before the damage is what a viewer shows.
            Err(why) => why.output,
        };
        self.spend(bytes.len())?;
        Ok(bytes)
    }

    fn spend(&self, bytes: usize) -> Result<(), Fault> {
        self.unpacked.set(self.unpacked.get().saturating_add(bytes).min(PDF_UNPACKED_MAX));
        if self.unpacked.get() < PDF_UNPACKED_MAX { Ok(()) } else { Err(unpacked_too_large()) }
    }
}

pub(crate) fn unpacked_too_large() -> Fault {
    let max = PDF_UNPACKED_MAX as u64;
    refuse::too_large(max, "bytes or more when it is unpacked", max - 1)
}

fn find(bytes: &[u8], from: usize, word: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(word.len()).position(|window| window == word).map(|at| from + at)
}

fn from_hex(bytes: &[u8]) -> Vec<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let digits: Vec<u32> = bytes.iter().take_while(|byte| **byte != b'>').filter_map(digit).collect();
    digits.chunks(2).map(|pair| (pair[0] * 16 + pair.get(1).unwrap_or(&0)) as u8).collect()
}

fn from_85(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut group: Vec<u32> = Vec::new();
    let mut flush = |group: &mut Vec<u32>| {
        let count = group.len();
        if count > 1 {
            group.resize(5, 84);
            let value = group.iter().fold(0_u64, |value, digit| value * 85 + u64::from(*digit));
            out.extend_from_slice(&(value as u32).to_be_bytes()[..count - 1]);
        }
        group.clear();
    };
    for byte in bytes.iter().take_while(|byte| **byte != b'~') {
        match byte {
            b'z' if group.is_empty() => {
                group.extend([0; 5]);
                flush(&mut group);
            }
            b'!'..=b'u' => {
                group.push(u32::from(byte - b'!'));
                if group.len() == 5 {
                    flush(&mut group);
                }
            }
            _ => {}
        }
    }
    flush(&mut group);
    out
}
