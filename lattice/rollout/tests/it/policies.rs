//! Policies as files: those that ship are good, and the broken ones say where, what, and what to do.

use imprint_rollout::{Level, Limit, Policy, Remedy, Side, Span, Trigger};
use std::fs;
use std::path::Path;

pub(crate) fn shipped(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wadm/rollouts").join(name);
    fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

#[test]
fn the_canary_file_says_what_it_always_said() {
    let policy = Policy::read(&shipped("canary.yaml")).unwrap();
    let stages = &policy.canary.stages;
    let names: Vec<_> =
        stages.iter().map(|stage| (stage.name.as_str(), stage.weight(), stage.duration)).collect();
    assert_eq!(
        names,
        [("initial", 500, Span(1_800_000)), ("expand", 2500, Span(3_600_000)), ("full", 10_000, Span(0))]
    );
    let below = |level| Limit { side: Side::Below, level };
    assert_eq!(stages[0].success_criteria["error_rate"], below(Level::Share(1000)));
    assert_eq!(stages[1].success_criteria["latency_p99"], below(Level::Time(2_000_000)));
    assert!(stages[2].auto_promote && stages[2].success_criteria.is_empty());
    let rollback = &policy.canary.rollback;
    assert_eq!((rollback.trigger, rollback.remedy), (Trigger::Automatic, Remedy::Return));
    assert_eq!(rollback.conditions["error_rate"], Limit { side: Side::Above, level: Level::Share(10_000) });
}

#[test]
fn all_files_that_ship_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wadm/rollouts");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = paths.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
    assert_eq!(files.len(), 7, "{files:?}");
    for path in files {
        Policy::read(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|why| panic!("{}: {why:?}", path.display()));
    }
}

/// Each case is a file, changed in one place or more, and what is said about it.
#[test]
fn broken_files_say_where_and_what_to_do() {
    for case in imprint_golden::cases("tests/policies") {
        let said = match Policy::read(&case.text("policy.yaml")) {
            Ok(_) => panic!("{} is read without a fault", case.name),
            Err(faults) => faults.iter().map(|fault| format!("{fault}\n")).collect::<String>(),
        };
        imprint_golden::check_text(case.path("said.txt"), &said);
    }
}
