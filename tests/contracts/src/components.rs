//! Component files as callees. A file can stand in for another of the same name: a released version, say.

use crate::away::Door;
use crate::callee::{Callee, context};
use crate::value::{bytes_of, content_of, json_of, of_content, val};
use core_brand::content::sha256_hex;
use core_saga::{STEPS, StepRow};
use imprint_artifacts::artifacts;
use imprint_blobs::{Blobs, FontShelf};
use imprint_embedded::{CodeCache, ComponentFile, Embedded, Settings, Surface};
use imprint_supply::{Places, Quiet};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::runtime::Runtime;

/// Names the files to replay against instead of those of this checkout: `design=/path/of/a.wasm,logo=...`.
pub const CALLEES: &str = "IMPRINT_CALLEES";

const STEP: &str = "imprint:jobs/step@0.1.0";
/// The tenant of the usual context; content is kept under it.
const TENANT: &str = "acme";

/// All components in one engine, over one store.
pub struct Components {
    runtime: Runtime,
    embedded: Embedded<Door>,
    store: Arc<Door>,
    /// The documents of each step that was asked for.
    made: Mutex<BTreeMap<&'static str, Vec<Value>>>,
}

/// One of them.
pub struct One<'a> {
    all: &'a Components,
    name: &'a str,
}

impl Components {
    /// The files of this checkout, but for those named in `IMPRINT_CALLEES`.
    pub fn open() -> Result<Self, String> {
        let listed = std::env::var(CALLEES).unwrap_or_default();
        let pairs = listed.split(',').filter_map(|pair| pair.split_once('='));
        Self::with(&pairs.map(|(name, path)| (name.to_owned(), PathBuf::from(path))).collect())
    }

    /// The files of this checkout, but for these.
    pub fn with(instead: &BTreeMap<String, PathBuf>) -> Result<Self, String> {
        let built = artifacts();
        let mut files = built.components.clone();
        files.push(notify()?);
        for (name, path) in instead {
            let file = files.iter_mut().find(|file| file.name == *name);
            *file.ok_or_else(|| format!("there is no component `{name}`"))? = other(name, path)?;
        }
        let runtime = Runtime::new().map_err(|why| why.to_string())?;
        let store = Arc::new(Door::default());
        let embedded = {
            let _inside = runtime.enter();
            let cache = CodeCache::open(&built.compiled).map_err(|fault| fault.message)?;
            let fonts = FontShelf::new(built.fonts.clone());
            Embedded::load(&files, &cache, store.clone(), fonts, Settings::default())
        };
        let embedded = embedded.map_err(|fault| fault.message)?;
        Ok(Self { runtime, embedded, store, made: Mutex::default() })
    }

    #[must_use]
    pub fn one<'a>(&'a self, name: &'a str) -> One<'a> {
        One { all: self, name }
    }

    /// What a component imports and exports.
    pub fn surface(&self, name: &str) -> Result<Surface, String> {
        self.embedded.surface(name).map_err(|fault| fault.message)
    }

    fn call(&self, name: &str, interface: &str, function: &str, args: &[Value]) -> Result<Value, String> {
        let kinds = self.embedded.takes(name, interface, function).map_err(|fault| fault.message)?;
        if kinds.len() != args.len() {
            return Err(format!("it takes {} arguments and is given {}", kinds.len(), args.len()));
        }
        let args: Vec<_> =
            kinds.iter().zip(args).map(|(kind, arg)| val(kind, arg)).collect::<Result<_, _>>()?;
        let answer = self.embedded.call(name, interface, function, &args);
        answer.map(|answer| json_of(&answer)).map_err(|fault| fault.message)
    }

    /// What the runner would have at this step.
    fn documents_before(&self, step: &str) -> Result<Vec<Value>, String> {
        let mut documents = vec![request()];
        for row in STEPS.iter().take_while(|row| row.name != step) {
            let known = self.made.lock().unwrap_or_else(PoisonError::into_inner).get(row.name).cloned();
            let made = known.map_or_else(|| self.make(row, &documents), Ok)?;
            self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(row.name, made.clone());
            documents.extend(made);
        }
        Ok(documents)
    }

