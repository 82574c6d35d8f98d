//! Expectations: read from their folder, and replayed.

use crate::callee::{Callee, context};
use crate::pattern::{at, matches, resolve};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::fs;
use std::path::{Path, PathBuf};

/// What a caller relies on: calls in their order.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// Where the caller uses it, in a sentence.
    pub because: String,
    pub calls: Vec<Call>,
}

/// One call. It is made twice, the second time as the next try of the same act.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Call {
    pub function: String,
    /// Fields of the context that matter here.
    #[serde(default)]
    pub context: Map<String, Value>,
    /// The arguments behind the context.
    #[serde(default)]
    pub with: Vec<Value>,
    /// What the caller uses of the answer.
    pub answer: Value,
    /// The same of the second answer, the first one being the last of those before; usually both are equal.
    pub again: Option<Value>,
    /// The store behind the callee answers `busy` meanwhile.
    #[serde(default)]
    pub store_is_away: bool,
}

/// The expectations of one caller of one callee.
#[derive(Clone, Debug)]
pub struct Pair {
    pub caller: String,
    pub callee: String,
    /// By the name of their file.
    pub expectations: Vec<(String, Expectation)>,
}

impl Expectation {
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))?;
        serde_json::from_str(&text).map_err(|why| format!("{}: {why}", path.display()))
    }

    /// Makes the calls and compares. Gives the answers, or says what is not as the caller needs it.
    pub fn replay(&self, callee: &dyn Callee) -> Result<Vec<Value>, String> {
        let mut answers = Vec::new();
        for (number, call) in self.calls.iter().enumerate() {
            callee.store_is_away(call.store_is_away);
            let done = call.twice(callee, &answers);
            callee.store_is_away(false);
            let answer = done.map_err(|why| format!("call {number}, {}: {why}", call.function))?;
            answers.push(answer);
        }
        Ok(answers)
    }
}

impl Call {
    fn twice(&self, callee: &dyn Callee, before: &[Value]) -> Result<Value, String> {
        let answer = self.ask(callee, before, 1)?;
        matches(&self.answer, &answer, before)?;
        let second = self.ask(callee, before, 2)?;
        let Some(again) = &self.again else {
            let same = || Err(format!("asked again it answers otherwise: {}", at(&second, &answer)));
            return if second == answer { Ok(answer) } else { same() };
        };
        let before = [before, std::slice::from_ref(&answer)].concat();
        matches(again, &second, &before).map_err(|why| format!("asked again: {why}"))?;
        Ok(answer)
    }

    fn ask(&self, callee: &dyn Callee, before: &[Value], attempt: u32) -> Result<Value, String> {
        let context = context(&self.context, attempt);
        let mut args = vec![context.clone()];
        for arg in &self.with {
            args.push(resolve(arg, before, callee, &context)?);
        }
        callee.call(&self.function, &args)
    }
}

/// All pairs below a folder, by name.
pub fn pairs(root: &Path) -> Result<Vec<Pair>, String> {
    let mut pairs = Vec::new();
    for folder in sorted(root)? {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some((caller, callee)) = name.split_once('-').filter(|_| folder.is_dir()) else { continue };
        let mut expectations = Vec::new();
        for file in sorted(&folder)? {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            expectations.push((name, Expectation::read(&file)?));
        }
        pairs.push(Pair { caller: caller.to_owned(), callee: callee.to_owned(), expectations });
    }
    Ok(pairs)
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    Ok(paths)
}
