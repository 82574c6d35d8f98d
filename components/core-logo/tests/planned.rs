//! What is planned is drawn again by a task that is told less of the order.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod disk;

use core_brand::brief::{Order, RawBrief};
use core_brand::{Concept, Design, Document, Step};
use core_logo::{LogoStep, concept, plan};
use disk::Disk;

/// Names and trades whose words decide what is drawn.
const CASES: &[(&str, &str)] =
    &[("山本建築", "architecture"), ("桜茶屋", "tea"), ("Taro", "tea"), ("Brightleaf", "dentist")];

#[test]
fn a_task_draws_what_was_planned() {
    for (name, trade) in CASES {
        let raw = RawBrief {
            company_name: (*name).into(),
            industry: (*trade).into(),
            style: Some("modern".into()),
            ..RawBrief::default()
        };
        let order = Order::new(&raw, Some(11), Some(6)).unwrap();
        let design = core_design::decide(&order).unwrap();
        let inputs = [
            Document::working(Order::DOCUMENT, &order).unwrap(),
            Document::working(Design::DOCUMENT, &design).unwrap(),
        ];
        let wishes = plan::wishes(&order, &design, &Disk).unwrap();
        let tasks = LogoStep.plan("logo", &inputs, &Disk).unwrap();
        for wish in wishes {
            let task = tasks.iter().find(|task| task.id.ends_with(&format!("concept-{:02}", wish.rank)));
            let built = LogoStep.build(task.unwrap(), &Disk);
            let built = built.unwrap_or_else(|fault| panic!("{name}: {fault}"));
            let document = built.iter().find(|document| document.name == Concept::document(wish.rank));
            let drawn: Concept = document.unwrap().json(&Disk).unwrap();
            let planned = concept::draw(&order, &design, &wish, &Disk).unwrap();
            assert_eq!((&drawn.mark, &drawn.idea), (&planned.mark, &planned.idea), "{name} {}", drawn.id);
        }
    }
}
