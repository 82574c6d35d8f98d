//! Compares the catalogues: every language has exactly the sentences of the English one, with the same values.
//!
//! The build runs this, and so does the test, over a copy with a fault.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};
use fluent_syntax::parser::{ParserError, parse};
use std::collections::{BTreeMap, BTreeSet};

/// What the others are measured by.
const SOURCE: &str = "en";

/// The texts of one language.
#[derive(Clone)]
pub(crate) struct Catalogue {
    pub(crate) language: String,
    /// By file name.
    pub(crate) files: Vec<(String, String)>,
}

/// The values of a sentence, by name.
type Values = BTreeSet<String>;

/// Everything that is wrong, a line each.
pub(crate) fn audit(catalogues: &[Catalogue]) -> Vec<String> {
    let mut complaints = Vec::new();
    let read: Vec<_> =
        catalogues.iter().map(|catalogue| (catalogue, sentences(catalogue, &mut complaints))).collect();
    let Some((_, source)) = read.iter().find(|(catalogue, _)| catalogue.language == SOURCE) else {
        return vec![format!("there is no `{SOURCE}` catalogue")];
    };
    for (catalogue, own) in read.iter().filter(|(catalogue, _)| catalogue.language != SOURCE) {
        complaints.extend(compare(&catalogue.language, own, source));
    }
    complaints
}

/// The sentences of a language with the values that each uses.
fn sentences(catalogue: &Catalogue, complaints: &mut Vec<String>) -> BTreeMap<String, Values> {
    let mut found = BTreeMap::new();
    for (file, text) in &catalogue.files {
        let place = format!("{}/{file}", catalogue.language);
        let (resource, errors) = match parse(text.as_str()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, errors)) => (resource, errors),
        };
        complaints.extend(errors.iter().map(|error| syntax(&place, text, error)));
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let key = message.id.name.to_owned();
            let Some(values) = values(message) else {
                complaints.push(format!("{place}: `{key}` says nothing, or has attributes"));
                continue;
            };
            if found.insert(key.clone(), values).is_some() {
                complaints.push(format!("{place}: `{key}` is there twice"));
            }
        }
    }
    found
}

fn syntax(place: &str, text: &str, error: &ParserError) -> String {
    let before = text.get(..error.pos.start).unwrap_or(text);
    let line = before.lines().count().max(1);
    // The message that the parser gave up in starts before the place where it did.
    let key = before.lines().rev().find_map(|line| line.split_once('=').map(|(key, _)| key.trim()));
    format!("{place}, line {line}: {error}, in or after `{}`", key.unwrap_or_default())
}

fn values(message: &Message<&str>) -> Option<Values> {
    let pattern = message.value.as_ref().filter(|_| message.attributes.is_empty())?;
    let mut values = Values::new();
    in_pattern(pattern, &mut values);
    Some(values)
}

fn in_pattern(pattern: &Pattern<&str>, values: &mut Values) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        in_expression(expression, values);
    }
}

fn in_expression(expression: &Expression<&str>, values: &mut Values) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, values),
        Expression::Select { selector, variants } => {
            in_inline(selector, values);
            variants.iter().for_each(|variant| in_pattern(&variant.value, values));
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, values: &mut Values) {
    match inline {
        InlineExpression::VariableReference { id } => {
            values.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|argument| in_inline(argument, values));
        }
        InlineExpression::Placeable { expression } => in_expression(expression, values),
        _ => {}
    }
}

fn compare(language: &str, own: &BTreeMap<String, Values>, source: &BTreeMap<String, Values>) -> Vec<String> {
    let mut complaints = Vec::new();
    for (key, wanted) in source {
        match own.get(key) {
            None => complaints.push(format!("{language}: `{key}` is missing")),
            Some(values) if values != wanted => complaints.push(format!(
                "{language}: `{key}` uses the values {values:?}, the {SOURCE} one uses {wanted:?}"
            )),
            Some(_) => {}
        }
    }
    let extra = own.keys().filter(|key| !source.contains_key(*key));
    complaints.extend(extra.map(|key| format!("{language}: `{key}` is not in the {SOURCE} catalogue")));
    complaints
}
