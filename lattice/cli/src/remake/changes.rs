//! What is another between two revisions: what was asked and decided, colours, files.

use core_brand::brief::Order;
use core_brand::kit::{BrandFile, FileEntry, ManifestFile};
use core_brand::{Design, Fault, Rgb};
use core_color::difference;
use core_words::Words;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Everything that differs.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Changes {
    pub(crate) format: u32,
    pub(crate) from: u32,
    pub(crate) to: u32,
    /// Of the order.
    pub(crate) asked: Vec<Difference>,
    pub(crate) decided: Vec<Difference>,
    pub(crate) colors: Vec<ColorDifference>,
    pub(crate) files: FileDifferences,
}

/// A value by the name that it has in `brand.json`; nothing where there was or is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Difference {
    pub(crate) id: String,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct ColorDifference {
    pub(crate) id: String,
    pub(crate) before: Option<Rgb>,
    pub(crate) after: Option<Rgb>,
    /// CIEDE2000, in hundredths; nothing where there is only one of the two.
    #[serde(rename = "dE")]
    pub(crate) difference: Option<f64>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct FileDifferences {
    pub(crate) added: Vec<String>,
    pub(crate) removed: Vec<String>,
    pub(crate) changed: Vec<String>,
    /// How many are byte for byte as before.
    pub(crate) same: usize,
}

impl Changes {
    /// Compares two kits; files that say what a revision is are none of its content.
    pub(crate) fn between(old: (&BrandFile, &ManifestFile), new: (&BrandFile, &ManifestFile)) -> Self {
        let (old_design, new_design) = (&old.0.design.0, &new.0.design.0);
        Self {
            format: 1,
            from: old.0.revision,
            to: old.0.revision + 1,
            asked: differing(&asked(&old.0.order), &asked(&new.0.order)),
            decided: differing(&decided(old.0), &decided(new.0)),
            colors: recolored(&colors(old_design), &colors(new_design)),
            files: files(&contents(old.1), &contents(new.1)),
        }
    }

    /// Whether any file of content is another.
    pub(crate) fn has_files(&self) -> bool {
        let FileDifferences { added, removed, changed, .. } = &self.files;
        !(added.is_empty() && removed.is_empty() && changed.is_empty())
    }

    /// The same for people, in the language of the brand.
    pub(crate) fn markdown(&self, words: &Words) -> Result<String, Fault> {
        let say = |key: &str| words.say(key, &[]);
        let (from, to) = (self.from.to_string(), self.to.to_string());
        let mut text = format!("# {}\n", words.say("kit-changes-title", &[("from", &from), ("to", &to)])?);
        let head = format!("| | {} | {} |", say("kit-changes-before")?, say("kit-changes-after")?);
        for (key, rows) in [("kit-changes-asked", &self.asked), ("kit-changes-decided", &self.decided)] {
            // Writing to a String cannot fail, here and below.
            let _ = writeln!(text, "\n## {}\n", say(key)?);
            if rows.is_empty() {
                let _ = writeln!(text, "{}", say("kit-changes-nothing")?);
                continue;
            }
            let _ = writeln!(text, "{head}\n|---|---|---|");
            for Difference { id, before, after } in rows {
                let _ = writeln!(text, "| `{id}` | {} | {} |", cell(before.as_ref()), cell(after.as_ref()));
            }
        }
        let _ = writeln!(text, "\n## {}\n", say("kit-changes-colors")?);
        if self.colors.is_empty() {
            let _ = writeln!(text, "{}", say("kit-changes-nothing")?);
        } else {
            let _ = writeln!(text, "{head} dE |\n|---|---|---|---:|");
        }
        for ColorDifference { id, before, after, difference } in &self.colors {
            let far = difference.map_or_else(|| "–".to_owned(), |far| words.decimal(far, 1));
            let _ =
                writeln!(text, "| `{id}` | {} | {} | {far} |", cell(before.as_ref()), cell(after.as_ref()));
        }
        let _ = writeln!(text, "\n## {}\n", say("kit-changes-files")?);
        let FileDifferences { added, removed, changed, same } = &self.files;
        let counts = [added.len(), removed.len(), changed.len(), *same].map(|count| count.to_string());
        let [a, r, c, s] = &counts;
        let counted = [("added", a.as_str()), ("removed", r), ("changed", c), ("same", s)];
        let _ = writeln!(text, "{}", words.say("kit-changes-counts", &counted)?);
        for (sign, paths) in [("+", added), ("−", removed), ("~", changed)] {
            if !paths.is_empty() {
                text.push('\n');
            }
            for path in paths {
                let _ = writeln!(text, "- {sign} `{path}`");
            }
        }
        Ok(text)
    }
}

/// A value in a table: what a person wrote must not end the cell.
fn cell<T: ToString>(value: Option<&T>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| value.to_string().replace('|', "\\|"))
}