    /// All documents of the usual brief, by the steps that make them.
    pub fn kit(&self) -> Result<Vec<(&'static str, Vec<Value>)>, String> {
        self.documents_before("")?;
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(STEPS.iter().filter_map(|row| Some((row.name, made.get(row.name)?.clone()))).collect())
    }

    fn make(&self, row: &StepRow, documents: &[Value]) -> Result<Vec<Value>, String> {
        let ok = |function: &str, args: &[Value]| {
            let answer = self.call(row.component, STEP, function, args)?;
            answer["ok"]
                .as_array()
                .cloned()
                .ok_or_else(|| format!("`{}` does not {function}: {answer}", row.name))
        };
        let context = context(&Map::new(), 1);
        let mut made = Vec::new();
        for task in ok("plan", &[context.clone(), json!(row.name), json!(documents)])? {
            for document in ok("build", &[context.clone(), task])? {
                made.push(self.stored(document)?);
            }
        }
        Ok(made)
    }

    /// The runner keeps every body in the store.
    fn stored(&self, mut document: Value) -> Result<Value, String> {
        if let Some(inline) = document["body"].get("inline") {
            document["body"] = json!({ "stored": self.keep(&bytes_of(inline)?)? });
        }
        Ok(document)
    }

    fn keep(&self, bytes: &[u8]) -> Result<Value, String> {
        let kept = self.runtime.block_on(self.store.behind().put(TENANT, bytes.to_vec()));
        kept.map(|content| of_content(&content)).map_err(|fault| fault.message)
    }

    fn content(&self, content: &Value) -> Result<Vec<u8>, String> {
        let found = self.runtime.block_on(self.store.behind().get(TENANT, &content_of(content)?));
        found.map_err(|fault| fault.message)
    }
}

impl Callee for One<'_> {
    fn call(&self, function: &str, args: &[Value]) -> Result<Value, String> {
        let (interface, function) =
            function.split_once('#').ok_or_else(|| format!("`{function}` names no function"))?;
        self.all.call(self.name, interface, function, args)
    }

    fn made(&self, step: &str) -> Result<Value, String> {
        self.all.documents_before(step).map(Value::from)
    }

    fn content(&self, content: &Value) -> Result<Vec<u8>, String> {
        self.all.content(content)
    }

    fn keep(&self, bytes: &[u8]) -> Result<Value, String> {
        self.all.keep(bytes)
    }

    fn store_is_away(&self, is_away: bool) {
        self.all.store.set_away(is_away);
    }
}

/// The component that only the courier calls; it is built with the others.
fn notify() -> Result<ComponentFile, String> {
    let places = Places::find().map_err(|fault| fault.message)?;
    let all = imprint_supply::lattice_components(&places, &Quiet).map_err(|fault| fault.message)?;
    let found = all.into_iter().find(|one| one.name == "notify").ok_or("there is no component `notify`")?;
    Ok(ComponentFile { name: found.name, path: found.path, sha256: found.sha256 })
}

fn other(name: &str, path: &PathBuf) -> Result<ComponentFile, String> {
    let bytes = std::fs::read(path).map_err(|why| format!("{}: {why}", path.display()))?;
    Ok(ComponentFile { name: name.to_owned(), path: path.clone(), sha256: sha256_hex(&bytes) })
}

/// A small brief: two concepts show that tasks are told apart.
fn request() -> Value {
    let brief = json!({
        "format": 1,
        "brief": { "company_name": "Northwind Coffee", "industry": "coffee", "complexity": "simple" },
        "seed": "42",
        "concepts": 2,
    });
    json!({
        "name": "request.json",
        "kind": "working",
        "media-type": "application/json",
        "pixels": null,
        "body": { "inline": brief.to_string() },
    })
}
