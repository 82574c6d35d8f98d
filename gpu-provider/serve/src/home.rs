//! Models on a disk: a folder for each, named `name@version`, with a list of its files and their hashes. LoRAs and ControlNets
//! lie among them; their lists say what they are.
//!
//! **Law.** What is added is whole or is not there: files are copied beside, checked by their hashes, and renamed in one act.
//! A model never changes under its name.

use crate::limits::{MODEL_BYTES_MAX, MODEL_FILES_MAX, MODELS_MAX};
use crate::registry::{Card, Extra, Kind, check_name};
use core_brand::Fault;
use core_brand::fault::Code;
use imprint_painter::Backend;
use imprint_painter_reference::safetensors::SafeTensors;
use imprint_painter_reference::{ModelError, folder, single};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Component, Path, PathBuf};

/// The list of a model's files.
pub const LIST: &str = "imprint-model.json";
/// Bytes of that list: some hundred lines.
pub const LIST_BYTES_MAX: usize = 1 << 20;
/// The file of a LoRA, whatever it was called before.
pub const LORA: &str = "lora.safetensors";
/// The weights of a model that are one file, whatever it was called before.
pub const CHECKPOINT: &str = "checkpoint.safetensors";
/// What is not whole yet.
const PARTIAL: &str = ".partial";
/// Read and hashed at once.
const PIECE_BYTES: usize = 1 << 20;
/// What only the folder of a whole model has, and what that of a ControlNet has in its place.
const MODEL_INDEX: &str = "model_index.json";
const CONTROL_CONFIG: &str = "config.json";
/// Ends of names that a model needs; a published folder has others beside, in other formats.
const ENDS: &[&str] = &["json", "txt", "safetensors"];
/// SDXL's side; a model that was trained at another is added with its own.
pub const NATIVE_PX: u32 = 1024;

/// A model's files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    pub format: u32,
    /// `name@version`.
    pub name: String,
    /// Lists of models do not say it.
    #[serde(default, skip_serializing_if = "is_model")]
    pub kind: Kind,
    /// Means something of models alone.
    pub native_px: u32,
    pub files: Vec<Entry>,
}

fn is_model(kind: &Kind) -> bool {
    *kind == Kind::Model
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Inside of the model, with `/`.
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
}

impl List {
    pub const FORMAT: u32 = 1;