type Values = BTreeMap<String, String>;

fn asked(order: &Order) -> Values {
    let (brief, none) = (&order.brief, || None::<String>);
    let complexity = serde_json::to_value(brief.complexity).ok();
    let values = [
        ("company_name", Some(brief.company_name.clone())),
        ("industry", Some(brief.industry.clone())),
        ("style", Some(brief.style.clone())),
        ("primary_color", brief.primary_color.map(|color| color.to_string())),
        ("complexity", complexity.and_then(|value| value.as_str().map(str::to_owned))),
        ("language", Some(brief.language.clone())),
        ("distance", brief.distance.map_or_else(none, |distance| Some(distance.value().to_string()))),
        ("seed", Some(order.seed.to_string())),
        ("concepts", Some(order.concepts.to_string())),
        ("graph", order.graph.clone()),
        ("templates", order.templates.as_ref().and_then(|all| serde_json::to_string(all).ok())),
        ("version", Some(order.version.clone())),
    ];
    values.into_iter().filter_map(|(id, value)| Some((id.to_owned(), value?))).collect()
}

fn decided(brand: &BrandFile) -> Values {
    let design = &brand.design.0;
    let faces = &design.typography;
    let mut values: Values = [
        ("industry", design.industry.id.clone()),
        ("style", design.style.id.clone()),
        ("typography.display", faces.display.key.to_string()),
        ("typography.text", faces.text.key.to_string()),
        ("typography.strong", faces.strong.key.to_string()),
        ("typography.ratio", faces.ratio.to_string()),
    ]
    .map(|(id, value)| (id.to_owned(), value))
    .into();
    for concept in &brand.concepts {
        values.insert(format!("concepts.{:02}", concept.rank), concept.id.clone());
    }
    values
}

fn colors(design: &Design) -> BTreeMap<String, Rgb> {
    let palette = &design.palette;
    let mut colors: BTreeMap<String, Rgb> =
        palette.swatches.iter().map(|swatch| (format!("swatches.{}", swatch.id), swatch.rgb)).collect();
    for theme in &palette.themes {
        colors.extend(theme.roles.iter().map(|(role, rgb)| (format!("themes.{}.{role}", theme.id), *rgb)));
    }
    colors
}

fn differing(old: &Values, new: &Values) -> Vec<Difference> {
    let ids = old.keys().chain(new.keys().filter(|id| !old.contains_key(*id)));
    let pair = |id: &String| Difference {
        id: id.clone(),
        before: old.get(id).cloned(),
        after: new.get(id).cloned(),
    };
    ids.map(pair).filter(|pair| pair.before != pair.after).collect()
}

fn recolored(old: &BTreeMap<String, Rgb>, new: &BTreeMap<String, Rgb>) -> Vec<ColorDifference> {
    let ids = old.keys().chain(new.keys().filter(|id| !old.contains_key(*id)));
    let pair = |id: &String| {
        let (before, after) = (old.get(id).copied(), new.get(id).copied());
        let far = before.zip(after).map(|(one, other)| (difference(one, other) * 100.0).round() / 100.0);
        ColorDifference { id: id.clone(), before, after, difference: far }
    };
    ids.map(pair).filter(|pair| pair.before != pair.after).collect()
}

/// The files of content, by path.
fn contents(manifest: &ManifestFile) -> BTreeMap<&str, &str> {
    let is_content = |file: &&FileEntry| !super::revision::IS_ABOUT.contains(&file.path.as_str());
    manifest.files.iter().filter(is_content).map(|file| (file.path.as_str(), file.sha256.as_str())).collect()
}

fn files(old: &BTreeMap<&str, &str>, new: &BTreeMap<&str, &str>) -> FileDifferences {
    let mut differences = FileDifferences::default();
    for (path, sha256) in new {
        match old.get(path) {
            None => differences.added.push((*path).to_owned()),
            Some(before) if before == sha256 => differences.same += 1,
            Some(_) => differences.changed.push((*path).to_owned()),
        }
    }
    differences.removed =
        old.keys().filter(|path| !new.contains_key(*path)).map(|path| (*path).to_owned()).collect();
    differences
}
