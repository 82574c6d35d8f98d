//! What an SVG would cost, counted before anything is drawn from it: a few lines can ask for thousands of millions of
//! elements, or for themselves.

use crate::css;
use crate::limits::{SVG_ATTRIBUTES_MAX, SVG_DEPTH_MAX, SVG_EXPANDED_MAX, SVG_STYLED_MAX};
use std::collections::BTreeMap;
use usvg::roxmltree::{Document, Node};

/// Elements that stand for another one.
const LINKING: &[&str] = &["use", "pattern", "linearGradient", "radialGradient", "filter", "feImage", "mask"];
/// What an element hands on to everything inside it.
const INHERITED: &[&str] = &["fill", "stroke", "marker", "marker-start", "marker-mid", "marker-end", "style"];
/// Matches every element.
const ANY: &str = "*";

/// What is no element, and how it ends.
const ASIDE: &[(&str, &str)] = &[("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];

/// Refuses text that is dear to read before it is read.
pub(crate) fn check_text(text: &str) -> Result<(), String> {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some((start, end)) = ASIDE.iter().find(|(start, _)| rest.starts_with(start)) {
            rest = rest[start.len()..].split_once(end).map_or("", |(_, after)| after);
            continue;
        }
        let (mut count, mut quote) = (0, None);
        let mut end = rest.len();
        for (at, byte) in rest.bytes().enumerate().skip(1) {
            match (quote, byte) {
                (None, b'"' | b'\'') => {
                    quote = Some(byte);
                    count += 1;
                }
                (Some(open), _) if open == byte => quote = None,
                (None, b'>' | b'<') => {
                    end = at;
                    break;
                }
                _ => {}
            }
        }
        if count > SVG_ATTRIBUTES_MAX {
            return Err(format!(
                "an element of it has {count} attributes, and {SVG_ATTRIBUTES_MAX} are possible"
            ));
        }
        rest = &rest[end..];
        rest = rest.strip_prefix('>').unwrap_or(rest);
    }
    Ok(())
}

/// Refuses a document that would cost too much, in words that end a sentence.
pub(crate) fn check(document: &Document, sheet: &css::Sheet) -> Result<(), String> {
    let elements: Vec<Node> = document.root().descendants().filter(Node::is_element).collect();
    let styled = sheet.declarations.len() as u64 * elements.len() as u64;
    if styled > SVG_STYLED_MAX {
        return Err("its style sheets are too long for so many elements".to_owned());
    }
    let edges = edges(&elements, &Styles::of(sheet));
    let (depth, weight) = walk(&edges)?;
    if depth > SVG_DEPTH_MAX {
        return Err(format!("its elements lie {depth} deep, and {SVG_DEPTH_MAX} are possible"));
    }
    if weight > SVG_EXPANDED_MAX {
        return Err(format!("what it repeats makes {weight} elements, and {SVG_EXPANDED_MAX} are possible"));
    }
    Ok(())
}

/// From an element to one that stands in it, and how often.
type Edge = (usize, u64);

fn edges(elements: &[Node], styles: &Styles) -> Vec<Vec<Edge>> {
    let index: BTreeMap<usize, usize> =
        elements.iter().enumerate().map(|(at, node)| (node.id().get_usize(), at)).collect();
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, node) in elements.iter().enumerate() {
        node.attribute("id").map(|id| ids.entry(id).or_insert(at));
    }
    let sizes = sizes(elements, &index);
    let links = |at: usize| -> Vec<Edge> {
        let node = &elements[at];
        let mut found = Vec::new();
        for attribute in node.attributes() {
            let times = if INHERITED.contains(&attribute.name()) { sizes[at] } else { 1 };
            let value = attribute.value();
            let href = (attribute.name() == "href" && LINKING.contains(&node.tag_name().name()))
                .then(|| value.trim().strip_prefix('#'))
                .flatten();
            let all = urls(value).into_iter().chain(href);
            found.extend(all.filter_map(|id| Some((*ids.get(id)?, times))));
        }
        let styled = styles.links(node).into_iter();
        found.extend(styled.filter_map(|id| Some((*ids.get(id.as_str())?, sizes[at]))));
        found
    };
    let mut edges: Vec<Vec<Edge>> = (0..elements.len()).map(links).collect();
    for (at, node) in elements.iter().enumerate() {
        let parent = node.parent().and_then(|parent| index.get(&parent.id().get_usize()));
        if let Some(parent) = parent {
            edges[*parent].push((at, 1));
        }
    }
    edges
}

