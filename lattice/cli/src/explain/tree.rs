//! The reasons of a kit as a tree of lines.

use crate::explain::edges::{Edge, Stop, answered, stops};
use crate::explain::kit::KitFiles;
use crate::explain::story::{Topic, answers, gates, missed, topics, traits, words};
use crate::show::pen::{Pen, wrap};
use crate::show::sheet::Sheet;
use core_brand::design::Reason;

/// Lines below it and branches off it.
struct Branch {
    title: String,
    texts: Vec<Text>,
    branches: Vec<Branch>,
}

enum Text {
    Said(String),
    /// What can be passed over.
    Aside(String),
}

pub(crate) fn tree(kit: &KitFiles, pen: &Pen) -> String {
    let mut sheet = Sheet::new(pen);
    let order = &kit.brand.order;
    let name = pen.strong(&order.brief.company_name);
    sheet.line(&name);
    let version = format!("Imprint {} · seed {} · {}", order.version, order.seed, order.brief.language);
    sheet.line(&pen.faint(&version));
    sheet.line("");
    for text in [Some(brief(kit)), distance(kit), overlays(kit)].into_iter().flatten() {
        for line in wrap(&text, pen.width) {
            sheet.line(&line);
        }
    }
    let topics: Vec<Branch> = topics(kit).iter().map(|topic| branch(kit, topic)).collect();
    for (index, topic) in topics.iter().enumerate() {
        sheet.line("│");
        draw(&mut sheet, topic, "", index + 1 == topics.len());
    }
    warnings(&mut sheet, kit);
    sheet.text()
}

/// What was asked for, on one line.
fn brief(kit: &KitFiles) -> String {
    let brief = &kit.brand.order.brief;
    let color = brief.primary_color.map(|rgb| rgb.to_string());
    let parts = [Some(brief.industry.clone()), Some(brief.style.clone()), color];
    format!("brief: {}", parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// How far from the category, asked and measured.
fn distance(kit: &KitFiles) -> Option<String> {
    let found = kit.brand.design.0.distance.as_ref()?;
    let asked = found.asked.map(|asked| format!("{asked:.2} asked, ")).unwrap_or_default();
    let parts = found.parts.iter().map(|part| format!("{}\u{a0}{:.2}", part.id, part.measured));
    let parts = parts.collect::<Vec<_>>().join(", ");
    Some(format!("distance from the category: {asked}{:.2} measured ({parts})", found.measured))
}

/// Whose words and edges the graph held besides its own.
fn overlays(kit: &KitFiles) -> Option<String> {
    let graph = kit.brand.design.0.graph.as_ref().filter(|graph| !graph.overlays.is_empty())?;
    let named = graph.overlays.iter().map(|overlay| format!("{} {}", overlay.name, overlay.version));
    Some(format!("graph with {}", named.collect::<Vec<_>>().join(", ")))
}

fn branch(kit: &KitFiles, topic: &Topic<'_>) -> Branch {
    let leaf = |reason: &&Reason| Branch {
        title: steps(&stops(&kit.brand.design.0, &reason.path)),
        texts: vec![
            Text::Said(reason.text.clone()),
            Text::Aside(format!("{}: {}", reason.evidence, reason.source)),
        ],
        branches: Vec::new(),
    };
    let graph = answers(kit, topic.id)
        .into_iter()
        .map(|answer| format!("{} {:.2}: {}", answer.node, answer.score, steps(&answered(&answer.path))));
    let texts = about(kit, topic.id).into_iter().chain(graph).map(Text::Aside).collect();
    Branch { title: topic.id.to_owned(), texts, branches: topic.reasons.iter().map(leaf).collect() }
}

/// How a topic was read.
fn about(kit: &KitFiles, topic: &str) -> Option<String> {
    let design = &kit.brand.design.0;
    let read = |id: &str, name: &str, confidence: f64| {
        let words: Vec<_> = words(kit, topic).iter().map(|word| format!("`{word}`")).collect();
        let by = match words.is_empty() {
            true => String::new(),
            false => format!(" by {}", words.join(", ")),
        };
        format!("{id}: {name}, {:.0} % sure{by}", confidence * 100.0)
    };
    match topic {
        "industry" => Some(read(&design.industry.id, &design.industry.name, design.industry.confidence)),
        "style" => Some(read(&design.style.id, &design.style.name, design.style.confidence)),
        "character" => {
            let traits = traits(kit).into_iter().map(|(axis, value)| format!("{axis}\u{a0}{value:+}"));
            Some(traits.collect::<Vec<_>>().join(" · "))
        }
        _ => None,
    }
}

/// A path with the weights of its edges.
fn steps(path: &[Stop<'_>]) -> String {
    let mut line = String::new();
    for stop in path {
        let said = match &stop.edge {
            _ if line.is_empty() => stop.node.to_owned(),
            Some(Edge { weight, grade, from: None }) => format!(" ─{weight:.2} {grade}→ {}", stop.node),
            Some(Edge { weight, grade, from: Some(from) }) => {
                format!(" · {from} ─{weight:.2} {grade}→ {}", stop.node)
            }
            None => format!(" → {}", stop.node),
        };
        line.push_str(&said);
    }
    line
}

fn draw(sheet: &mut Sheet<'_>, branch: &Branch, before: &str, is_last: bool) {
    let (knot, below) = if is_last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
    let room = sheet.pen.width.saturating_sub(before.chars().count() + below.chars().count());
    for (index, line) in wrap(&branch.title, room).iter().enumerate() {
        let line = sheet.pen.strong(line);
        sheet.line(&format!("{before}{}{line}", if index == 0 { knot } else { below }));
    }
    let before = format!("{before}{below}");
    for text in &branch.texts {
        let (text, is_aside) = match text {
            Text::Said(text) => (text, false),
            Text::Aside(text) => (text, true),
        };
        for line in wrap(text, room) {
            let line = if is_aside { sheet.pen.faint(&line) } else { line };
            sheet.line(&format!("{before}{line}"));
        }
    }
    for (index, next) in branch.branches.iter().enumerate() {
        draw(sheet, next, &before, index + 1 == branch.branches.len());
    }
}

fn warnings(sheet: &mut Sheet<'_>, kit: &KitFiles) {
    let (notes, missed) = (&kit.brand.design.0.warnings, missed(kit));
    if !notes.is_empty() || !missed.is_empty() {
        sheet.heading("Warnings");
    }
    for note in notes {
        sheet.warning(&note.message);
    }
    for check in missed {
        sheet.missed(check);
    }
    if let Some((count, failed)) = gates(kit) {
        sheet.gates(count, failed);
    }
}
