//! Each fault, planted in a copy of the data, is found and said.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_graph::{Graph, Rule, Source, check};

fn broken(plant: impl FnOnce(&mut Source)) -> Vec<(Rule, String)> {
    let mut source = Graph::base().unwrap().source().clone();
    plant(&mut source);
    check(&source).into_iter().map(|found| (found.rule, found.text)).collect()
}

/// A fault, what is to be found, and words of the sentence.
type Case = (fn(&mut Source), Rule, &'static str);

const CASES: &[Case] = &[
    (
        |s| s.industries[0].hues[0].to = "ultraviolet".into(),
        Rule::Dangling,
        "leads to `hue:ultraviolet`, which is not there",
    ),
    (|s| s.styles[0].grammars[0].to = "poem".into(), Rule::Dangling, "leads to `grammar:poem`"),
    (|s| s.industries[0].archetypes[0].to = "fool".into(), Rule::Dangling, "leads to `archetype:fool`"),
    (|s| s.industries[0].cliches[0].to = "hue:puce".into(), Rule::Dangling, "leads to `hue:puce`"),
    (
        |s| {
            s.industries[0].traits.insert("salty".into(), 1.0);
        },
        Rule::Dangling,
        "leads to `trait:salty`",
    ),
    (
        |s| s.cultures[0].notes[0].industries.push("falconry".into()),
        Rule::Dangling,
        "speaks of `industry:falconry`",
    ),
    (|s| s.industries.retain(|node| node.id != "general"), Rule::Dangling, "`industry:general`"),
    (
        |s| {
            s.motifs.pop();
        },
        Rule::Dangling,
        "can be drawn and is not described",
    ),
    (|s| s.industries[0].hues[0].weight = 1.5, Rule::Range, "the weight is 1.5"),
    (|s| s.industries[0].hues[0].weight = 0.0, Rule::Range, "the weight is 0"),
    (|s| s.industries[0].hues[0].weight = f64::NAN, Rule::Range, "the weight is NaN"),
    (
        |s| {
            s.industries[0].traits.insert("warm".into(), 2.5);
        },
        Rule::Range,
        "warm is 2.5, outside of -2 to 2",
    ),
    (|s| s.styles[0].roundness = 1.2, Rule::Range, "roundness is 1.2, outside of 0 to 1"),
    (|s| s.hues[0].hue = [30.0, 20.0], Rule::Range, "hue runs from 30 to 20"),
    (|s| s.shapes[0].energy = -0.1, Rule::Range, "energy is -0.1"),
    (
        |s| {
            s.industries[1].synonyms.insert("en".into(), vec!["coffee".into(), "bakery".into()]);
        },
        Rule::Duplicate,
        "the word `",
    ),
    (
        |s| {
            let copy = s.hues[0].clone();
            s.hues.push(copy);
        },
        Rule::Duplicate,
        "stands there twice",
    ),
    (
        |s| {
            let copy = s.industries[0].hues[0].clone();
            s.industries[0].hues.push(copy);
        },
        Rule::Duplicate,
        " twice",
    ),
    (|s| s.industries[0].hues[0].evidence = "hearsay".into(), Rule::Evidence, "names the evidence `hearsay`"),
    (|s| s.evidence[0].grade = "certain".into(), Rule::Evidence, "needs a source and a grade"),
    (|s| s.evidence[0].source = " ".into(), Rule::Evidence, "needs a source and a grade"),
    (
        |s| {
            s.industries[0].hues.truncate(1);
            s.industries[0].grammars.truncate(1);
            s.industries[0].archetypes.clear();
            s.industries[0].types.truncate(1);
        },
        Rule::Count,
        "edges and needs 12",
    ),
    (|s| s.industries[0].motifs.clear(), Rule::Count, "has 0 motifs"),
    (|s| s.industries[0].hues.iter_mut().for_each(|edge| edge.weight = -0.5), Rule::Count, "wants no hue"),
    (|s| s.industries[0].id = "Big Data".into(), Rule::Unknown, "is no id"),
    (
        |s| {
            s.industries[0].synonyms.insert("en".into(), vec!["Shouting".into()]);
        },
        Rule::Unknown,
        "not in lower case",
    ),
    (|s| s.cultures[0].notes[0].note = None, Rule::Unknown, "without a note"),
    (|s| s.motifs[0].id = "unicorn".into(), Rule::Unknown, "cannot be drawn"),
    (
        |s| {
            s.industries.iter_mut().for_each(|node| node.hues.retain(|edge| edge.to != "amber"));
            s.styles.iter_mut().for_each(|node| node.hues.retain(|edge| edge.to != "amber"));
        },
        Rule::Unreached,
        "leads to `hue:amber`",
    ),
];

#[test]
fn each_planted_fault_is_said() {
    for (at, (plant, rule, words)) in CASES.iter().enumerate() {
        let found = broken(plant);
        let is_said = found.iter().any(|(kind, text)| kind == rule && text.contains(words));
        assert!(is_said, "case {at}, {rule:?} `{words}`: {found:#?}");
    }
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let read = |name: &'static str, text: &'static str| Source::read([(name, text)]).unwrap_err();
    assert!(read("hues.json", "[{}]").starts_with("data/hues.json: missing field `id`"));
    assert!(read("recipes.json", "[]").contains("`recipes` is no kind of node"));
    let unknown = r#"[{"id": "a", "grade": "strong", "source": "b", "colour": "c"}]"#;
    assert!(read("evidence-1.json", unknown).contains("unknown field `colour`"));
}
