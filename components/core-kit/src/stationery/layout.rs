//! The sheets of a kit: those that come with Imprint (`data/print.json`), and those of an order's templates over them.

use core_brand::brief::Order;
use core_brand::templates::VERSION;
use core_brand::templates::print::{Choice, PrintSheet};
use core_brand::{Complexity, Fault, broken};
use core_vector::Lockup;
use serde::Deserialize;

const DATA: &str = include_str!("../../data/print.json");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheets {
    version: u64,
    sheets: Vec<PrintSheet>,
}

/// The sheets of an order: a simple kit has none but those of its templates.
pub(super) fn wanted(order: &Order) -> Result<Vec<PrintSheet>, Fault> {
    let (own, complexity) = (own()?, order.brief.complexity);
    let all = match &order.templates {
        Some(templates) => templates.print.over(own)?,
        None => own,
    };
    Ok(all.into_iter().filter(|sheet| sheet.from <= complexity).collect())
}

fn own() -> Result<Vec<PrintSheet>, Fault> {
    let all: Sheets = serde_json::from_str(DATA).map_err(|why| broken!("print.json: {why}"))?;
    if all.version != VERSION {
        return Err(broken!("print.json is of version {}; {VERSION} is known", all.version));
    }
    Ok(all.sheets)
}

/// None where the size decides.
pub(super) fn lockup(choice: Choice) -> Option<Lockup> {
    Some(match choice {
        Choice::Best => return None,
        Choice::Horizontal => Lockup::Horizontal,
        Choice::Stacked => Lockup::Stacked,
        Choice::Mark => Lockup::Mark,
        Choice::Wordmark => Lockup::Wordmark,
        Choice::Square => Lockup::Square,
        Choice::Badge => Lockup::Badge,
    })
}

/// The sheets that are shown together. Those of complex kits alone are the same for other sizes of paper, where there are
/// others.
pub(super) fn shown(sheets: &[PrintSheet]) -> Vec<&PrintSheet> {
    let usual: Vec<&PrintSheet> = sheets.iter().filter(|sheet| sheet.from <= Complexity::Medium).collect();
    if usual.is_empty() { sheets.iter().collect() } else { usual }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core_brand::brief::RawBrief;
    use core_brand::templates::Templates;

    fn ids(complexity: &str, templates: Option<&str>) -> Result<Vec<String>, Fault> {
        let raw = RawBrief {
            company_name: "Nord".into(),
            industry: "law".into(),
            complexity: Some(complexity.into()),
            ..RawBrief::default()
        };
        let templates = templates.map(|text| Templates::read(text.as_bytes())).transpose()?;
        let order = Order { templates, ..Order::new(&raw, Some(7), None)? };
        Ok(wanted(&order)?.into_iter().map(|sheet| sheet.id).collect())
    }

    #[test]
    fn own_sheets_are_sound_and_larger_kits_hold_more() {
        for (at, sheet) in own().unwrap().iter().enumerate() {
            sheet.check(&format!("sheets[{at}]")).unwrap();
        }
        assert_eq!(ids("simple", None).unwrap(), Vec::<String>::new());
        assert_eq!(ids("medium", None).unwrap(), ["business-card", "letterhead", "envelope"]);
        assert_eq!(ids("complex", None).unwrap().len(), 7);
    }

    #[test]
    fn sheets_of_templates_are_added_put_in_place_and_left_out() {
        let sheet = |id: &str| {
            format!(
                r#"{{"id": "{id}", "size_mm": [60, 60], "bleed_mm": 3, "safe_mm": 3, "pages": [{{"ground": "dark", "parts": []}}]}}"#
            )
        };
        let file = |without: &str| {
            format!(
                r#"{{"version": 1, "print": {{"formats": [{}, {}], "without": ["{without}"]}}}}"#,
                sheet("tag"),
                sheet("envelope")
            )
        };
        let medium = ids("medium", Some(&file("letterhead"))).unwrap();
        assert_eq!(medium, ["business-card", "envelope", "tag"]);
        assert_eq!(ids("simple", Some(&file("letterhead"))).unwrap(), ["envelope", "tag"]);
        let fault = ids("medium", Some(&file("poster"))).unwrap_err();
        assert!(
            fault.message.contains("print.without[0]") && fault.message.contains("letterhead"),
            "{fault}"
        );
    }
}