    /// Reads a list that anybody may have written.
    pub fn read(text: &str) -> Result<Self, String> {
        let list: Self = serde_json::from_str(text).map_err(|why| why.to_string())?;
        check_name(&list.name)?;
        if list.format != Self::FORMAT {
            return Err(format!("its format is {}, and this is {}", list.format, Self::FORMAT));
        }
        if list.files.is_empty() || list.files.len() > MODEL_FILES_MAX {
            return Err(format!("it has {} files; 1 to {MODEL_FILES_MAX} are possible", list.files.len()));
        }
        let bytes = list.files.iter().try_fold(0_u64, |sum, file| sum.checked_add(file.bytes));
        if bytes.is_none_or(|bytes| bytes > MODEL_BYTES_MAX) {
            return Err(format!("it has more than {MODEL_BYTES_MAX} bytes"));
        }
        for file in &list.files {
            let hash = core_brand::BlobRef { sha256: file.sha256.clone(), bytes: file.bytes };
            if !is_inside(&file.path) || !hash.is_well_formed() {
                return Err(format!("`{}` is no file of a model with a hash", file.path));
            }
        }
        if list.kind == Kind::Lora && list.files.iter().all(|file| file.path != LORA) {
            return Err(format!("a LoRA is one file, `{LORA}`"));
        }
        Ok(list)
    }

    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    fn text(&self) -> String {
        // Plain data: it can always be written.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

/// A path that leads nowhere but into the folder.
fn is_inside(path: &str) -> bool {
    let plain = |part: Component| matches!(part, Component::Normal(_));
    !path.is_empty()
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        && Path::new(path).components().all(plain)
        && path != LIST
}

/// Every whole model of a folder of models. A list that cannot be read is a fault with its path: nothing is left out unsaid.
pub fn models(root: &Path) -> Result<Vec<(List, PathBuf)>, Fault> {
    let entries = match fs::read_dir(root) {
        Ok(entries) => entries,
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(why) => return Err(unread(root, &why)),
    };
    let mut found = Vec::new();
    for entry in entries.take(MODELS_MAX) {
        let path = entry.map_err(|why| unread(root, &why))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(PARTIAL) || !path.join(LIST).is_file() {
            continue;
        }
        let list = read_list(&path)?;
        if list.name == name {
            found.push((list, path));
        }
    }
    found.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
    Ok(found)
}

/// What orders can name beside a model.
pub fn extras(root: &Path) -> Result<Vec<Extra>, Fault> {
    Ok(cards_and_extras(root)?.1)
}

/// Models as cards.
pub fn cards(root: &Path) -> Result<Vec<Card>, Fault> {
    Ok(cards_and_extras(root)?.0)
}

pub(crate) fn cards_and_extras(root: &Path) -> Result<(Vec<Card>, Vec<Extra>), Fault> {
    let extra = |(list, home): (List, PathBuf)| Extra { name: list.name, kind: list.kind, home };
    let card = |(list, home): (List, PathBuf)| Card {
        name: list.name,
        native_px: list.native_px,
        backend: Backend::Reference,
        home,
    };
    let (models, beside): (Vec<_>, Vec<_>) =
        models(root)?.into_iter().partition(|(list, _)| list.kind == Kind::Model);
    Ok((models.into_iter().map(card).collect(), beside.into_iter().map(extra).collect()))
}

fn read_list(home: &Path) -> Result<List, Fault> {
    let path = home.join(LIST);
    let text = read_some(&path, LIST_BYTES_MAX).map_err(|why| unread(&path, &why))?;
    List::read(&text).map_err(|why| folder_fault(&path, &why))
}

fn read_some(path: &Path, most: usize) -> std::io::Result<String> {
    let mut text = String::new();
    File::open(path)?.take(most as u64).read_to_string(&mut text)?;
    Ok(text)
}

/// Whether the files of a model are those that were added.
pub fn unchanged(name: &str, home: &Path) -> Result<(), Fault> {
    for file in &read_list(home)?.files {
        let path = home.join(&file.path);
        let is_same = hash(&path).is_ok_and(|(sha256, bytes)| sha256 == file.sha256 && bytes == file.bytes);
        if !is_same {
            let args = [("file", file.path.clone()), ("name", name.to_owned())];
            return Err(Fault::new(Code::PaintModelChanged, args));
        }
    }
    Ok(())
}

/// Adds a model or a ControlNet in a folder as diffusers lays it out, or a LoRA: a file, or a folder of one. The weights of a
/// model may be one checkpoint at the top of its folder. Which of them it is follows from its files. The same again is the same; other files under the same name are refused.
pub fn add(root: &Path, from: &Path, name: &str, native_px: u32) -> Result<List, Fault> {
    check_name(name).map_err(|why| folder_fault(from, &why))?;
    let (kind, paths) = recognised(from)?;
    if paths.len() > MODEL_FILES_MAX {
        return Err(folder_fault(from, &format!("it has more than {MODEL_FILES_MAX} files")));
    }
    let partial = Partial::begin(root, name)?;
    let mut files = Vec::new();
    for (path, own) in paths {
        let (sha256, bytes) = copy(&path, &partial.0.join(&own)).map_err(|why| unread(&path, &why))?;
        files.push(Entry { path: own.to_string_lossy().replace('\\', "/"), bytes, sha256 });
    }
    finish(root, &partial, List { format: List::FORMAT, name: name.to_owned(), kind, native_px, files })
}

/// What this holds, and its files with what they are called among the models. What cannot be opened is not added.
fn recognised(from: &Path) -> Result<(Kind, Vec<(PathBuf, PathBuf)>), Fault> {
    let no = |why: ModelError| folder_fault(from, &said(&why));
    if let Some(file) = alone(from)? {
        if is_checkpoint(&file).map_err(no)? {
            return Err(folder_fault(from, BARE));
        }
        folder::outline_lora(&file).map_err(no)?;
        return Ok((Kind::Lora, vec![(file, PathBuf::from(LORA))]));
    }
    let mut paths = Vec::new();
    walk(from, &mut PathBuf::new(), &mut paths).map_err(|why| unread(from, &why))?;
    let mut paths: Vec<_> = paths.into_iter().map(|path| (from.join(&path), path)).collect();
    if !from.join(MODEL_INDEX).is_file() && from.join(CONTROL_CONFIG).is_file() {
        folder::outline_control(from).map_err(no)?;
        return Ok((Kind::Control, paths));
    }
    let parts = folder::open_either(from).map_err(no)?;
    parts.check_fits().map_err(no)?;
    if let Some(file) = folder::checkpoint(from).map_err(no)? {
        folder::check_weights(&parts).map_err(|why| {
            let whole = "is no checkpoint of the whole model in the layout that SDXL was published in";
            folder_fault(&file, &format!("it {whole}: {}", said(&why)))
        })?;
        paths.retain(|(path, _)| *path != file);
        paths.push((file, PathBuf::from(CHECKPOINT)));
    }
    Ok((Kind::Model, paths))
}

/// What a checkpoint without a folder is told.
const BARE: &str = "it is a checkpoint of a whole model, which has no configurations: put it at the top of a folder with the \
                    configurations and tokenizers of its model, as diffusers lays them out, and add that folder";

/// Whether a file has the first layer of the UNet under the name that checkpoints have for it.
fn is_checkpoint(file: &Path) -> Result<bool, ModelError> {
    let first = single::place(single::Part::Unet, "conv_in.weight");
    let file = SafeTensors::open(file)?;
    Ok(first.is_some_and(|first| file.shape(&first.name).is_some()))
}

/// The file itself, or the only one of weights in a folder that has no configuration.
fn alone(from: &Path) -> Result<Option<PathBuf>, Fault> {
    if from.is_file() {
        return Ok(Some(from.to_owned()));
    }
    if [MODEL_INDEX, CONTROL_CONFIG].iter().any(|name| from.join(name).is_file()) {
        return Ok(None);
    }
    let mut paths = Vec::new();
    walk(from, &mut PathBuf::new(), &mut paths).map_err(|why| unread(from, &why))?;
    let is_weights = |path: &&PathBuf| {
        path.components().count() == 1 && path.extension().is_some_and(|end| end == "safetensors")
    };
    let mut weights = paths.iter().filter(is_weights);
    match (weights.next(), weights.next()) {
        (Some(only), None) => Ok(Some(from.join(only))),
        (Some(_), Some(_)) => {
            Err(folder_fault(from, "it has several files of weights and no configuration; name one of them"))
        }
        (None, _) => Ok(None),
    }
}

fn said(why: &dyn std::error::Error) -> String {
    let cause = why.source().map(|cause| format!(": {cause}")).unwrap_or_default();
    format!("{why}{cause}")
}

/// A folder that is not a model yet. It is kept where an act is broken off, and taken up again by the next.
pub(crate) struct Partial(pub(crate) PathBuf);

impl Partial {
    pub(crate) fn begin(root: &Path, name: &str) -> Result<Self, Fault> {
        let path = root.join(format!("{name}{PARTIAL}"));
        fs::create_dir_all(&path).map_err(|why| unread(&path, &why))?;
        Ok(Self(path))
    }
}

/// Gives a whole folder its name.
pub(crate) fn finish(root: &Path, partial: &Partial, list: List) -> Result<List, Fault> {
    let home = root.join(&list.name);
    if home.join(LIST).is_file() {
        let known = read_list(&home)?;
        // Nobody needs the second copy, and what stays of it is found and used by the next.
        let _ = fs::remove_dir_all(&partial.0);
        if known == list {
            return Ok(known);
        }
        return Err(Fault::new(Code::PaintModelExists, [("name", list.name)]));
    }
    remove_others(&partial.0, &list).map_err(|why| unread(&partial.0, &why))?;
    let path = partial.0.join(LIST);
    let written = File::create(&path).and_then(|mut file| {
        file.write_all(list.text().as_bytes())?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&partial.0, &home)).map_err(|why| unread(&home, &why))?;
    Ok(list)
}

/// An act that was broken off may have left files of another list.
fn remove_others(partial: &Path, list: &List) -> std::io::Result<()> {
    let mut found = Vec::new();
    walk(partial, &mut PathBuf::new(), &mut found)?;
    let is_other = |path: &&PathBuf| list.files.iter().all(|file| Path::new(&file.path) != path.as_path());
    found.iter().filter(is_other).try_for_each(|path| fs::remove_file(partial.join(path)))
}

/// All files that a model needs, in the order of their paths.
fn walk(root: &Path, below: &mut PathBuf, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    /// A model's files lie in folders of folders at most.
    const DEPTH_MAX: usize = 3;
    let mut entries: Vec<_> = fs::read_dir(root.join(&*below))?.collect::<Result<_, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        below.push(entry.file_name());
        let kind = fs::metadata(entry.path())?;
        let name = below.to_string_lossy().into_owned();
        if kind.is_dir() && below.components().count() < DEPTH_MAX {
            walk(root, below, found)?;
        } else if kind.is_file()
            && ENDS.iter().any(|end| name.ends_with(&format!(".{end}")))
            && is_inside(&name)
        {
            found.push(below.clone());
        }
        below.pop();
    }
    Ok(())
}

/// Copies a file; gives its hash and its bytes.
fn copy(from: &Path, to: &Path) -> std::io::Result<(String, u64)> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create(to)?;
    let done = pieces(File::open(from)?, &mut |piece| file.write_all(piece))?;
    file.sync_all()?;
    Ok(done)
}

/// The hash of a file, and its bytes.
pub(crate) fn hash(path: &Path) -> std::io::Result<(String, u64)> {
    pieces(File::open(path)?, &mut |_| Ok(()))
}

fn pieces(from: File, with: &mut dyn FnMut(&[u8]) -> std::io::Result<()>) -> std::io::Result<(String, u64)> {
    let (mut hash, mut bytes, mut piece) = (Sha256::new(), 0, vec![0; PIECE_BYTES]);
    let mut from = from.take(MODEL_BYTES_MAX);
    loop {
        let read = from.read(&mut piece)?;
        if read == 0 {
            return Ok((hex(&hash.finalize()), bytes));
        }
        hash.update(&piece[..read]);
        with(&piece[..read])?;
        bytes += read as u64;
    }
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

pub(crate) fn unread(path: &Path, why: &std::io::Error) -> Fault {
    folder_fault(path, &why.to_string())
}

pub(crate) fn folder_fault(path: &Path, why: &str) -> Fault {
    Fault::new(Code::PaintModelFolder, [("path", path.display().to_string()), ("why", why.to_owned())])
}
