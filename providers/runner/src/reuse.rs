//! Tasks that were done before, not done again: the outputs of a task follow from its key and the components.

use crate::callee::{CallContext, Callee, Decided};
use core_brand::{Document, DocumentKind, Fault, Task};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// What earlier tasks made.
pub trait Past: Send + Sync + 'static {
    /// The documents of the task with this key, each with its bytes; nothing where one of them is no longer there.
    fn made(&self, key: &str) -> Option<Vec<Document>>;
}

/// Components behind a memory: only tasks that nobody did before reach them.
pub struct Reusing<C, P> {
    callee: Arc<C>,
    past: P,
    account: Mutex<Account>,
}

/// What was done, and what did not have to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    pub tasks_rebuilt: usize,
    pub tasks_reused: usize,
    pub files_rebuilt: usize,
    pub files_reused: usize,
    /// The files of tasks that were done.
    pub rebuilt: BTreeSet<String>,
    /// The documents of every task, by its key.
    pub made: BTreeMap<String, Vec<Document>>,
}

impl<C: Callee, P: Past> Reusing<C, P> {
    pub fn new(callee: Arc<C>, past: P) -> Self {
        Self { callee, past, account: Mutex::default() }
    }

    /// How it stands.
    #[must_use]
    pub fn account(&self) -> Account {
        self.account.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, key: String, documents: &[Document], is_reused: bool) {
        let mut account = self.account.lock().unwrap_or_else(PoisonError::into_inner);
        let files = documents.iter().filter(|document| document.kind == DocumentKind::File);
        let names: Vec<String> = files.map(|file| file.name.clone()).collect();
        if is_reused {
            account.tasks_reused += 1;
            account.files_reused += names.len();
        } else {
            account.tasks_rebuilt += 1;
            account.files_rebuilt += names.len();
            account.rebuilt.extend(names);
        }
        account.made.insert(key, documents.iter().map(Document::by_reference).collect());
    }
}

impl<C: Callee, P: Past> Callee for Reusing<C, P> {
    async fn decide(
        &self,
        component: String,
        ctx: CallContext,
        journal: Vec<String>,
    ) -> Result<Decided, Fault> {
        self.callee.decide(component, ctx, journal).await
    }

    async fn plan(
        &self,
        component: String,
        ctx: CallContext,
        step: String,
        inputs: Vec<Document>,
    ) -> Result<Vec<Task>, Fault> {
        self.callee.plan(component, ctx, step, inputs).await
    }

    async fn build(&self, component: String, ctx: CallContext, task: Task) -> Result<Vec<Document>, Fault> {
        let key = task.key(&component);
        if let Some(documents) = self.past.made(&key) {
            self.note(key, &documents, true);
            return Ok(documents);
        }
        let documents = self.callee.build(component, ctx, task).await?;
        self.note(key, &documents, false);
        Ok(documents)
    }
}
