//! The step: one task of pictures for each concept, one for the website; larger kits have icons for apps and pictures for profiles.

use crate::{app, logos, social, web};
use core_brand::brief::{Complexity, Order};
use core_brand::step::find;
use core_brand::{Concept, Design, Document, Fault, Step, Studio, Task};

/// Makes the pictures of a kit.
#[derive(Clone, Copy, Debug)]
pub struct AssetsStep;

impl AssetsStep {
    /// The checks of this step, for the report.
    pub const CHECKS: &str = "checks-assets.json";
}

impl Step for AssetsStep {
    fn plan(&self, _step: &str, inputs: &[Document], studio: &dyn Studio) -> Result<Vec<Task>, Fault> {
        let order: Order = find(inputs, Order::DOCUMENT)?.json(studio)?;
        let design: Design = find(inputs, Design::DOCUMENT)?.json(studio)?;
        let mut tasks = Vec::new();
        for document in Concept::documents(inputs) {
            let concept: Concept = document.json(studio)?;
            tasks.extend(logos::tasks(&concept, order.brief.complexity, &design)?);
        }
        // What is seen, and whose it is: no task is done again for words that it does not write.
        let first: Concept = find(inputs, &Concept::document(1))?.json(studio)?;
        let with = |order: &Order| {
            Ok(vec![
                Document::working(Order::DOCUMENT, order)?,
                Document::working(Design::DOCUMENT, &design.seen())?,
                Document::working(&Concept::document(1), &first.outlines())?,
            ])
        };
        // Only the website says in which language it is.
        let (needed, site) = (with(&order.called())?, with(&order.named())?);
        if order.brief.complexity != Complexity::Simple {
            tasks.push(Task::new(app::TASK, app::TASK, &(), needed.clone())?);
        }
        tasks.extend(social::tasks(&social::wanted(&order)?, &needed)?);
        tasks.push(Task::new(web::TASK, web::TASK, &(), site)?);
        Ok(tasks)
    }

    fn build(&self, task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
        match task.kind.as_str() {
            logos::TASK => logos::build(task, studio),
            web::TASK => web::build(task, studio),
            app::TASK => app::build(task, studio),
            social::TASK => social::build(task, studio),
            _ => Err(task.unknown()),
        }
    }
}
