//! Kits of a few files, remade without any component.

use super::exchange::write;
use super::revision::{Next, Old};
use core_brand::brief::{Order, RawBrief};
use core_brand::kit::{BrandFile, DesignFile, FileEntry, ManifestFile, ReportFile};
use core_brand::{Document, Fault};
use core_words::Words;
use imprint_embedded::{Kit, KitFile, Stop};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

type Files<'a> = &'a [(&'a str, &'a str)];

const REPORT: &str = r#"{"format":1,"version":"0.1.0","gates_failed":0,"warnings":0,"checks":[]}"#;
const FIRST: Files =
    &[("report.json", REPORT), ("logos/a.svg", "<a/>"), ("logos/b.svg", "<b/>"), ("web/old.ico", "ico")];
const SECOND: Files =
    &[("report.json", REPORT), ("logos/a.svg", "<a/>"), ("logos/b.svg", "<b2/>"), ("web/new.ico", "ico")];

/// A kit of this colour, as a job makes it.
fn made(color: &str, files: Files) -> Kit {
    let raw = RawBrief {
        company_name: "Nordwind".into(),
        industry: "law".into(),
        primary_color: Some(color.into()),
        language: Some("de".into()),
        ..RawBrief::default()
    };
    let order = Order::new(&raw, Some(7), Some(2)).unwrap();
    let design = DesignFile(core_design::decide(&order).unwrap());
    let brand = BrandFile {
        format: 1,
        revision: 1,
        order: order.clone(),
        design,
        concepts: Vec::new(),
        missed: Vec::new(),
    };
    let mut documents: Vec<Document> = files
        .iter()
        .map(|(path, text)| Document::file(*path, "text/plain", text.as_bytes().to_vec()))
        .collect();
    documents.push(Document::json_file(BrandFile::PATH, &brand).unwrap());
    let mut listed: Vec<FileEntry> = documents.iter().map(FileEntry::of).collect();
    listed.sort();
    let version = order.version.clone();
    let manifest = ManifestFile { format: 1, version, revision: 1, previous: None, files: listed };
    documents.push(Document::json_file(ManifestFile::PATH, &manifest).unwrap());
    let file = |document: &Document| {
        let core_brand::Body::Inline(bytes) = document.body.clone() else { panic!("{}", document.name) };
        KitFile { path: document.name.clone(), media_type: "text/plain".into(), pixels: None, bytes }
    };
    Kit {
        order,
        files: documents.iter().map(file).collect(),
        documents,
        call_ms: BTreeMap::new(),
        step_files: BTreeMap::new(),
    }
}

fn put(folder: &Path, kit: &Kit) {
    for file in &kit.files {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.bytes).unwrap();
    }
}

/// Every file below a folder with what is in it.
fn all(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut open, mut files) = (vec![folder.to_owned()], BTreeMap::new());
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn remake(kit: &Path, new: &Kit) -> Result<Next, Fault> {
    let old = Old::read(kit)?;
    let next = Next::of(&old, new)?;
    write(&old, &next, &Stop::default())?;
    Ok(next)
}

#[test]
fn every_revision_can_be_put_together_again() {
    let place = tempfile::tempdir().unwrap();
    let kit = place.path().join("kit");
    put(&kit, &made("#1f6f5c", FIRST));
    let first = all(&kit);
    fs::write(kit.join("notes.txt"), "ours").unwrap();
    fs::create_dir(kit.join("revisions")).unwrap();

    let next = remake(&kit, &made("#7a1f3d", SECOND)).unwrap();
    assert_eq!(next.revision(), 2);
    let second = all(&kit);
    assert_eq!(second["notes.txt"], b"ours");
    let kept: Vec<&str> = second.keys().filter_map(|path| path.strip_prefix("revisions/1/")).collect();
    let about = ["brand.json", "logos/b.svg", "manifest.json", ReportFile::PATH, "web/old.ico"];
    assert_eq!(kept, about, "what is as it was lies in the kit alone");
    let manifest: ManifestFile = serde_json::from_slice(&second["manifest.json"]).unwrap();
    assert_eq!((manifest.revision, manifest.previous.is_some()), (2, true));
    assert!(second["CHANGES.md"].starts_with("# Was sich von Fassung 1".as_bytes()));

    let third = remake(&kit, &made("#2563eb", FIRST)).unwrap();
    assert_eq!(third.revision(), 3);
    let old = Old::read(&kit).unwrap();
    let (brand, files) = old.revision(1).unwrap();
    assert_eq!((brand.revision, files.into_iter().collect::<BTreeMap<_, _>>()), (1, first));
    let (brand, files) = old.revision(2).unwrap();
    let files: BTreeMap<String, Vec<u8>> = files.into_iter().collect();
    assert_eq!(brand.revision, 2);
    assert!(files.iter().all(|(path, bytes)| second[path] == *bytes) && files.len() == 8);
    assert_eq!(old.revision(3).unwrap().0.order.brief.primary_color.unwrap().to_string(), "#2563eb");
    for number in [0, 4] {
        assert_eq!(old.revision(number).unwrap_err().code, "kit.revision.unknown");
    }
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "nothing is left beside the kit");
}

