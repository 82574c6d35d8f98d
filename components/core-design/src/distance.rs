//! The distance from the category: what the dial does to the wishes, and how far a finished design stands.

use crate::choice::{hundredths, kin, region_of, weight_to};
use core_brand::Rgb;
use core_brand::brief::Distance;
use core_brand::design::{DistanceFound, DistancePart, LogoGuidance, Weighted};
use core_graph::{Edge, GRAMMARS, Graph, Industry, MOTIFS_MAX, Style, Traits};

/// How much a style still wishes where everything is to be as the category does.
const STYLE_SHARE_NEAR: f64 = 0.3;
/// What a hue, a class and a grammar are worth that the category does not use, where all is to be apart.
const OTHER_HUE: f64 = 0.45;
const OTHER_TYPE: f64 = 0.45;
const OTHER_GRAMMAR: f64 = 0.2;
const OTHER_MOTIF: f64 = 0.5;
const OTHER_MIN: f64 = 0.05;
/// What a like personality adds to these.
const KIN_SHARE: f64 = 0.06;
/// What each part counts in the measure: colour is seen first and from afar.
const PARTS: [(&str, f64); 4] = [("hue", 0.4), ("type", 0.25), ("motif", 0.2), ("grammar", 0.15)];
/// Where on the dial each part leaves the category: form first, colour last, so that what is measured follows what
/// is asked.
const LEAVES: [(&str, [f64; 2]); 4] =
    [("grammar", [0.35, 0.6]), ("motif", [0.35, 0.7]), ("type", [0.4, 0.75]), ("hue", [0.69, 1.0])];
/// The motifs that concepts are drawn from first.
const MOTIFS_MEASURED: usize = 2;

/// The wishes of an industry and a style, as the dial leaves them.
pub(crate) struct Wishes {
    pub(crate) industry: Industry,
    pub(crate) style: Style,
}

/// Turns the dial: at the usual distance the wishes stay as they are, below it the usual counts more, above it less
/// and in the end against.
pub(crate) fn steer(
    graph: &Graph,
    industry: &Industry,
    style: &Style,
    traits: &Traits,
    asked: Option<Distance>,
) -> Wishes {
    let (asked, usual) = (asked.unwrap_or(Distance::USUAL).value(), Distance::USUAL.value());
    let mut wishes = Wishes { industry: industry.clone(), style: style.clone() };
    if asked < usual {
        nearer(&mut wishes, (usual - asked) / usual);
    } else if asked > usual {
        farther(graph, &mut wishes.industry, traits, asked);
    }
    wishes
}

fn nearer(wishes: &mut Wishes, turn: f64) {
    let Wishes { industry, style } = wishes;
    let cliches = std::mem::take(&mut industry.cliches);
    for (kind, _) in PARTS {
        let list = list_of(industry, kind);
        let most = most(list);
        for edge in list.iter_mut().filter(|edge| edge.weight > 0.0) {
            let share = edge.weight / most;
            edge.weight = between(edge.weight, edge.weight * share * share, turn);
        }
        for cliche in of_kind(&cliches, kind) {
            let id = bare(&cliche.to);
            lift(list, id, between(weight_to(list, id), most, turn), cliche);
        }
        list.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    }
    industry.motifs.truncate(MOTIFS_MAX);
    industry.cliches = cliches;
    for list in [&mut style.hues, &mut style.types, &mut style.grammars] {
        for edge in list {
            edge.weight *= between(1.0, STYLE_SHARE_NEAR, turn);
        }
    }
}

fn farther(graph: &Graph, industry: &mut Industry, traits: &Traits, asked: f64) {
    let source = graph.source();
    let others = |kind: &str| -> Vec<(&str, f64)> {
        let like = |base: f64, own: &Traits| base + KIN_SHARE * kin(traits, own);
        match kind {
            "hue" => source.hues.iter().map(|hue| (hue.id.as_str(), like(OTHER_HUE, &hue.traits))).collect(),
            "type" => {
                source.types.iter().map(|one| (one.id.as_str(), like(OTHER_TYPE, &one.traits))).collect()
            }
            "motif" => {
                let free = source.motifs.iter().filter(|motif| motif.is_free);
                free.map(|motif| (motif.id.as_str(), like(OTHER_MOTIF, &motif.traits))).collect()
            }
            _ => GRAMMARS.iter().map(|id| (*id, OTHER_GRAMMAR)).collect(),
        }
    };
    for (kind, [from, to]) in LEAVES {
        let turn = ((asked - from) / (to - from)).clamp(0.0, 1.0);
        let cliches: Vec<Edge> = of_kind(&industry.cliches, kind).cloned().collect();
        leave(list_of(industry, kind), &cliches, &others(kind), turn);
    }
    // Only what speaks for a motif is a direction.
    industry.motifs.retain(|edge| edge.weight > 0.0);
    industry.motifs.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.to.cmp(&b.to)));
    industry.motifs.truncate(MOTIFS_MAX);
}

