//! Prompts for the painter, as accepted, and within what a painter reads.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use core_logo::prompt::{self, Prompts};
use core_order::Request;
use imprint_golden::{cases, check_text};
use std::collections::BTreeSet;

/// What one chunk of CLIP takes, its ends included.
const CHUNK: usize = 77;

fn prompts(request: &str) -> Prompts {
    let request: Request = serde_json::from_str(request).unwrap();
    let order = core_order::order(&request).unwrap();
    prompt::prompts(&order, &core_design::decide(&order).unwrap()).unwrap()
}

#[test]
fn prompts_are_as_accepted() {
    for case in cases("golden/prompts") {
        let made = prompts(&case.text("request.json"));
        let text = serde_json::to_string_pretty(&made).unwrap() + "\n";
        check_text(case.path(Prompts::DOCUMENT), &text);
        assert_eq!(made.requests.len(), 4, "one for each concept");
        assert_eq!(serde_json::from_str::<Prompts>(&text).unwrap(), made);
    }
}

/// Over trades, styles and complexities: nothing is cut off by a painter, and no two pictures are asked for twice.
#[test]
fn every_prompt_fits_a_chunk_and_differs() {
    for style in core_graph::styles() {
        for industry in core_graph::industries() {
            let brief = format!(
                r#"{{"format":1,"brief":{{"company_name":"Nord","industry":"{}","style":"{}"}},"seed":"7","concepts":12}}"#,
                industry.id, style.id
            );
            let made = prompts(&brief);
            let mut seen = BTreeSet::new();
            for one in &made.requests {
                assert!(prompt::tokens(&one.prompt) <= CHUNK, "{} {}: {}", industry.id, style.id, one.prompt);
                assert!(
                    prompt::tokens(&one.negative) <= CHUNK && one.negative.starts_with("text, letters"),
                    "{}",
                    one.negative
                );
                assert!(
                    !one.prompt.to_lowercase().contains("nord") && !one.prompt.contains('{'),
                    "{}",
                    one.prompt
                );
                assert!(
                    core_graph::MOTIFS.contains(&one.motif.as_str())
                        && core_graph::GRAMMARS.contains(&one.grammar.as_str())
                        && !one.prompt.contains("abstract symbol"),
                    "{} {}: {}",
                    one.motif,
                    one.grammar,
                    one.prompt
                );
                assert!(one.prompt.contains("flat vector") && !one.prompt.contains(", ,"), "{}", one.prompt);
                assert!(seen.insert(one.seed), "{}: the seed {} twice", industry.id, one.seed);
            }
        }
    }
}

#[test]
fn another_seed_or_name_is_another_picture() {
    let seeds = |name: &str, seed: &str| -> Vec<u64> {
        let brief = format!(
            r#"{{"format":1,"brief":{{"company_name":"{name}","industry":"law"}},"seed":"{seed}","concepts":3}}"#
        );
        prompts(&brief).requests.iter().map(|one| one.seed).collect()
    };
    assert_eq!(seeds("Nord", "1"), seeds("Nord", "1"));
    assert_ne!(seeds("Nord", "1"), seeds("Nord", "2"));
    assert_ne!(seeds("Nord", "1"), seeds("Sud", "1"));
    assert!(seeds("Nord", "1").iter().all(|seed| u32::try_from(*seed).is_ok()));
}
