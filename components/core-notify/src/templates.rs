//! Messages that a tenant wrote in place of ours, one by one: language, channel, id and a text in Fluent.
//!
//! A text may use the values of its message and choose between forms; it calls nothing and names no other message. So a
//! text that passes says something whenever it is asked.

use crate::messages::{Slot, slots};
use crate::rules::Channel;
use crate::settings::{Wrong, check_format, parse, wrong};
use crate::words::{Filling, Words};
use core_brand::Fault;
use core_brand::brief::LANGUAGES;
use core_brand::fault::Code;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// All messages of all languages and channels, each as long as a mail is read, have less.
const BYTES_MAX: usize = 512 << 10;
/// A paragraph or three; a mail is news, not a letter.
const TEXT_BYTES_MAX: usize = 2000;
/// Braces in braces: a form that depends on a number that depends on a name.
const DEPTH_MAX: usize = 6;
/// Letters around a fault that are shown.
const NEAR_CHARS: usize = 24;

/// Texts by language, channel and id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Templates {
    format: u32,
    messages: BTreeMap<String, BTreeMap<Channel, BTreeMap<String, String>>>,
}

impl Templates {
    /// Reads and checks them; an empty text has none.
    pub(crate) fn read(text: &str) -> Result<Self, Fault> {
        if text.is_empty() {
            return Ok(Self { format: 1, messages: BTreeMap::new() });
        }
        let fault = |(place, why)| Fault::new(Code::NoticeWords, [("place", place), ("why", why)]);
        let templates: Self = parse(text, BYTES_MAX).map_err(fault)?;
        templates.check().map_err(fault)?;
        Ok(templates)
    }

    /// Reads what was checked when it was stored.
    pub(crate) fn stored(text: &str) -> Result<Self, Fault> {
        match text {
            "" => Self::read(""),
            text => parse(text, BYTES_MAX)
                .map_err(|(place, why)| Fault::new(Code::NoticeWords, [("place", place), ("why", why)])),
        }
    }

    fn check(&self) -> Result<(), Wrong> {
        check_format(self.format)?;
        let slots = slots();
        for (language, channels) in &self.messages {
            if !LANGUAGES.contains(&language.as_str()) {
                return Err(wrong(language, format!("there are words in {}", LANGUAGES.join(", "))));
            }
            for (channel, messages) in channels {
                for (id, text) in messages {
                    let place = format!("{language}.{}.{id}", channel.as_str());
                    let slot = slot(&slots, *channel, id).map_err(|why| (place.clone(), why))?;
                    check_text(slot, language, text).map_err(|why| (place, why))?;
                }
            }
        }
        Ok(())
    }

    /// What was written for a channel in a language, as far as it can be said: a message that this version does not know
    /// is one of another version.
    pub(crate) fn of(&self, language: &str, channel: Channel) -> Vec<(&str, &str)> {
        let written = self.messages.get(language).and_then(|channels| channels.get(&channel));
        let Some(written) = written else { return Vec::new() };
        let slots = slots();
        let can_be_said = |id: &str, text: &str| {
            slot(&slots, channel, id).is_ok_and(|slot| check_text(slot, language, text).is_ok())
        };
        let pairs = written.iter().map(|(id, text)| (id.as_str(), text.as_str()));
        pairs.filter(|(id, text)| can_be_said(id, text)).collect()
    }
}

fn slot<'a>(slots: &'a [Slot], channel: Channel, id: &str) -> Result<&'a Slot, String> {
    let slot =
        slots.iter().find(|slot| slot.id == id).ok_or_else(|| format!("there is no message `{id}`"))?;
    match slot.channels.contains(&channel) {
        true => Ok(slot),
        false => Err(format!("`{id}` is not said by {}", channel.as_str())),
    }
}

/// The text as a message of Fluent.
pub(crate) fn source(id: &str, text: &str) -> String {
    match text.contains('\n') {
        true => format!("{id} =\n    {}\n", text.trim().replace('\n', "\n    ")),
        false => format!("{id} = {}\n", text.trim()),
    }
}

