//! The `imprint` command as a person runs it: what it prints, where, and with which exit code.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod check;
mod painting;
mod remake;

use core_brand::content::sha256_hex;
use core_brand::kit::ManifestFile;
use imprint_artifacts::artifacts;
use imprint_e2e::skip;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The slowest honest machine makes a kit well before.
const WAIT: Duration = Duration::from_secs(120);

/// The program, beside the folder of this test's own program. The lane builds it first.
fn program() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let program = own.parent().and_then(Path::parent).unwrap().join("imprint");
    assert!(program.is_file(), "{} is not built; run `cargo xtask test e2e`", program.display());
    program
}

/// The command in a folder of its own.
fn imprint(folder: &Path, args: &[&str]) -> Command {
    artifacts();
    let mut command = Command::new(program());
    command.current_dir(folder).args(args).stdin(Stdio::null());
    command
}

fn output(folder: &Path, args: &[&str]) -> Output {
    imprint(folder, args).output().unwrap()
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn entries(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[derive(Deserialize)]
struct Refusal {
    args: Vec<String>,
    exit: i32,
    says: String,
}

#[test]
fn refusals_are_clear_sentences_and_leave_nothing() {
    let cases: Vec<Refusal> = serde_json::from_str(include_str!("refusals.json")).unwrap();
    let folder = folder();
    fs::create_dir(folder.path().join("full")).unwrap();
    fs::write(folder.path().join("full/something"), "").unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    for case in cases {
        let args: Vec<&str> = case.args.iter().map(String::as_str).collect();
        let answer = output(folder.path(), &args);
        let said = String::from_utf8(answer.stderr).unwrap();
        assert_eq!(answer.status.code(), Some(case.exit), "{args:?}: {said}");
        assert!(said.contains(&case.says), "{args:?} says: {said}");
        assert!(!said.contains("panicked") && !said.contains("RUST_BACKTRACE"), "{args:?} says: {said}");
        assert!(answer.stdout.is_empty(), "{args:?} writes to standard output");
        assert_eq!(entries(folder.path()), ["file", "full"], "{args:?}");
    }
}

#[test]
fn json_is_one_object_and_the_kit_is_what_it_says() {
    let folder = folder();
    let args = [
        "make",
        "Northwind Coffee",
        "--industry",
        "coffee",
        "--complexity",
        "simple",
        "--concepts",
        "3",
        "--json",
    ];
    let answer = output(folder.path(), &args);
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    let report: serde_json::Value = serde_json::from_slice(&answer.stdout).unwrap();
    let kit = PathBuf::from(report["kit"].as_str().unwrap());
    assert_eq!(kit, fs::canonicalize(folder.path().join("northwind-coffee")).unwrap());
    assert!(report["seed"].as_str().unwrap().parse::<u64>().is_ok());
    assert_eq!(report["concepts"].as_array().unwrap().len(), 3);
    assert!(report["timings"]["total_ms"].as_u64().unwrap() > 0);
    for file in report["files"].as_array().unwrap() {
        let path = kit.join(file["path"].as_str().unwrap());
        assert_eq!(fs::metadata(&path).unwrap().len(), file["bytes"].as_u64().unwrap(), "{}", path.display());
    }
    let manifest: ManifestFile =
        serde_json::from_slice(&fs::read(kit.join("manifest.json")).unwrap()).unwrap();
    for file in &manifest.files {
        assert_eq!(sha256_hex(&fs::read(kit.join(&file.path)).unwrap()), file.sha256, "{}", file.path);
    }
    assert_eq!(entries(folder.path()), ["northwind-coffee"]);
}

/// What `palette` and `type` show is what `make` decides, and `explain` tells it.
#[test]
fn the_design_that_is_shown_is_the_design_of_the_kit() {
    let folder = folder();
    let brief = [
        "Nordwind",
        "--industry",
        "law",
        "--lang",
        "de",
        "--seed",
        "7",
        "--distance",
        "0.8",
        "--color",
        "#2563eb",
    ];
    let json = |args: &[&str]| -> serde_json::Value {
        let answer = output(folder.path(), args);
        assert!(answer.status.success(), "{args:?}: {}", String::from_utf8_lossy(&answer.stderr));
        serde_json::from_slice(&answer.stdout).unwrap()
    };
    let make = ["--complexity", "simple", "--concepts", "1", "--json"];
    json(&[&["make"], &brief[..], &make[..]].concat());
    let kit = fs::read(folder.path().join("nordwind/brand.json")).unwrap();
    let kit: serde_json::Value = serde_json::from_slice(&kit).unwrap();
    let palette = json(&[&["palette"], &brief[..], &["--json"]].concat());
    let swatches = |of: &serde_json::Value, key: &str| -> Vec<serde_json::Value> {
        of.as_array().unwrap().iter().map(|swatch| swatch[key].clone()).collect()
    };
    assert_eq!(swatches(&palette["swatches"], "hex"), swatches(&kit["design"]["palette"]["swatches"], "rgb"));
    assert_eq!(palette["brief"]["distance"], 0.8);
    let faces = json(&[&["type"], &brief[..], &["--json"]].concat());
    let typography = &kit["design"]["typography"];
    assert_eq!(faces["families"][0]["family"], typography["display"]["key"]["family"]);
    assert_eq!(faces["families"][1]["family"], typography["text"]["key"]["family"]);
    let told = json(&["explain", "nordwind", "--json"]);
    assert_eq!(told["choices"].as_array().unwrap().len(), kit["design"]["reasons"].as_array().unwrap().len());
    assert_eq!(told["gates_failed"], 0);
    // A reader that is no terminal gets plain text.
    for args in [&[&["palette"], &brief[..]].concat()[..], &["explain", "nordwind"]] {
        let answer = output(folder.path(), args);
        let text = String::from_utf8(answer.stdout).unwrap();
        assert!(text.starts_with("Nordwind\n") && !text.contains('\x1b'), "{text}");
    }
}

#[test]
fn a_person_reads_a_summary_and_quiet_is_quiet() {
    let folder = folder();
    let short = ["--industry", "law", "--complexity", "simple", "--concepts", "1"];
    let answer = output(folder.path(), &[&["make", "Lindqvist"], &short[..]].concat());
    let said = String::from_utf8(answer.stderr).unwrap();
    assert!(answer.status.success(), "{said}");
    for word in ["Lindqvist", "files", "book/", "seed "] {
        assert!(said.contains(word), "{said}");
    }
    let quiet =
        output(folder.path(), &[&["make", "Lindqvist", "--quiet", "--out", "other"], &short[..]].concat());
    assert!(quiet.status.success() && quiet.stdout.is_empty() && quiet.stderr.is_empty(), "{quiet:?}");
    assert_eq!(entries(folder.path()), ["lindqvist", "other"]);
}

/// A new kit starts with the chosen concept, byte for byte, and keeps colours and type.
#[test]
fn more_like_a_concept_goes_on_from_it() {
    let folder = folder();
    let run = |args: &[&str]| output(folder.path(), args);
    let made =
        run(&["make", "Nordwind", "--industry", "law", "--seed", "7", "--complexity", "simple", "--quiet"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let wrong = run(&["more", "nordwind", "--like", "9-nothing"]);
    let said = String::from_utf8(wrong.stderr).unwrap();
    assert!(wrong.status.code() == Some(2) && said.contains("no concept `9-nothing`. It has: 1-"), "{said}");
    let brand = |kit: &str| -> core_brand::kit::BrandFile {
        serde_json::from_slice(&fs::read(folder.path().join(kit).join("brand.json")).unwrap()).unwrap()
    };
    let old = brand("nordwind");
    for out in ["near", "again"] {
        let more = run(&["more", "nordwind", "--like", "3", "--concepts", "4", "--out", out, "--quiet"]);
        assert!(more.status.success(), "{}", String::from_utf8_lossy(&more.stderr));
    }
    let new = brand("near");
    assert_eq!((&new.design, new.concepts.len()), (&old.design, 4));
    assert_eq!(new.concepts[0].recipe, old.concepts[2].recipe);
    let file = |kit: &str, concept: &core_brand::kit::ConceptFile, name: &str| {
        fs::read(folder.path().join(kit).join(&concept.folder).join(name)).unwrap()
    };
    for name in ["mark-color.svg", "horizontal-black.svg", "png/mark-color-512.png"] {
        let first = file("near", &new.concepts[0], name);
        let chosen = file("nordwind", &old.concepts[2], name);
        // The ids in a file name its concept, which has another rank here.
        let said = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
        let renamed = said(&chosen).map(|svg| svg.replace(&old.concepts[2].id, &new.concepts[0].id));
        assert_eq!(renamed.map_or(chosen, String::into_bytes), first, "{name}");
        assert!(new.concepts[1..].iter().all(|other| file("near", other, name) != first), "{name}");
    }
    let manifests =
        ["near", "again"].map(|kit| fs::read(folder.path().join(kit).join("manifest.json")).unwrap());
    assert_eq!(manifests[0], manifests[1]);
}

/// A kit keeps away from the marks of others, whatever they are given as; and one that does not tell them is refused.
#[test]
fn a_kit_unlike_others_shows_none_of_their_marks() {
    let folder = folder();
    let make = |more: &[&str]| {
        let brief = ["make", "Nordwind", "--industry", "law", "--seed", "7", "--complexity", "simple"];
        output(folder.path(), &[&brief[..], &["--concepts", "3", "--quiet"], more].concat())
    };
    let brand = |kit: &str| -> core_brand::kit::BrandFile {
        serde_json::from_slice(&fs::read(folder.path().join(kit).join("brand.json")).unwrap()).unwrap()
    };
    let silhouettes = |kit: &str| -> BTreeSet<core_brand::Silhouette> {
        brand(kit).concepts.iter().map(|concept| concept.silhouette.unwrap()).collect()
    };
    for more in [
        &["--out", "kits/one", "--zip"][..],
        &["--out", "two", "--unlike", "kits/one.zip"],
        &["--out", "three", "--unlike", "kits"],
    ] {
        let made = make(more);
        assert!(made.status.success() && made.stderr.is_empty(), "{}", String::from_utf8_lossy(&made.stderr));
    }
    let (one, two) = (silhouettes("kits/one"), silhouettes("two"));
    assert_eq!((one.len(), two.len(), one.intersection(&two).count()), (3, 3, 0));
    assert_eq!(brand("two").order.unlike, one.into_iter().collect::<Vec<_>>());
    let manifests =
        ["two", "three"].map(|kit| fs::read(folder.path().join(kit).join("manifest.json")).unwrap());
    assert_eq!(manifests[0], manifests[1], "the folder holds the kit and its zip: the same marks");
    // As an earlier version wrote it.
    let mut old = serde_json::to_value(brand("two")).unwrap();
    for concept in old["concepts"].as_array_mut().unwrap() {
        concept.as_object_mut().unwrap().remove("silhouette");
    }
    fs::write(folder.path().join("kits/old.json"), old.to_string()).unwrap();
    let refused = make(&["--out", "four", "--unlike", "kits/old.json"]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(refused.status.code() == Some(2) && said.contains("`imprint remake` of it"), "{said}");
}

/// Clean, not clean, refused: the exit code says which, also from inside the component.
#[test]
fn a_checked_file_is_clean_or_not_or_refused() {
    let folder = folder();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../components/core-check/tests/data");
    let kit = data.join("kit").display().to_string();
    let entity = "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>";
    fs::write(folder.path().join("entity.svg"), entity).unwrap();
    let case = |name: &str| data.join("cases").join(name).display().to_string();
    let cases = [
        (case("svg-as-it-is/file.svg"), 0, "Nothing was found"),
        (case("css-of-the-kit/file.css"), 0, "Nothing was found"),
        (case("svg-stretched/file.svg"), 3, "is stretched"),
        (case("pdf-flyer/file.pdf.txt"), 3, "Helvetica-Bold"),
        ("entity.svg".to_owned(), 2, "declares entities"),
    ];
    for (file, code, says) in cases {
        let answer = output(folder.path(), &["check", &kit, &file]);
        let said = String::from_utf8([answer.stdout, answer.stderr].concat()).unwrap();
        assert!(answer.status.code() == Some(code) && said.contains(says), "{file}: {said}");
    }
    let answer = output(folder.path(), &["check", &kit, &case("svg-stretched/file.svg"), "--json"]);
    let told: serde_json::Value = serde_json::from_slice(&answer.stdout).unwrap();
    assert_eq!(told["findings"][0]["id"], "logo.stretched");
}

#[test]
fn an_unknown_industry_is_answered_with_a_note() {
    let folder = folder();
    let args = ["make", "Quux", "--industry", "cofee roasting", "--complexity", "simple", "--concepts", "1"];
    let answer = output(folder.path(), &args);
    let said = String::from_utf8(answer.stderr).unwrap();
    assert!(answer.status.success(), "{said}");
    assert!(said.contains("note: ") && said.contains("cofee roasting"), "{said}");
}

/// Interrupted at many moments, the command ends with 130 and leaves nothing, or was already done.
#[test]
fn an_interrupt_leaves_nothing_half_written() {
    let mut interrupted = 0;
    for after_ms in [0, 60, 150, 300, 500, 800, 1200] {
        let folder = folder();
        let args = ["make", "Northwind Coffee", "--industry", "coffee", "--complexity", "complex", "--quiet"];
        let mut child = imprint(folder.path(), &args).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(after_ms));
        let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let status = wait(&mut child);
        match status.code() {
            Some(0) => assert_eq!(entries(folder.path()), ["northwind-coffee"]),
            // Before the handler stands, the signal itself ends the program; shells count that as 130 too.
            Some(130) | None => {
                interrupted += 1;
                assert_eq!(entries(folder.path()), Vec::<String>::new(), "interrupted after {after_ms} ms");
            }
            other => panic!("exit code {other:?} after {after_ms} ms"),
        }
    }
    assert!(interrupted > 0, "no interrupt came in time");
}

fn wait(child: &mut std::process::Child) -> std::process::ExitStatus {
    let deadline = Instant::now() + WAIT;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        assert!(Instant::now() < deadline, "the command does not end");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// On a disk that is too small the command says so with exit code 1 and leaves nothing.
#[test]
fn a_full_disk_leaves_nothing() {
    let folder = folder();
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let script = format!(
        "mount -t tmpfs -o size=200k none '{disk}' || exit 77; '{program}' make Nord --industry law --quiet --out '{disk}/kit'; \
         code=$?; ls -A '{disk}'; exit $code",
        disk = disk.display(),
        program = program().display(),
    );
    artifacts();
    let tried =
        Command::new("unshare").args(["--user", "--map-root-user", "--mount", "sh", "-c", &script]).output();
    let answer = match tried {
        Ok(answer) if answer.status.code() != Some(77) && !is_refused(&answer) => answer,
        _ => return skip("disk-full: no user namespaces here"),
    };
    let said = String::from_utf8_lossy(&answer.stderr);
    assert_eq!(answer.status.code(), Some(1), "{said}");
    assert!(said.contains("There is no room left"), "{said}");
    assert!(answer.stdout.is_empty(), "left behind: {}", String::from_utf8_lossy(&answer.stdout));
}

/// `unshare` itself was refused, before our command ran.
fn is_refused(answer: &Output) -> bool {
    String::from_utf8_lossy(&answer.stderr).contains("unshare")
}

/// What is typed for a platform is read before its programs are built; here there is nothing to build them from.
#[test]
fn help_for_a_platform_needs_nothing_built() {
    let folder = folder();
    let cases = [
        (vec!["up", "--help"], 0, "--edge-of"),
        (vec!["status", "--help"], 0, "--json"),
        (vec!["up", "--region", "a"], 2, "--regions"),
        (vec!["keys"], 2, "create"),
        (vec!["down"], 2, "IMPRINT_ROOT"),
    ];
    for (args, exit, says) in cases {
        let mut command = Command::new(program());
        command.args(&args).env("IMPRINT_ROOT", folder.path()).stdin(Stdio::null());
        let answer = command.output().unwrap();
        let said = [answer.stdout, answer.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert_eq!(answer.status.code(), Some(exit), "{args:?}: {said}");
        assert!(said.contains(says), "{args:?}: {said}");
    }
}

#[test]
fn lists_and_doctor_answer() {
    let folder = folder();
    for (list, known) in [("industries", "coffee"), ("styles", "modern")] {
        let plain = output(folder.path(), &[list]);
        assert!(plain.status.success());
        assert!(String::from_utf8(plain.stdout).unwrap().lines().any(|line| line.starts_with(known)));
        let json = output(folder.path(), &[list, "--json"]);
        let lines: Vec<serde_json::Value> = serde_json::from_slice(&json.stdout).unwrap();
        assert!(lines.iter().any(|line| line["id"] == known));
    }
    let doctor = output(folder.path(), &["doctor"]);
    let said = String::from_utf8(doctor.stdout).unwrap();
    assert!(doctor.status.success(), "{said}");
    for word in ["cargo", "npm", "wasm32-wasip2", "fonts", "components"] {
        assert!(said.contains(word), "{said}");
    }
}
