//! Tasks that were done before, not done again: the outputs of a task follow from its key and the components.

use crate::callee::{CallContext, Callee, Decided, Paintings};
use core_brand::painting::PaintOrder;
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

    async fn paint(&self, ctx: CallContext, order: PaintOrder) -> Result<Paintings, Fault> {
        self.callee.paint(ctx, order).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes one file that says which task it is of.
    struct Echo;

    impl Callee for Echo {
        async fn decide(&self, _: String, _: CallContext, _: Vec<String>) -> Result<Decided, Fault> {
            Ok(Decided::Rest)
        }

        async fn plan(
            &self,
            _: String,
            _: CallContext,
            _: String,
            _: Vec<Document>,
        ) -> Result<Vec<Task>, Fault> {
            Ok(Vec::new())
        }

        async fn build(&self, _: String, _: CallContext, task: Task) -> Result<Vec<Document>, Fault> {
            Ok(vec![Document::file(&task.id, "text/plain", task.id.clone().into_bytes())])
        }
    }

    impl Past for BTreeMap<String, Vec<Document>> {
        fn made(&self, key: &str) -> Option<Vec<Document>> {
            self.get(key).cloned()
        }
    }

    fn task(id: &str, input: &[u8]) -> Task {
        let input = Document::file("in", "text/plain", input.to_vec());
        Task { id: id.to_owned(), kind: "k".to_owned(), settings: "{}".to_owned(), inputs: vec![input] }
    }

    #[tokio::test]
    async fn only_a_task_that_is_the_same_is_not_done() {
        let known = task("a", b"1");
        let stored =
            Task { inputs: known.inputs.iter().map(Document::by_reference).collect(), ..known.clone() };
        assert_eq!(known.key("x"), stored.key("x"), "wherever the bytes lie");
        let old = vec![Document::file("old", "text/plain", b"old".to_vec())];
        let reusing = Reusing::new(Arc::new(Echo), BTreeMap::from([(known.key("x"), old)]));
        let mut made = Vec::new();
        for (component, task) in [
            ("x", stored),
            ("y", known.clone()),
            ("x", task("a", b"2")),
            ("x", task("b", b"1")),
            ("x", Task { settings: "{\"n\":1}".to_owned(), ..known.clone() }),
            ("x", Task { kind: "l".to_owned(), ..known }),
        ] {
            let documents = reusing.build(component.to_owned(), CallContext::default(), task).await.unwrap();
            made.push(documents[0].name.clone());
        }
        assert_eq!(made, ["old", "a", "a", "b", "a", "a"]);
        let account = reusing.account();
        let counts =
            [account.tasks_rebuilt, account.tasks_reused, account.files_rebuilt, account.files_reused];
        assert_eq!(counts, [5, 1, 5, 1]);
        assert_eq!(account.made.len(), 6);
    }
}
