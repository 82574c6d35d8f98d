//! Components made when the test runs, from the texts of our contracts: the released ones, and the next version of each.
//!
//! There are two kinds. One *asks*: each of its functions calls the contract of the same name and hands on what that says. One
//! *answers*: each of its functions says its own name and the tenant that it was asked by, or, at attempt 0, something good in
//! which all is zero.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::abi::{AbiVariant, WasmSignature, WasmType};
use wit_parser::{Function, Int, Resolve, SizeAlign, Type, TypeDefKind};

/// The function that the next version of each interface has more.
pub(crate) const ADDED: &str = "added-later";

/// The package of the words that all contracts share. It has no functions.
const WORDS: &str = "platform";

/// Where these components lay an answer, and the names that they say; behind them lies what they are given.
const ANSWER_AT: usize = 1024;
const NAMES_AT: usize = 4096;
const GIVEN_AT: usize = 65_536;

/// A call context begins with the tenant; its attempt is the seventh of its flat values, and behind so many bytes.
const ATTEMPT_FLAT: usize = 6;
const ATTEMPT_AT: usize = 32;

/// The case `internal` of an error; and behind its case, which takes 4 bytes with the room, where the fault in it has its code
/// and its message.
const INTERNAL: usize = 2;
const CODE_AT: usize = 4;
const MESSAGE_AT: usize = 4 + 28;

/// An interface in one version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Contract {
    /// Such as `jobs/step`.
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) functions: Vec<String>,
}

impl Contract {
    /// As it is exported, imported and called.
    pub(crate) fn id(&self) -> String {
        format!("imprint:{}@{}", self.name, self.version)
    }

    /// The same in the mouth of who asks.
    pub(crate) fn asked_as(&self) -> String {
        format!("asks:{}@{}", self.name, self.version)
    }
}

/// How the next version of a contract differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Each interface has a function more, and speaks in the same words.
    Functions,
    /// The words have a next version too: the context of a call says more.
    Words,
}

/// A package as its folder has it.
struct Package {
    name: String,
    version: String,
    /// By the names of their files.
    texts: BTreeMap<String, String>,
}

impl Package {
    fn read(path: &Path) -> Option<Self> {
        let (name, version) = name_of(path).strip_prefix("imprint-")?.split_once('@')?;
        let text = |file: PathBuf| (name_of(&file).to_owned(), std::fs::read_to_string(&file).unwrap());
        let texts = entries(path).into_iter().map(text).collect();
        Some(Self { name: name.to_owned(), version: version.to_owned(), texts })
    }

    fn is_words(&self) -> bool {
        self.name == WORDS
    }

    /// All interfaces with a function in them.
    fn contracts(&self) -> Vec<Contract> {
        let mut found = Vec::<Contract>::new();
        for line in self.texts.values().flat_map(|text| text.lines()) {
            if let Some(name) = line.strip_prefix("interface ").and_then(|rest| rest.strip_suffix(" {")) {
                let name = format!("{}/{name}", self.name);
                found.push(Contract { name, version: self.version.clone(), functions: Vec::new() });
            } else if let (Some((name, _)), Some(last)) = (line.split_once(": func("), found.last_mut()) {
                last.functions.push(name.trim_start_matches([' ', '%']).to_owned());
            }
        }
        found.retain(|contract| !contract.functions.is_empty());
        found
    }

    /// The next version; `words` are those of the released ones.
    fn next(&self, change: Change, words: &str) -> Self {
        let moved = |line: &str, version: &str| line.replace(version, &after(version));
        let changed = |line: &str| match line {
            "}" if !self.is_words() => {
                format!("  {ADDED}: func(ctx: call-context, since: u64) -> result<string, error>;\n}}")
            }
            "    locale: string," if self.is_words() => format!("{line}\n    more: option<string>,"),
            line if line.starts_with("package ") => moved(line, &self.version),
            line if line.starts_with("  use ") && change == Change::Words => moved(line, words),
            line => line.to_owned(),
        };
        let text = |text: &str| text.lines().map(|line| changed(line) + "\n").collect::<String>();
        let texts = self.texts.iter().map(|(file, old)| (file.clone(), text(old))).collect();
        Self { name: self.name.clone(), version: after(&self.version), texts }
    }

