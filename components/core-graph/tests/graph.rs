//! The graph is whole, and its answers are the ones a person would give.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_graph::*;

const LANGUAGES: [&str; 10] = ["en", "de", "es", "fr", "pt", "it", "nl", "pl", "tr", "ja"];

#[test]
fn the_graph_is_whole() {
    let graph = Graph::base().unwrap();
    assert_eq!(check(graph.source()), []);
    assert!(industries().len() >= 68 && styles().len() >= 14 && hues().len() >= 23);
    assert_eq!(graph.source().archetypes.len(), 12);
    assert_eq!(graph.version().len(), 64);
    assert!(graph.overlays().is_empty());
}

#[test]
fn every_node_has_words_in_every_language() {
    for (id, synonyms) in industries()
        .iter()
        .map(|node| (&node.id, &node.synonyms))
        .chain(styles().iter().map(|node| (&node.id, &node.synonyms)))
    {
        for language in LANGUAGES {
            assert!(synonyms.get(language).is_some_and(|words| !words.is_empty()), "{id}: {language}");
        }
    }
}

#[test]
fn every_industry_has_a_mixture_of_characters_and_shapes() {
    for node in industries() {
        assert!(
            node.archetypes.len() >= 2 && !node.shapes.is_empty() && !node.cliches.is_empty(),
            "{}",
            node.id
        );
    }
    for node in styles() {
        assert!(!node.archetypes.is_empty() && !node.shapes.is_empty(), "{}", node.id);
    }
}

#[test]
fn few_industries_share_their_first_motifs() {
    let first = |node: &Industry| {
        let mut ids: Vec<String> = node.motifs.iter().take(3).map(|edge| edge.to.clone()).collect();
        ids.sort();
        ids
    };
    let all: Vec<Vec<String>> = industries().iter().map(first).collect();
    for (at, one) in all.iter().enumerate() {
        let others = all.iter().filter(|other| *other == one).count() - 1;
        assert!(others <= 1, "{}: {others} others have {one:?}", industries()[at].id);
    }
    let wished: std::collections::BTreeSet<&String> = all.iter().flatten().collect();
    assert!(wished.len() >= 55, "only {} motifs stand among the first three of a trade", wished.len());
}

#[test]
fn industries_are_understood() {
    // Asked, node, least and most confidence.
    let cases: &[(&str, &str, f64, f64)] = &[
        ("coffee", "coffee", 1.0, 1.0),
        ("kaffee", "coffee", 1.0, 1.0),
        ("Café", "coffee", 1.0, 1.0),
        ("cofee shop", "coffee", 0.6, 0.79),
        ("flower shop", "florist", 1.0, 1.0),
        ("we roast coffee for offices in lyon", "coffee", 0.6, 0.85),
        ("software for dentists", "technology", 0.6, 0.9),
        ("a playful bakery", "bakery", 0.7, 0.99),
        ("wir backen brot und kuchen in graz", "bakery", 0.7, 0.99),
        ("dentl clinic", "dental", 0.6, 0.9),
        ("bakrey", "bakery", 0.6, 0.85),
        ("taxi", "logistics", 1.0, 1.0),
        ("piekarnia rodzinna we wrocławiu", "bakery", 0.7, 0.9),
        ("KSIĘGOWOŚĆ", "accounting", 1.0, 1.0),
        ("İÇECEK", "drinks", 1.0, 1.0),
        ("diş hekimi muayenehanesi", "dental", 0.7, 0.99),
        ("京都の小さなパン屋です", "bakery", 0.6, 0.9),
        ("歯医者", "dental", 1.0, 1.0),
        ("shop", "retail", 1.0, 1.0),
        ("my little store", "retail", 0.8, 0.99),
        ("law firm for families", "law", 0.8, 0.99),
        ("specialty coffee roaster in berlin", "coffee", 0.7, 0.97),
        ("kaffeemaschinen", "coffee", 0.6, 0.9),
        ("quantum blockchain", "technology", 0.7, 0.99),
        ("technology", "technology", 1.0, 1.0),
        ("rechtsanwaltskanzlei", "law", 0.6, 0.95),
        ("boulangerie artisanale", "bakery", 0.7, 0.99),
        ("estudio de yoga", "wellness", 0.7, 0.99),
        ("dental clinic", "dental", 1.0, 1.0),
        ("wedding photographer", "photography", 1.0, 1.0),
        ("solar", "energy", 1.0, 1.0),
        ("dog grooming", "pets", 0.6, 0.99),
        ("falconry", "general", 0.0, 0.2),
        ("asdfgh", "general", 0.0, 0.2),
        ("qwerty zxcv", "general", 0.0, 0.2),
        ("!?", "general", 0.0, 0.2),
        ("业务", "general", 0.0, 0.2),
        ("business", "general", 1.0, 1.0),
        ("boat building", "maritime", 1.0, 1.0),
    ];
    for (asked, id, least, most) in cases {
        let answer = industry(asked).unwrap();
        assert_eq!(answer.industry.id, *id, "{asked}: {answer:?}",);
        assert!((*least..=*most).contains(&answer.confidence), "{asked}: {}", answer.confidence);
        assert_eq!(answer.path.last().unwrap(), &format!("industry:{id}"));
    }
}

