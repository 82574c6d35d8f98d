//! The step of a brand job around `decide`.

use crate::decide::{decide, decide_by};
use crate::polish::polish;
use core_brand::brief::Order;
use core_brand::step::find;
use core_brand::{Design, Document, Fault, Step, Studio, Task};
use core_graph::Graph;

/// The only kind of task.
pub const TASK: &str = "decide";

/// Reads the order and the overlay it names, writes the design.
#[derive(Clone, Copy, Debug, Default)]
pub struct DesignStep;

impl Step for DesignStep {
    fn plan(&self, _step: &str, inputs: &[Document], _studio: &dyn Studio) -> Result<Vec<Task>, Fault> {
        let order = find(inputs, Order::DOCUMENT)?.clone();
        Ok(vec![Task::new(TASK, TASK, &(), vec![order])?])
    }

    fn build(&self, task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
        if task.kind != TASK {
            return Err(task.unknown());
        }
        let order: Order = find(&task.inputs, Order::DOCUMENT)?.json(studio)?;
        let mut design = decide_with(&order, studio)?;
        if order.polish {
            polish(&mut design, &order, studio);
        }
        Ok(vec![Document::working(Design::DOCUMENT, &design)?])
    }
}

/// Decides by the graph that the order names: the compiled-in one, with the overlay from the blob space of the job
/// if one is wanted.
pub fn decide_with(order: &Order, studio: &dyn Studio) -> Result<Design, Fault> {
    match order.overlay()? {
        None => decide(order),
        Some(overlay) => decide_by(&Graph::base()?.with(&studio.blob(&overlay)?)?, order),
    }
}