    fn write(&self, folder: &Path, namespace: &str) {
        let folder = folder.join(format!("{namespace}-{}@{}", self.name, self.version));
        std::fs::create_dir_all(&folder).unwrap();
        for (file, text) in &self.texts {
            let own = text.replace("package imprint:", &format!("package {namespace}:"));
            std::fs::write(folder.join(file), own).unwrap();
        }
    }
}

/// The version behind this one. Not 0.1.1: engines take that for 0.1.0, as the rules of versions have it, and the bus does not.
fn after(version: &str) -> String {
    let mut numbers = version.split('.').map(|number| number.parse::<u64>().unwrap());
    let [major, minor] = [numbers.next().unwrap(), numbers.next().unwrap()];
    if major == 0 { format!("0.{}.0", minor + 1) } else { format!("{}.0.0", major + 1) }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn name_of(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

/// All contracts, the released and the next.
pub(crate) struct Contracts {
    pub(crate) released: BTreeSet<Contract>,
    pub(crate) next: BTreeSet<Contract>,
    folder: tempfile::TempDir,
}

impl Contracts {
    pub(crate) fn read(change: Change) -> Self {
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wit/deps");
        let packages: Vec<_> = entries(&ours).iter().filter_map(|path| Package::read(path)).collect();
        let words = packages.iter().find(|package| package.is_words()).unwrap().version.clone();
        let next: Vec<_> = packages.iter().map(|package| package.next(change, &words)).collect();
        let folder = tempfile::tempdir().unwrap();
        for package in packages.iter().chain(&next) {
            package.write(&folder.path().join("deps"), "imprint");
            if !package.is_words() {
                package.write(&folder.path().join("deps"), "asks");
            }
        }
        let all = |packages: &[Package]| packages.iter().flat_map(Package::contracts).collect();
        Self { released: all(&packages), next: all(&next), folder }
    }

    /// One that asks by these contracts.
    pub(crate) fn asking<'a>(&self, by: impl Iterator<Item = &'a Contract> + Clone) -> Vec<u8> {
        let imports = by.clone().map(|contract| format!("import {};", contract.id()));
        let exports = by.map(|contract| format!("export {};", contract.asked_as()));
        self.component(imports.chain(exports), |resolve, text, (name, function), number| {
            let of = name.replacen("asks:", "imprint:", 1);
            let taken =
                core_types("param", &resolve.wasm_signature(AbiVariant::GuestImport, function).params);
            let import = format!("(import {of:?} {:?} (func $f{number} {taken}))\n", function.name);
            let signature = resolve.wasm_signature(AbiVariant::GuestExport, function);
            let given: String = (0..signature.params.len()).map(|at| format!("(local.get {at}) ")).collect();
            let call = format!("(call $f{number} {given}(i32.const {ANSWER_AT}))");
            *text = import + text + &exported(name, function, &signature, &call);
        })
    }

    /// One that answers by these contracts.
    pub(crate) fn answering<'a>(&self, by: impl Iterator<Item = &'a Contract>) -> Vec<u8> {
        let exports = by.map(|contract| format!("export {};", contract.id()));
        let mut names_at = NAMES_AT;
        self.component(exports, |resolve, text, (name, function), _| {
            let signature = resolve.wasm_signature(AbiVariant::GuestExport, function);
            let said = format!("{name}#{}", function.name);
            let answer = answer(&signature, payload_at(resolve, function), (names_at, said.len()));
            *text += &format!("(data (i32.const {names_at}) {said:?})\n");
            *text += &exported(name, function, &signature, &answer);
            names_at += said.len();
            assert!(names_at < GIVEN_AT);
        })
    }

    /// A component of this world; `write` adds one function that the world exports to the text of its module.
    fn component(
        &self,
        world: impl Iterator<Item = String>,
        mut write: impl FnMut(&Resolve, &mut String, (&str, &Function), usize),
    ) -> Vec<u8> {
        let world = world.map(|line| format!("  {line}\n")).collect::<String>();
        let text = format!("package test:worlds;\n\nworld it {{\n{world}}}\n");
        std::fs::write(self.folder.path().join("worlds.wit"), text).unwrap();
        let mut resolve = Resolve::default();
        let (package, _) = resolve.push_dir(self.folder.path()).unwrap();
        let world = resolve.select_world(package, Some("it")).unwrap();
        let mut text = memory();
        let mut number = 0;
        for (key, item) in &resolve.worlds[world].exports {
            let wit_parser::WorldItem::Interface { id, .. } = item else { continue };
            for function in resolve.interfaces[*id].functions.values() {
                write(&resolve, &mut text, (&resolve.name_world_key(key), function), number);
                number += 1;
            }
        }
        assert!(number > 0);
        let mut module = wat::parse_str(format!("(module\n{text})")).unwrap();
        embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).unwrap();
        ComponentEncoder::default().validate(true).module(&module).unwrap().encode().unwrap()
    }
}

