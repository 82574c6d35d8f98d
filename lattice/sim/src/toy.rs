//! Components that make two documents of each task: one they hand over, one they store. They are slow, silent or busy by chance.

use crate::plan::{Fault as Wrong, Planted};
use crate::run::{TENANT, VERSIONS};
use crate::shelf::Shelf;
use core_brand::fault::Code;
use core_brand::{Body, Document, DocumentKind, Fault, Task};
use core_saga::{Outcome, component_id, row};
use imprint_blobs::{Blobs, space};
use imprint_runner::{CallContext, Callee, Decided};
use std::time::Duration;
use tokio::time::sleep;

/// All components over one connection, in the versions that there are.
#[derive(Clone)]
pub(crate) struct Toy(pub(crate) Shelf);

impl Toy {
    /// Refuses what is not pinned, then takes its time.
    async fn enter(&self, component: &str, address: &str, ctx: &CallContext) -> Result<(), Fault> {
        let world = &self.0.0.world;
        let known =
            VERSIONS[..world.versions()].iter().any(|version| component_id(component, version) == address);
        if !known {
            return Err(Fault::new(Code::CalleeMissing, [("callee", address.to_owned())]));
        }
        let job = job_of(ctx);
        if let Some(pinned) = world.held().pinned.get(job).cloned()
            && component_id(component, &pinned) != address
        {
            world.wrong(format!("`{job}` is pinned to {pinned} and asked `{address}`"));
        }
        let per_mille = world.scene.faults / 2;
        let (takes_ms, is_silent, is_busy) = {
            let chance = &mut world.held().chance;
            let takes_ms = if chance.often(30) { chance.between(500, 5_000) } else { chance.between(0, 40) };
            (takes_ms, chance.often(per_mille), chance.often(per_mille))
        };
        if takes_ms > 0 {
            sleep(Duration::from_millis(takes_ms)).await;
        }
        if is_silent && world.strikes(Wrong::Silent, || format!("{address} for {job}")) {
            std::future::pending::<()>().await;
        }
        if is_busy && world.strikes(Wrong::Busy, || format!("{address} for {job}")) {
            return Err(Fault::new(
                Code::Conflict,
                [("expected", "a pause".to_owned()), ("found", "others".to_owned())],
            ));
        }
        Ok(())
    }

    /// What a step that refuses says.
    fn refuse(&self, ctx: &CallContext, step: &str) -> Result<usize, Fault> {
        let job = job_of(ctx);
        let order = self.0.0.world.scene.orders.iter().find(|order| order.id == job);
        match order {
            Some(order) if order.failing == Some(step) => Err(Fault::new(Code::NameEmpty, [])),
            order => Ok(order.map_or(1, |order| order.tasks)),
        }
    }
}

impl Callee for Toy {
    async fn decide(
        &self,
        component: String,
        ctx: CallContext,
        journal: Vec<String>,
    ) -> Result<Decided, Fault> {
        self.enter("orchestrator", &component, &ctx).await?;
        let decided = core_saga::next(&journal).map_err(|why| core_brand::broken!("{why}"))?;
        let is_planted = self.0.0.world.plan.planted == Some(Planted::NoUndo);
        match Decided::from(decided) {
            Decided::Undo { .. } if is_planted => Ok(Decided::End(Outcome::Failed)),
            decided => Ok(decided),
        }
    }

    async fn plan(
        &self,
        component: String,
        ctx: CallContext,
        step: String,
        inputs: Vec<Document>,
    ) -> Result<Vec<Task>, Fault> {
        self.enter(row(&step).map_or("", |row| row.component), &component, &ctx).await?;
        let tasks = self.refuse(&ctx, &step)?;
        let inputs = inputs.into_iter().take(1).collect::<Vec<_>>();
        (0..tasks).map(|number| Task::new(format!("t{number}"), "toy", &step, inputs.clone())).collect()
    }

    async fn build(&self, component: String, ctx: CallContext, task: Task) -> Result<Vec<Document>, Fault> {
        let step: String = task.settings()?;
        self.enter(row(&step).map_or("", |row| row.component), &component, &ctx).await?;
        self.refuse(&ctx, &step)?;
        let name = format!("{step}/{}", task.id);
        let large = format!("large {name}").into_bytes();
        let large = self.0.put(&space(TENANT, job_of(&ctx)), large).await?;
        let stored = Document {
            kind: DocumentKind::Working,
            body: Body::Stored(large),
            ..Document::file(format!("{name}.large"), "text/plain", Vec::new())
        };
        Ok(vec![Document::file(name.clone(), "text/plain", name.into_bytes()), stored])
    }
}

fn job_of(ctx: &CallContext) -> &str {
    ctx.idempotency_key.split('/').next().unwrap_or_default()
}
