//! `imprint explain`: why each choice of a kit was made. Everything stands in the kit.

mod edges;
pub(crate) mod kit;
mod machine;
mod story;
mod tree;
mod zip;

use crate::args::Explain;
use crate::say::print;
use crate::show::json;
use crate::show::pen::Pen;
use core_brand::Fault;

pub(crate) fn run(explain: &Explain) -> Result<(), Fault> {
    let kit = kit::read(&explain.kit)?;
    if explain.json {
        return json(&machine::explained(&kit));
    }
    print(&tree::tree(&kit, &Pen::of_stdout()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::edges::{Edge, stops};
    use super::kit::{self, KitFiles};
    use super::zip::tests::zip;
    use super::{machine, tree};
    use crate::show::pen::{Depth, Pen, cells};
    use core_brand::brief::Order;
    use core_brand::design::{GraphAnswer, GraphEdge, GraphUse};
    use core_brand::kit::{BrandFile, DesignFile, ReportFile};
    use core_brand::{Design, VERSION};
    use core_order::Request;
    use imprint_golden::{Case, cases, check_text};
    use std::fs;
    use std::path::Path;

    /// The files of a kit as the kit step writes them, without its pictures.
    fn sealed(case: &Case) -> KitFiles {
        let request: Request = serde_json::from_str(&case.text("request.json")).unwrap();
        let order: Order = core_order::order(&request).unwrap();
        let design = core_design::decide(&order).unwrap();
        let checks = design.checks.clone();
        let report = ReportFile { format: 1, version: VERSION.into(), gates_failed: 0, warnings: 0, checks };
        let design = DesignFile(Design { checks: Vec::new(), ..design });
        KitFiles {
            brand: BrandFile {
                format: 1,
                revision: 1,
                order,
                design,
                concepts: Vec::new(),
                missed: Vec::new(),
            },
            report: Some(report),
        }
    }

    #[test]
    fn trees_are_as_accepted() {
        let pen = Pen { depth: Depth::Plain, width: 80 };
        for case in cases("golden/show") {
            let kit = sealed(&case);
            check_text(case.path("explain.txt"), &tree::tree(&kit, &pen));
            let told = serde_json::to_string_pretty(&machine::explained(&kit)).unwrap();
            check_text(case.path("explain.json"), &format!("{told}\n"));
        }
    }

    #[test]
    fn every_reason_and_warning_is_told_within_the_width() {
        for case in cases("golden/show") {
            let kit = sealed(&case);
            for width in [60, 120] {
                let tree = tree::tree(&kit, &Pen { depth: Depth::Plain, width });
                let flat: String = tree.split_whitespace().filter(|word| *word != "│").collect();
                let design = &kit.brand.design.0;
                let reasons = design.reasons.iter().flat_map(|reason| [&reason.text, &reason.source]);
                for text in reasons.chain(design.warnings.iter().map(|warning| &warning.message)) {
                    let wanted: String = text.split_whitespace().collect();
                    assert!(flat.contains(&wanted), "{width}: {text}\n{tree}");
                }
                assert!(tree.lines().all(|line| cells(line) <= width), "{width}: {tree}");
            }
        }
    }

    #[test]
    fn a_path_has_the_edges_that_the_graph_answered_with() {
        let mut kit = sealed(&cases("golden/show")[0]);
        let edge = |from: &str, to: &str, weight| GraphEdge {
            from: from.into(),
            to: to.into(),
            weight,
            evidence: "practice".into(),
            grade: "limited".into(),
        };
        let path = vec![edge("industry:law", "hue:royal", 0.5), edge("style:classic", "hue:royal", 0.25)];
        let answer = GraphAnswer { topic: "hue".into(), node: "hue:royal".into(), score: 0.65, path };
        kit.brand.design.0.graph =
            Some(GraphUse { version: "1".into(), overlays: Vec::new(), answers: vec![answer] });
        let design = &kit.brand.design.0;
        let path = ["brief:law", "industry:law", "style:modern", "hue:royal"].map(str::to_owned);
        let stops: Vec<_> = stops(design, &path).into_iter().map(|stop| stop.edge).collect();
        let far = Edge { weight: 0.5, grade: "limited", from: Some("industry:law") };
        assert_eq!(stops, [None, None, None, Some(far)]);
        let tree = tree::tree(&kit, &Pen { depth: Depth::Plain, width: 120 });
        let told =
            "hue:royal 0.65: industry:law ─0.50 limited→ hue:royal · style:classic ─0.25 limited→ hue:royal";
        assert!(tree.contains(told), "{tree}");
    }

    fn written(folder: &Path, kit: &KitFiles) {
        fs::write(folder.join(BrandFile::PATH), serde_json::to_string(&kit.brand).unwrap()).unwrap();
        fs::write(folder.join(ReportFile::PATH), serde_json::to_string(&kit.report).unwrap()).unwrap();
    }

    #[test]
    fn a_kit_is_read_from_its_zip() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kit.zip");
        let kit = sealed(&cases("golden/show")[0]);
        let [brand, report] =
            [serde_json::to_vec(&kit.brand).unwrap(), serde_json::to_vec(&kit.report).unwrap()];
        let files = [("nord/brand.json", &brand[..]), ("nord/report.json", &report[..])];
        for is_deflated in [true, false] {
            fs::write(&path, zip(&files, is_deflated)).unwrap();
            let read = kit::read(&path).unwrap();
            assert_eq!((&read.brand, &read.report), (&kit.brand, &kit.report));
        }
        fs::write(&path, zip(&files[1..], true)).unwrap();
        assert_eq!(kit::read(&path).map(|_| ()).unwrap_err().code, "kit.missing");
        fs::write(&path, &zip(&files, true)[..100]).unwrap();
        assert_eq!(kit::read(&path).map(|_| ()).unwrap_err().code, "kit.malformed");
    }

    #[test]
    fn a_kit_is_read_from_its_folder_and_from_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let kit = sealed(&cases("golden/show")[0]);
        written(folder.path(), &kit);
        for path in [folder.path().to_owned(), folder.path().join(BrandFile::PATH)] {
            let read = kit::read(&path).unwrap();
            assert_eq!((&read.brand, &read.report), (&kit.brand, &kit.report));
        }
        fs::remove_file(folder.path().join(ReportFile::PATH)).unwrap();
        assert_eq!(kit::read(folder.path()).unwrap().report, None);
    }

    #[test]
    fn what_is_no_kit_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let kit = serde_json::to_value(&sealed(&cases("golden/show")[0]).brand).unwrap();
        let newer = |format: u32, version: &str, strange: bool| {
            let mut kit = kit.clone();
            kit["format"] = format.into();
            kit["order"]["version"] = version.into();
            if strange {
                kit["design"] = "in other words".into();
            }
            kit.to_string()
        };
        let spoken = |version: &str| {
            let mut kit = kit.clone();
            kit["order"]["version"] = version.into();
            kit["order"]["brief"]["language"] = "xx".into();
            kit.to_string()
        };
        let cases: &[(&str, Option<String>, Option<&str>)] = &[
            ("an empty folder", None, Some("kit.missing")),
            ("no JSON", Some("{".into()), Some("kit.malformed")),
            ("somebody else's brand.json", Some(r#"{"name": "x"}"#.into()), Some("kit.malformed")),
            ("a newer format", Some(newer(2, VERSION, false)), Some("kit.newer")),
            ("a newer version, with another design", Some(newer(1, "7.0.0", true)), Some("kit.newer")),
            ("this version, broken", Some(newer(1, VERSION, true)), Some("kit.malformed")),
            ("a newer version that reads", Some(newer(1, "7.0.0", false)), None),
            ("a language that nobody speaks", Some(spoken(VERSION)), Some("kit.malformed")),
            ("a newer version, with another language", Some(spoken("7.0.0")), Some("kit.newer")),
            ("too large", Some(" ".repeat(kit::BYTES_MAX + 1)), Some("kit.malformed")),
        ];
        for (what, text, code) in cases {
            if let Some(text) = text {
                fs::write(folder.path().join(BrandFile::PATH), text).unwrap();
            }
            let read = kit::read(folder.path()).map(|_| ()).map_err(|fault| fault.code);
            assert_eq!(read.as_ref().err().map(String::as_str), *code, "{what}");
        }
        let nowhere = kit::read(&folder.path().join("nowhere")).map(|_| ()).unwrap_err();
        assert_eq!(nowhere.code, "kit.missing");
    }
}