#[test]
fn every_name_and_synonym_finds_its_node() {
    for node in industries() {
        for word in node.words() {
            let answer = industry(word).unwrap();
            assert_eq!((answer.industry.id.as_str(), answer.confidence), (node.id.as_str(), 1.0), "{word}");
        }
    }
    for node in styles() {
        for word in node.words() {
            let answer = style(word).unwrap();
            assert_eq!((answer.blend.id.as_str(), answer.confidence), (node.id.as_str(), 1.0), "{word}");
        }
    }
}

#[test]
fn styles_are_understood_and_blended() {
    let cases: &[(&str, &str, f64, f64)] = &[
        ("modern", "modern", 1.0, 1.0),
        ("warm and minimal", "friendly+minimal", 1.0, 1.0),
        ("schlicht und elegant", "minimal+elegant", 1.0, 1.0),
        ("minimalst", "minimal", 0.6, 0.98),
        ("bold gfhjk", "bold", 0.4, 0.6),
        ("high-end", "luxury", 1.0, 1.0),
        ("シンプルで上品", "minimal+elegant", 1.0, 1.0),
        ("sade ve şık", "minimal+elegant", 1.0, 1.0),
        ("ciepły i nowoczesny", "friendly+modern", 1.0, 1.0),
        ("blorp", "modern", 0.0, 0.2),
        ("", "modern", 0.0, 0.2),
    ];
    for (asked, id, least, most) in cases {
        let answer = style(asked).unwrap();
        assert_eq!(answer.blend.id, *id, "{asked}");
        assert!((*least..=*most).contains(&answer.confidence), "{asked}: {}", answer.confidence);
    }
    let both = style("playful luxury").unwrap().blend;
    let mean = |axis: &str| {
        (styles()
            .iter()
            .filter(|s| s.id == "playful" || s.id == "luxury")
            .map(|s| s.traits[axis])
            .sum::<f64>())
            / 2.0
    };
    assert!((both.traits["premium"] - mean("premium")).abs() < 0.011, "{:?}", both.traits);
}

#[test]
fn what_else_may_be_meant_is_offered() {
    let suggested = |text: &str| {
        let answer = industry(text).unwrap();
        let sure: Vec<f64> = answer.alternatives.iter().map(|other| other.confidence).collect();
        assert!(sure.len() <= ALTERNATIVES_MAX && sure.windows(2).all(|pair| pair[0] >= pair[1]), "{text}");
        let others = answer.alternatives.iter();
        let is_less =
            |other: &Alternative| other.confidence <= answer.confidence || answer.industry.id == GENERAL;
        assert!(others.clone().all(|other| other.id != answer.industry.id && is_less(other)), "{text}");
        answer.alternatives.into_iter().map(|other| other.id).collect::<Vec<_>>()
    };
    assert!(suggested("coffee").is_empty());
    assert!(suggested("flowers and furniture").contains(&"florist".to_owned()));
    assert!(suggested("falcon").len() <= ALTERNATIVES_MAX);
    // Two industries that explain as much as each other make each less sure.
    let both = industry("flowers and furniture").unwrap();
    let one = industry("flowers and falcons").unwrap();
    assert!(both.confidence < one.confidence, "{both:?} {one:?}");
}

#[test]
fn styles_in_the_text_of_an_industry_count() {
    let graph = Graph::base().unwrap();
    // Industry, style, what is read.
    let cases: &[(&str, &str, &str)] = &[
        ("a playful bakery", "modern", "playful"),
        ("a playful bakery", "elegant", "elegant+playful"),
        ("eine schlichte kanzlei", "modern", "modern"),
        ("luxury hotel in nice", "modern", "luxury"),
        // Words that name the industry say nothing about its style.
        ("tech", "modern", "modern"),
        ("organic food", "modern", "modern"),
        ("personal training", "modern", "modern"),
        ("coffee business", "modern", "modern"),
    ];
    for (text, style, read) in cases {
        let answer = graph.style_of(style, &graph.industry(text).unwrap()).unwrap();
        assert_eq!(answer.blend.id, *read, "{text}");
    }
}

#[test]
fn every_answer_has_a_path_of_edges_that_are_there() {
    let graph = Graph::base().unwrap();
    for node in industries() {
        let answers = graph.spread(&[(&format!("industry:{}", node.id), 1.0), ("style:modern", 0.6)]);
        for answer in &answers {
            let ends: Vec<&str> = answer.path.iter().map(|link| link.from.as_str()).collect();
            assert!(matches!(ends[0].split(':').next(), Some("industry" | "style")), "{answer:?}");
            assert_eq!(answer.path.last().unwrap().to, answer.node);
            assert!(answer.path.windows(2).all(|pair| pair[0].to == pair[1].from), "{answer:?}");
            for link in &answer.path {
                assert_eq!(graph.link(&link.from, &link.to).as_ref(), Some(link));
                graph.evidence(&link.evidence).unwrap();
            }
        }
        let hues = answers.iter().filter(|answer| answer.kind == Kind::Hue).count();
        assert_eq!(hues, graph.nodes(Kind::Hue).len(), "{}", node.id);
    }
    let path = graph.path("industry:coffee", "hue:terracotta");
    assert_eq!((path.len(), path[0].weight), (1, 0.75), "{path:?}");
}

#[test]
fn the_graph_is_asked_the_same_twice() {
    let graph = Graph::base().unwrap();
    let starts = [("industry:care", 1.0), ("style:playful", 0.5)];
    assert_eq!(graph.spread(&starts), graph.clone().spread(&starts));
    assert!(graph.spread(&[("industry:nothing", 1.0)]).is_empty());
}
