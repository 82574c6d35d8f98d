//! The idea, said large; then why things are as they are, with the evidence.

use crate::setting::{GUTTER, HEIGHT, MARGIN, Setting, WIDTH};
use core_brand::design::Reason;
use core_brand::{Fault, FillRole};
use core_pdf::{Anchor, Area, Page, Role, Style};
use core_vector::colorway::Colorway;
use core_vector::lockup::Lockup;

/// What a page holds.
const REASONS_MAX: usize = 8;
/// The sizes that reasons are set in, largest first; all of a page share one.
const SIZES: [f64; 5] = [12.5, 11.5, 10.5, 9.5, 8.5];

/// The idea on dark, beside the mark.
pub(crate) fn idea(setting: &Setting) -> Result<Page, Fault> {
    let concept = setting.brand.logo();
    let scheme = &setting.dark;
    let mut page = Page::new(WIDTH, HEIGHT, &setting.say("kit-idea", &[])?);
    page.ground(scheme.ground);
    let left = Area::new(MARGIN, MARGIN, 372.0, HEIGHT - 2.0 * MARGIN);
    let label = setting.label().color(scheme.muted);
    let head = setting.say("kit-idea", &[])?;
    page.text(Role::Heading(1), &setting.fonts, &head, &label, left);

    let large =
        setting.title().size(42.0).leading(1.04).color(scheme.text).tracking(setting.tracking("display"));
    let large = setting.unbroken(&concept.title, &large, left.width);
    let lead = setting.lead().color(scheme.text).size(14.0);
    let whole = setting.height(&concept.title, &large, left.width)
        + 26.0
        + setting.height(&concept.idea, &lead, left.width);
    let top = HEIGHT - MARGIN - 34.0 - whole;
    let base = page.text(Role::Heading(2), &setting.fonts, &concept.title, &large, Area { y: top, ..left });
    page.text(Role::Paragraph, &setting.fonts, &concept.idea, &lead, Area { y: base + 26.0, ..left });

    let colors = &setting.brand.design.palette.logo;
    let color = |role: FillRole| Colorway::Reversed.color(role, colors);
    let right = Area::new(
        WIDTH / 2.0 + 62.0,
        MARGIN + 52.0,
        WIDTH / 2.0 - 62.0 - MARGIN - 20.0,
        HEIGHT - 2.0 * MARGIN - 104.0,
    );
    page.push(setting.figure(Lockup::Mark, right, Anchor::CENTER, &color)?);
    Ok(page)
}

/// The reasons, if the design gives any.
pub(crate) fn page(setting: &Setting) -> Result<Option<Page>, Fault> {
    // A sentence that quotes letters which the face lacks is left to `brand.json`.
    let is_readable = |reason: &&Reason| setting.fonts.covers(setting.text, &reason.text);
    let reasons: Vec<&Reason> = setting.brand.design.reasons.iter().filter(is_readable).collect();
    if reasons.is_empty() {
        return Ok(None);
    }
    let title = setting.say("kit-reasons", &[])?;
    let intro = setting.say("kit-reasons-intro", &[])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    let shown = chosen(&reasons);
    let row = |index: usize| stage.rows(index, 1, shown.len().max(5), 0.0);
    let style = fitting(setting, &shown, row(0));
    for (index, reason) in shown.iter().enumerate() {
        one(setting, &mut page, row(index), reason, &style)?;
    }
    Ok(Some(page))
}

/// The first reason of each topic, then the others, in the order in which they were given.
fn chosen<'a>(reasons: &[&'a Reason]) -> Vec<&'a Reason> {
    let is_first = |index: usize| !reasons[..index].iter().any(|before| before.topic == reasons[index].topic);
    let (mut first, rest): (Vec<usize>, Vec<usize>) = (0..reasons.len()).partition(|index| is_first(*index));
    first.extend(rest);
    first.truncate(REASONS_MAX);
    first.sort_unstable();
    first.into_iter().map(|index| reasons[index]).collect()
}

/// Topic on the left, the reason large, its evidence small.
fn one(setting: &Setting, page: &mut Page, area: Area, reason: &Reason, style: &Style) -> Result<(), Fault> {
    setting.hairline(page, area.x, area.y, area.width, &setting.light);
    let topic = topic(setting, &reason.topic)?;
    let [left, middle, right] = columns(area);
    let head = setting.unbroken(&topic, &setting.heading().size(12.0), left.width);
    page.text(Role::Heading(2), &setting.fonts, &topic, &head, left);
    page.text(Role::Paragraph, &setting.fonts, &reason.text, style, middle);
    let evidence = evidence(setting, reason)?;
    let mut small = setting.caption();
    while small.size > 5.0 && setting.height(&evidence, &small, right.width) > area.height - 20.0 {
        small = small.size(small.size - 0.2);
    }
    page.text(Role::Paragraph, &setting.fonts, &evidence, &small, right);
    Ok(())
}

fn columns(area: Area) -> [Area; 3] {
    let below = Area { y: area.y + 12.0, ..area };
    let right = below.columns(7, 2, 9, GUTTER);
    [below.columns(0, 2, 9, GUTTER), below.columns(2, 5, 9, GUTTER), right]
}

/// The lead style in the largest size in which every reason fits its row.
fn fitting(setting: &Setting, reasons: &[&Reason], row: Area) -> Style {
    let [_, middle, _] = columns(row);
    let room = row.height - 20.0;
    let fits = |style: &Style| {
        reasons.iter().all(|reason| setting.height(&reason.text, style, middle.width) <= room)
    };
    let styles = SIZES.map(|size| setting.lead().leading(1.4).size(size));
    styles.into_iter().find(fits).unwrap_or(setting.lead().leading(1.3).size(7.0))
}

fn topic(setting: &Setting, id: &str) -> Result<String, Fault> {
    let key = format!("kit-topic-{id}");
    // The graph may grow a topic before the book has a word for it.
    let known = setting.brand.words.knows(&key);
    setting.say(if known { &key } else { "kit-topic-other" }, &[])
}

/// The grade, and the source where it says more than the grade.
fn evidence(setting: &Setting, reason: &Reason) -> Result<String, Fault> {
    let key = match reason.evidence.as_str() {
        "strong" => "kit-evidence-strong",
        "limited" => "kit-evidence-limited",
        _ => return setting.say("kit-evidence-practice", &[]),
    };
    let grade = setting.say(key, &[])?;
    if reason.source.is_empty() {
        return Ok(grade);
    }
    setting.say("kit-evidence-sourced", &[("grade", &grade), ("source", &reason.source)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_gets_its_word_before_any_gets_two() {
        let reason = |topic: &str| Reason {
            topic: topic.into(),
            text: String::new(),
            evidence: String::new(),
            source: String::new(),
            path: Vec::new(),
        };
        let topics = ["a", "b", "b", "b", "c", "d", "e", "f", "g", "b", "h"].map(reason);
        let topics: Vec<&Reason> = topics.iter().collect();
        let shown: Vec<&str> = chosen(&topics).iter().map(|reason| reason.topic.as_str()).collect();
        assert_eq!(shown, ["a", "b", "c", "d", "e", "f", "g", "h"]);
        assert_eq!(chosen(&topics[..4]).len(), 4);
    }
}
