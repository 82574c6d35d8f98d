//! Briefs from a file: one a line, `name | industry | style | colour | seed`, or JSON as the API takes it.

use super::{asked, wish};
use crate::args::{Sheet, Wish};
use crate::engine::Asked;
use crate::unlike;
use core_brand::Fault;
use core_brand::brief::RawBrief;
use core_brand::fault::Code;
use serde::Deserialize;
use std::path::Path;

/// Nobody looks at more sheets at once.
const BRIEFS_MAX: usize = 1000;
/// The longest line is far below a thousandth of it.
const BYTES_MAX: u64 = 1 << 20;

/// A line of JSON.
#[derive(Deserialize)]
struct Line {
    #[serde(flatten)]
    brief: RawBrief,
    #[serde(default)]
    seed: Option<Seed>,
    #[serde(default)]
    concepts: Option<u32>,
}

/// A number where it fits one, a text where it does not.
#[derive(Deserialize)]
#[serde(untagged)]
enum Seed {
    Number(u64),
    Text(String),
}

/// The briefs with the numbers of their lines. What a line leaves open is as the command says.
pub(super) fn read(path: &Path, sheet: &Sheet) -> Result<Vec<(usize, Asked)>, Fault> {
    let fault =
        |why: String| Fault::new(Code::BriefMalformed, [("why", format!("{}: {why}", path.display()))]);
    let bytes = std::fs::metadata(path).map_err(|why| fault(why.to_string()))?.len();
    if bytes > BYTES_MAX {
        return Err(fault(format!("it has more than {BYTES_MAX} bytes")));
    }
    let text = std::fs::read_to_string(path).map_err(|why| fault(why.to_string()))?;
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty() && !line.starts_with('#'));
    let unlike = unlike::silhouettes(&sheet.unlike, &[])?;
    let briefs: Result<Vec<_>, Fault> = lines
        .map(|(line, number)| {
            let (wish, concepts) =
                brief(line, sheet).map_err(|why| fault(format!("line {number}: {why}")))?;
            Ok((number, asked(&wish, concepts, &unlike)?))
        })
        .collect();
    let briefs = briefs?;
    if !(1..=BRIEFS_MAX).contains(&briefs.len()) {
        return Err(fault(format!("it has {} briefs, and 1 to {BRIEFS_MAX} are possible", briefs.len())));
    }
    Ok(briefs)
}

fn brief(line: &str, sheet: &Sheet) -> Result<(Wish, Option<u32>), String> {
    let common = wish(sheet, String::new());
    if line.trim_start().starts_with('{') {
        let Line { brief, seed, concepts } = serde_json::from_str(line).map_err(|why| why.to_string())?;
        let seed = seed.map(|seed| match seed {
            Seed::Number(number) => number.to_string(),
            Seed::Text(text) => text,
        });
        let wish = Wish {
            name: brief.company_name,
            industry: brief.industry,
            style: brief.style.or(common.style),
            color: brief.primary_color.or(common.color),
            lang: brief.language.or(common.lang),
            distance: brief.distance.map(|distance| distance.to_string()).or(common.distance),
            seed: seed.or(common.seed),
            graph: common.graph,
        };
        return Ok((wish, concepts.or(sheet.concepts)));
    }
    let mut parts = line.split('|').map(|part| Some(part.trim().to_owned()).filter(|part| !part.is_empty()));
    let mut next = || parts.next().flatten();
    let wish = Wish {
        name: next().unwrap_or_default(),
        industry: next().unwrap_or(common.industry),
        style: next().or(common.style),
        color: next().or(common.color),
        seed: next().or(common.seed),
        ..common
    };
    Ok((wish, sheet.concepts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Vec<(usize, Asked)>, Fault> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("briefs.txt");
        std::fs::write(&path, text).unwrap();
        let sheet = Sheet { industry: Some("books".to_owned()), concepts: Some(3), ..Sheet::default() };
        read(&path, &sheet)
    }

    #[test]
    fn lines_are_briefs() {
        let text = "# a list\n\nNorthwind | coffee | warm | #1f6f5c | 7\nLeaf\n\
            {\"company_name\": \"Volt\", \"industry\": \"energy\", \"seed\": 9, \"concepts\": 2}\n";
        let read = read_text(text).unwrap();
        let seen: Vec<_> = read
            .iter()
            .map(|(line, asked)| {
                let brief = &asked.request.brief;
                let seed = asked.request.seed.as_deref().unwrap_or("none");
                let (name, industry) = (brief.company_name.as_str(), brief.industry.as_str());
                (*line, name, industry, brief.style.as_deref(), seed, asked.request.concepts)
            })
            .collect();
        let wanted = [
            (3, "Northwind", "coffee", Some("warm"), "7", Some(3)),
            (4, "Leaf", "books", None, "none", Some(3)),
            (5, "Volt", "energy", None, "9", Some(2)),
        ];
        assert_eq!(seen, wanted);
    }

    #[test]
    fn a_line_that_is_no_brief_is_named() {
        let why = read_text("Northwind\n{\"company_name\": 7}\n").unwrap_err().message;
        assert!(why.contains("line 2"), "{why}");
        let why = read_text("# nothing\n").unwrap_err().message;
        assert!(why.contains("0 briefs"), "{why}");
    }
}