/// Turns the wishes of one part: the usual is wished for less and then against, the rest more.
fn leave(list: &mut Vec<Edge>, cliches: &[Edge], others: &[(&str, f64)], turn: f64) {
    if turn <= 0.0 {
        return;
    }
    for edge in list.iter_mut().filter(|edge| edge.weight > 0.0) {
        edge.weight = between(edge.weight, -edge.weight, turn);
    }
    for cliche in cliches {
        let id = bare(&cliche.to);
        lift(list, id, between(weight_to(list, id), -1.0, turn), cliche);
    }
    for (id, worth) in others {
        if list.iter().all(|edge| edge.to != *id) {
            let weight = turn * worth.clamp(OTHER_MIN, 1.0);
            list.push(Edge { to: (*id).to_owned(), weight, evidence: "practice".to_owned() });
        }
    }
}

fn list_of<'a>(industry: &'a mut Industry, kind: &str) -> &'a mut Vec<Edge> {
    match kind {
        "hue" => &mut industry.hues,
        "type" => &mut industry.types,
        "motif" => &mut industry.motifs,
        _ => &mut industry.grammars,
    }
}

fn of_kind<'a>(cliches: &'a [Edge], kind: &str) -> impl Iterator<Item = &'a Edge> {
    cliches.iter().filter(move |edge| edge.to.split(':').next() == Some(kind))
}

/// An id without its kind.
fn bare(node: &str) -> &str {
    node.split_once(':').map_or(node, |(_, id)| id)
}

fn between(from: f64, to: f64, turn: f64) -> f64 {
    from + (to - from) * turn
}

fn most(list: &[Edge]) -> f64 {
    list.iter().map(|edge| edge.weight).fold(f64::MIN_POSITIVE, f64::max)
}

/// Gives an edge this weight, and makes it where it is missing.
fn lift(list: &mut Vec<Edge>, id: &str, weight: f64, because: &Edge) {
    match list.iter_mut().find(|edge| edge.to == id) {
        Some(edge) => edge.weight = weight,
        None => list.push(Edge { to: id.to_owned(), weight, evidence: because.evidence.clone() }),
    }
}

/// What is seen of a design before anything is read.
pub(crate) struct Standing<'a> {
    pub(crate) primary: Rgb,
    /// Of the display face.
    pub(crate) class: &'a str,
    pub(crate) guidance: &'a LogoGuidance,
}

/// How far a design stands from its category: for each part 0 where it is what everybody does, 1 where nobody does it.
pub(crate) fn measured(
    graph: &Graph,
    industry: &Industry,
    standing: &Standing,
    asked: Option<Distance>,
) -> DistanceFound {
    let region = region_of(graph, standing.primary).map_or("other", |hue| &hue.id);
    let guidance = standing.guidance;
    let chosen = |kind: &str| -> Vec<String> {
        match kind {
            "hue" => vec![region.to_owned()],
            "type" => vec![standing.class.to_owned()],
            "motif" => first(&guidance.motifs, MOTIFS_MEASURED),
            _ => first(&guidance.grammars, 1),
        }
    };
    let parts = PARTS.map(|(kind, weight)| {
        let ids = chosen(kind);
        let usual: f64 = ids.iter().map(|id| usual(industry, kind, id)).sum();
        DistancePart {
            id: kind.to_owned(),
            node: format!("{kind}:{}", ids.first().map_or("none", String::as_str)),
            measured: hundredths(1.0 - usual / ids.len().max(1) as f64),
            weight,
        }
    });
    let sum: f64 = parts.iter().map(|part| part.weight * part.measured).sum();
    DistanceFound { asked: asked.map(Distance::value), measured: hundredths(sum), parts: parts.to_vec() }
}

fn first(list: &[Weighted], count: usize) -> Vec<String> {
    list.iter().take(count).map(|one| one.id.clone()).collect()
}

/// How usual a choice is in a category, 0 to 1: as much as it is wished for beside the best, or as it is a cliché.
fn usual(industry: &Industry, kind: &str, id: &str) -> f64 {
    let list = match kind {
        "hue" => &industry.hues,
        "type" => &industry.types,
        "motif" => &industry.motifs,
        _ => &industry.grammars,
    };
    let wished = weight_to(list, id) / most(list);
    let cliche = weight_to(&industry.cliches, &format!("{kind}:{id}"));
    wished.max(cliche).clamp(0.0, 1.0)
}