/// How many elements stand in each, itself among them. Parents come before their children.
fn sizes(elements: &[Node], index: &BTreeMap<usize, usize>) -> Vec<u64> {
    let mut sizes = vec![1_u64; elements.len()];
    for (at, node) in elements.iter().enumerate().rev() {
        let parent = node.parent().and_then(|parent| index.get(&parent.id().get_usize()));
        if let Some(parent) = parent {
            sizes[*parent] += sizes[at];
        }
    }
    sizes
}

/// The deepest way and the number of elements when every link is followed; without recursion, because the depth is
/// what is being checked.
fn walk(edges: &[Vec<Edge>]) -> Result<(usize, u64), String> {
    #[derive(Clone, Copy)]
    enum State {
        New,
        Open,
        Done(usize, u64),
    }
    let mut states = vec![State::New; edges.len()];
    let mut open: Vec<(usize, usize)> = if edges.is_empty() { Vec::new() } else { vec![(0, 0)] };
    while let Some((at, next)) = open.pop() {
        states[at] = State::Open;
        if let Some((to, _)) = edges[at].get(next) {
            open.push((at, next + 1));
            match states[*to] {
                State::New => open.push((*to, 0)),
                State::Open => return Err("an element of it stands for itself".to_owned()),
                State::Done(..) => {}
            }
            continue;
        }
        let (mut depth, mut weight) = (1, 1_u64);
        for (to, times) in &edges[at] {
            if let State::Done(deep, heavy) = states[*to] {
                depth = depth.max(1 + deep);
                weight = weight.saturating_add(heavy.saturating_mul(*times));
            }
        }
        states[at] = State::Done(depth, weight);
    }
    Ok(match states.first() {
        Some(State::Done(depth, weight)) => (*depth, *weight),
        _ => (0, 0),
    })
}

/// The ids of `url(#id)` in a value.
fn urls(value: &str) -> Vec<&str> {
    let parts = value.split("url(").skip(1);
    let id = |part: &'_ str| -> Option<usize> { part.find(')') };
    parts
        .filter_map(|part| Some(part.get(..id(part)?)?.trim().trim_matches(['"', '\''])))
        .filter_map(|link| link.strip_prefix('#'))
        .collect()
}

/// Links that style sheets give: by class, id or name of an element.
struct Styles(BTreeMap<String, Vec<String>>);

impl Styles {
    fn of(sheet: &css::Sheet) -> Self {
        let mut links: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for declaration in &sheet.declarations {
            for id in urls(&declaration.value) {
                for token in tokens(&declaration.rule) {
                    links.entry(token).or_default().push(id.to_owned());
                }
            }
        }
        Self(links)
    }

    /// More rather than fewer: a selector counts by its last part.
    fn links(&self, node: &Node) -> Vec<String> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let classes = node.attribute("class").unwrap_or_default().split_whitespace();
        let classes = classes.map(|class| format!(".{class}"));
        let id = node.attribute("id").map(|id| format!("#{id}"));
        let own = [ANY.to_owned(), node.tag_name().name().to_owned()].into_iter().chain(id).chain(classes);
        own.filter_map(|token| self.0.get(&token)).flatten().cloned().collect()
    }
}

/// What the last parts of a list of selectors hold on to.
fn tokens(rule: &str) -> Vec<String> {
    let last = |selector: &str| {
        let part = selector.trim().rsplit([' ', '>', '+', '~']).next().unwrap_or_default();
        let part = part.split([':', '[']).next().unwrap_or_default();
        let start = part.rfind(['.', '#']).unwrap_or(0);
        let token = part.get(start..).unwrap_or_default();
        if token.is_empty() { ANY.to_owned() } else { token.to_owned() }
    };
    rule.split(',').map(last).collect()
}