/// Memory, and room in it for what is given: it is never given back, as an instance lives for one call.
fn memory() -> String {
    format!(
        r#"(memory (export "memory") 16)
(global $top (mut i32) (i32.const {GIVEN_AT}))
(func (export "cabi_realloc") (param i32 i32) (param $align i32) (param $bytes i32) (result i32) (local $at i32)
  (local.set $at (i32.and
    (i32.add (global.get $top) (i32.sub (local.get $align) (i32.const 1)))
    (i32.sub (i32.const 0) (local.get $align))))
  (global.set $top (i32.add (local.get $at) (local.get $bytes)))
  (local.get $at))
"#
    )
}

/// An exported function that does this, and gives its answer where all lay theirs.
fn exported(name: &str, function: &Function, signature: &WasmSignature, does: &str) -> String {
    assert!(signature.retptr, "{name}#{} answers with a result", function.name);
    let export = format!("{name}#{}", function.name);
    let taken = core_types("param", &signature.params);
    format!("(func (export {export:?}) {taken} (result i32)\n{does}\n(i32.const {ANSWER_AT}))\n")
}

/// Says who answers and who asked, unless it is asked for something good.
fn answer(signature: &WasmSignature, payload_at: usize, (name_at, name_bytes): (usize, usize)) -> String {
    let given = |flat: usize, at: usize| match signature.indirect_params {
        true => format!("(i32.load offset={at} (local.get 0))"),
        false => format!("(local.get {flat})"),
    };
    let put = |at: usize, value: &str| format!("(i32.store (i32.const {}) {value})\n", ANSWER_AT + at);
    let number = |number: usize| format!("(i32.const {number})");
    let mut text = format!("(if {} (then\n", given(ATTEMPT_FLAT, ATTEMPT_AT));
    text += &put(0, &number(1));
    text += &put(payload_at, &number(INTERNAL));
    text += &put(payload_at + CODE_AT, &given(0, 0));
    text += &put(payload_at + CODE_AT + 4, &given(1, 4));
    text += &put(payload_at + MESSAGE_AT, &number(name_at));
    text += &put(payload_at + MESSAGE_AT + 4, &number(name_bytes));
    text + "))"
}

/// Where the value of a result lies, behind its case.
fn payload_at(resolve: &Resolve, function: &Function) -> usize {
    let Some(Type::Id(id)) = function.result else { panic!("`{}` answers with nothing", function.name) };
    let TypeDefKind::Result(result) = &resolve.types[id].kind else {
        panic!("`{}` answers with no result", function.name)
    };
    let mut sizes = SizeAlign::default();
    sizes.fill(resolve);
    sizes.payload_offset(Int::U8, [result.ok.as_ref(), result.err.as_ref()]).size_wasm32()
}

fn core_types(what: &str, types: &[WasmType]) -> String {
    let name = |kind: &WasmType| match kind {
        WasmType::I32 | WasmType::Pointer | WasmType::Length => " i32",
        WasmType::I64 | WasmType::PointerOrI64 => " i64",
        WasmType::F32 => " f32",
        WasmType::F64 => " f64",
    };
    format!("({what}{})", types.iter().map(name).collect::<String>())
}
