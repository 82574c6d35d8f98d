//! Rules about every tracked file.

use crate::Finding;
use crate::source::FILE_LINES_MAX;

/// Written by hand and read by people; data may be as long as it is.
const READ_BY_PEOPLE: &[&str] = &["rs", "wit", "py", "sh", "js", "ts", "css", "html", "yaml", "yml", "md"];

/// Made by programs, even where the bytes happen to be text.
const MADE: &[&str] = &[
    "ttf", "otf", "ttc", "woff", "woff2", "wasm", "cwasm", "png", "jpg", "jpeg", "gif", "webp", "ico", "pdf",
    "zip", "gz", "tar", "so", "dll", "dylib", "exe", "bin", "par",
];

/// Hosts that packages are fetched from. A lock file names them; nothing else has to.
const REGISTRIES: &[&str] = &[
    "crates.io",
    "index.crates.io",
    "static.crates.io",
    "registry.npmjs.org",
    "registry.yarnpkg.com",
    "pypi.org",
    "files.pythonhosted.org",
    "proxy.golang.org",
    "ghcr.io",
    "registry-1.docker.io",
];

/// Files that are no text.
#[must_use]
pub fn binary(path: &str, bytes: &[u8]) -> Vec<Finding> {
    let is_text = !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok();
    if is_text && !MADE.contains(&extension(path)) {
        return Vec::new();
    }
    vec![Finding::new(path, 0, "is not text; fetch or make it instead of tracking it")]
}

/// Tabs, space at the end of a line, foreign line ends, a last line without one.
#[must_use]
pub fn white_space(path: &str, text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, line) in text.split('\n').enumerate() {
        let mut add = |what: &str| found.push(Finding::new(path, index + 1, what));
        if line.contains('\t') {
            add("holds a tab");
        }
        if line.ends_with('\r') {
            add("ends with CR LF");
        } else if line.ends_with([' ', '\u{a0}']) {
            add("ends with space");
        }
    }
    if !text.is_empty() && !text.ends_with('\n') {
        found.push(Finding::new(path, 0, "does not end with a line break"));
    }
    found
}

/// Files nobody reads to the end.
#[must_use]
pub fn long(path: &str, text: &str) -> Vec<Finding> {
    let lines = text.lines().count();
    if lines <= FILE_LINES_MAX || !READ_BY_PEOPLE.contains(&extension(path)) {
        return Vec::new();
    }
    vec![Finding::new(path, 0, format!("has {lines} lines; stop at {FILE_LINES_MAX}"))]
}

/// Addresses of package registries: packages come through their clients, from wherever those are told to look.
#[must_use]
pub fn registry_addresses(path: &str, text: &str) -> Vec<Finding> {
    if path.rsplit('/').next() == Some("Cargo.lock") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for address in line.split("://").skip(1) {
            let host =
                address.split(|end: char| !(end.is_ascii_alphanumeric() || end == '.' || end == '-')).next();
            if host.is_some_and(|host| REGISTRIES.contains(&host)) {
                found.push(Finding::new(path, index + 1, "names the address of a package registry"));
            }
        }
    }
    found
}

/// A lock of npm names versions and hashes; addresses would tie it to one mirror.
#[must_use]
pub fn resolved_addresses(path: &str, text: &str) -> Vec<Finding> {
    if path.rsplit('/').next() != Some("package-lock.json") {
        return Vec::new();
    }
    let lines = text.lines().enumerate().filter(|(_, line)| line.contains("\"resolved\""));
    lines.map(|(index, _)| Finding::new(path, index + 1, "holds a resolved address")).collect()
}

fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_is_tracked() {
        let cases: &[(&str, &[u8], usize)] = &[
            ("a.rs", b"//! A.\n", 0),
            ("a.txt", "ünïcode".as_bytes(), 0),
            ("a.txt", b"a\0b", 1),
            ("a.txt", b"\xff\xfe", 1),
            ("deep/Inter.ttf", b"text", 1),
            ("a.wasm", b"", 1),
        ];
        for (path, bytes, wanted) in cases {
            assert_eq!(binary(path, bytes).len(), *wanted, "{path}");
        }
    }

    #[test]
    fn white_space_is_seen() {
        let cases = [
            ("a\nb\n", 0),
            ("", 0),
            ("a\tb\n", 1),
            ("a \n", 1),
            ("a\u{a0}\n", 1),
            ("a\r\n", 1),
            ("a", 1),
            ("\t\r\n", 2),
        ];
        for (text, wanted) in cases {
            assert_eq!(white_space("a.rs", text).len(), wanted, "{text:?}");
        }
    }

    #[test]
    fn only_prose_and_code_have_a_length() {
        let text = "x\n".repeat(FILE_LINES_MAX + 1);
        assert_eq!(long("a.rs", &text).len(), 1);
        assert_eq!(long("a.json", &text).len(), 0);
        assert_eq!(long("a.rs", &text[2..]).len(), 0);
    }

    #[test]
    fn registries_have_no_address_here() {
        let address = |host: &str| format!("see https://{host}/a");
        let cases =
            [("pypi.org", 1), ("registry.npmjs.org", 1), ("github.com", 0), ("crates.io.example.org", 0)];
        for (host, wanted) in cases {
            assert_eq!(registry_addresses("README.md", &address(host)).len(), wanted, "{host}");
        }
        assert_eq!(registry_addresses("Cargo.lock", &address("crates.io")).len(), 0);
        assert_eq!(registry_addresses("README.md", "crates.io has it").len(), 0);
    }

    #[test]
    fn locks_have_no_address() {
        let text = "{\n  \"resolved\": \"x\",\n  \"integrity\": \"y\"\n}\n";
        assert_eq!(
            resolved_addresses("fonts/package-lock.json", text),
            [Finding::new("fonts/package-lock.json", 2, "holds a resolved address")]
        );
        assert_eq!(resolved_addresses("other.json", text), []);
    }
}