#[test]
fn the_same_again_is_no_revision() {
    let place = tempfile::tempdir().unwrap();
    put(place.path(), &made("#1f6f5c", FIRST));
    let old = Old::read(place.path()).unwrap();
    let next = Next::of(&old, &made("#1f6f5c", FIRST)).unwrap();
    assert!(!next.is_new() && next.revision() == 1);
    assert_eq!((next.changes.files.same, next.changes.asked.len()), (4, 0));
}

#[test]
fn what_fails_leaves_the_old_kit() {
    let place = tempfile::tempdir().unwrap();
    let kit = place.path().join("kit");
    put(&kit, &made("#1f6f5c", FIRST));
    let before = all(&kit);
    // A file where a folder should be: the last of many is not written.
    let broken: Files = &[("logos/a.svg", "<a2/>"), ("zzz", ""), ("zzz/under", "")];
    assert_eq!(remake(&kit, &made("#7a1f3d", broken)).err().unwrap().code, "out.unwritable");
    let stop = Stop::default();
    stop.ask();
    let old = Old::read(&kit).unwrap();
    let next = Next::of(&old, &made("#7a1f3d", SECOND)).unwrap();
    assert_eq!(write(&old, &next, &stop).unwrap_err().code, "job.cancelled");
    assert_eq!(all(&kit), before);
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "nothing is left beside the kit");
}

#[test]
fn what_somebody_changed_is_not_lost() {
    let place = tempfile::tempdir().unwrap();
    let kit = place.path().join("kit");
    put(&kit, &made("#1f6f5c", FIRST));
    let code = || Old::read(&kit).err().map(|fault| fault.code);
    fs::write(kit.join("logos/a.svg"), "mine").unwrap();
    assert_eq!(code().as_deref(), Some("kit.changed"));
    fs::remove_file(kit.join("logos/a.svg")).unwrap();
    assert_eq!(code().as_deref(), Some("kit.changed"));
    fs::write(kit.join("logos/a.svg"), "<a/>").unwrap();
    assert_eq!(code(), None);
    // A file of theirs where the new kit has one of its own stays with the revision that it lay in.
    fs::write(kit.join("web/new.ico"), "theirs").unwrap();
    remake(&kit, &made("#7a1f3d", SECOND)).unwrap();
    assert_eq!(all(&kit)["revisions/1/web/new.ico"], b"theirs");
    let file = kit.join("brand.json");
    assert_eq!(Old::read(&file).err().unwrap().code, "kit.not-a-folder");
    assert_eq!(Old::read(&place.path().join("none")).err().unwrap().code, "kit.missing");
}

#[test]
fn changes_name_colours_with_their_difference() {
    let place = tempfile::tempdir().unwrap();
    put(place.path(), &made("#1f6f5c", FIRST));
    let next = Next::of(&Old::read(place.path()).unwrap(), &made("#7a1f3d", SECOND)).unwrap();
    let changes = &next.changes;
    assert_eq!(changes.asked.len(), 1);
    assert_eq!(changes.asked[0].id, "primary_color");
    let primary = changes.colors.iter().find(|color| color.id == "swatches.primary").unwrap();
    assert_eq!(primary.after.unwrap().to_string(), "#7a1f3d");
    assert!(primary.difference.unwrap() > 30.0);
    assert_eq!(changes.files.changed, ["logos/b.svg"]);
    assert_eq!((changes.files.added.len(), changes.files.removed.len(), changes.files.same), (1, 1, 2));
    let text = changes.markdown(&Words::new("en").unwrap()).unwrap();
    assert!(text.contains("| `primary_color` | #1f6f5c | #7a1f3d |"), "{text}");
    assert!(text.contains("1 added, 1 removed, 1 changed, 2 as before."), "{text}");
    assert!(text.contains("- + `web/new.ico`") && text.contains("- ~ `logos/b.svg`"), "{text}");
}