fn check_text(slot: &Slot, language: &str, text: &str) -> Result<(), String> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(format!("it has {} bytes; at most {TEXT_BYTES_MAX} are possible", text.len()));
    }
    if text.contains('\r') {
        return Err("it has a carriage return; end lines with a line feed alone".to_owned());
    }
    if depth(text) > DEPTH_MAX {
        return Err(format!("braces stand in each other more than {DEPTH_MAX} deep"));
    }
    let source = source(&slot.id, text);
    let used = values(&source)?;
    let of = |values: &[&str]| match values {
        [] => "it takes no values".to_owned(),
        values => format!(
            "it takes {}",
            values.iter().map(|name| format!("${name}")).collect::<Vec<_>>().join(", ")
        ),
    };
    if let Some(strange) = used.iter().find(|name| !slot.values.contains(&name.as_str())) {
        return Err(format!("there is no value ${strange}; {}", of(&slot.values)));
    }
    if let Some(missing) = slot.needed.iter().find(|name| !used.contains(**name)) {
        return Err(format!("it has to say ${missing}"));
    }
    try_it(slot, language, text)
}

fn depth(text: &str) -> usize {
    let (mut now, mut most) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'{' => now += 1,
            b'}' => now = now.saturating_sub(1),
            _ => {}
        }
        most = most.max(now);
    }
    most
}

/// The values that a message uses.
fn values(source: &str) -> Result<BTreeSet<String>, String> {
    let resource = fluent_syntax::parser::parse(source).map_err(|(_, errors)| {
        let Some(error) = errors.first() else { return "it is no Fluent".to_owned() };
        let rest = source.get(error.pos.start..).unwrap_or_default();
        let near: String = rest.trim().chars().take(NEAR_CHARS).collect();
        if near.is_empty() { format!("{error} at its end") } else { format!("{error} at `{near}`") }
    })?;
    let [Entry::Message(message)] = resource.body.as_slice() else {
        return Err("it is more than one message".to_owned());
    };
    let pattern = message.value.as_ref().filter(|_| message.attributes.is_empty());
    let pattern = pattern.ok_or("it says nothing, or a line begins with a dot")?;
    let mut used = BTreeSet::new();
    in_pattern(pattern, &mut used)?;
    Ok(used)
}

fn in_pattern(pattern: &Pattern<&str>, used: &mut BTreeSet<String>) -> Result<(), String> {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        in_expression(expression, used)?;
    }
    Ok(())
}

fn in_expression(expression: &Expression<&str>, used: &mut BTreeSet<String>) -> Result<(), String> {
    match expression {
        Expression::Inline(inline) => in_inline(inline, used),
        Expression::Select { selector, variants } => {
            in_inline(selector, used)?;
            variants.iter().try_for_each(|variant| in_pattern(&variant.value, used))
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, used: &mut BTreeSet<String>) -> Result<(), String> {
    match inline {
        InlineExpression::VariableReference { id } => {
            used.insert(id.name.to_owned());
            Ok(())
        }
        InlineExpression::Placeable { expression } => in_expression(expression, used),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => Ok(()),
        InlineExpression::FunctionReference { id, .. } => {
            Err(format!("it calls {}; values are written as they are", id.name))
        }
        InlineExpression::MessageReference { id, .. } | InlineExpression::TermReference { id, .. } => {
            Err(format!("it names the message `{}`; a message stands alone", id.name))
        }
    }
}

/// Says it once with few and once with many.
fn try_it(slot: &Slot, language: &str, text: &str) -> Result<(), String> {
    let words = Words::alone(language, &slot.id, text).map_err(|fault| fault.message)?;
    for count in [1, 5] {
        let filling: Filling<'_> = slot
            .values
            .iter()
            .map(|name| (*name, if is_count(name) { count.into() } else { "x".into() }))
            .collect();
        let said =
            words.say(&slot.id, &filling).map_err(|_| "it cannot be said with its values".to_owned())?;
        if crate::plain::line(&said).is_empty() {
            return Err("it says nothing".to_owned());
        }
    }
    Ok(())
}

fn is_count(value: &str) -> bool {
    matches!(value, "files" | "percent" | "count")
}
