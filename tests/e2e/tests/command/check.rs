//! `imprint check`, as a person runs it on a kit of their own.

use super::{folder, output};
use std::fs;

#[test]
fn a_kits_own_files_are_clean_and_foreign_ones_are_not() {
    let folder = folder();
    let at = folder.path();
    let brief = ["make", "Nordwind", "--industry", "law", "--complexity", "simple", "--concepts", "1"];
    let made = output(at, &brief);
    let said = String::from_utf8(made.stderr).unwrap();
    assert!(made.status.success(), "{said}");
    for folder in ["logos/", "tokens/", "web/", "fonts/", "book/", "index.html"] {
        assert!(said.contains(folder), "{folder} is not told: {said}");
    }
    fs::write(at.join("foreign.css"), "a { color: #ff00ff; font-family: Lobster }").unwrap();
    // Not known by its hash, so that it is really graded.
    let page = fs::read_to_string(at.join("nordwind/report.html")).unwrap();
    fs::write(at.join("page.html"), page + "\n").unwrap();
    let cases = [
        ("nordwind/book/brand-book.pdf", 0, "a file of the kit itself"),
        ("nordwind/index.html", 0, "a file of the kit itself"),
        ("page.html", 0, "Nothing was found"),
        ("foreign.css", 3, "Lobster"),
    ];
    for (file, code, says) in cases {
        let answer = output(at, &["check", "nordwind", file]);
        let said = String::from_utf8([answer.stdout, answer.stderr].concat()).unwrap();
        assert!(answer.status.code() == Some(code) && said.contains(says), "{file}: {said}");
    }
}
