//! `cargo xtask new service NAME`: a service of its own, from contract to test, that builds and passes at once.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// One file of the template; `NAME`, `Name` and `snake` are filled in.
const FILES: &[(&str, &str)] = &[
    ("wit/deps/imprint-NAME@0.1.0/NAME.wit", include_str!("../template/service.wit")),
    ("components/core-NAME/Cargo.toml", include_str!("../template/core.toml")),
    ("components/core-NAME/src/lib.rs", include_str!("../template/core.rs.txt")),
    ("components/core-NAME/tests/contract.rs", include_str!("../template/contract.rs.txt")),
    ("components/NAME/Cargo.toml", include_str!("../template/component.toml")),
    ("components/NAME/src/lib.rs", include_str!("../template/component.rs.txt")),
    ("tests/e2e/tests/components/snake.rs", include_str!("../template/e2e.rs.txt")),
];

/// Lines that make an existing file know the service: the file, the line before which, the new line.
const LINES: &[(&str, &str, &str)] = &[
    ("Cargo.toml", "core-order = ", "core-NAME = { path = \"components/core-NAME\" }\n"),
    ("lattice/supply/src/components.rs", "    \"orchestrator\",\n", "    \"NAME\",\n"),
    ("tests/artifacts/src/lib.rs", "        $callback!(orchestrator);\n", "        $callback!(snake);\n"),
    ("tests/e2e/tests/components/main.rs", "mod orchestrator;\n", "mod snake;\n"),
];

const WORLD: &str = include_str!("../template/world.wit");

pub(crate) fn new(root: &Path, name: &str) -> Result<(), String> {
    check(root, name)?;
    for (path, text) in FILES {
        let path = root.join(fill(path, name));
        let folder = path.parent().unwrap_or(root);
        fs::create_dir_all(folder).map_err(|why| format!("{}: {why}", folder.display()))?;
        write(&path, &fill(text, name))?;
    }
    for (file, before, line) in LINES {
        let path = root.join(file);
        let text = read(&path)?;
        let at = text.find(before).ok_or_else(|| format!("{file} has no line `{}`", before.trim()))?;
        write(&path, &format!("{}{}{}", &text[..at], fill(line, name), &text[at..]))?;
    }
    let worlds = root.join("wit/worlds.wit");
    write(&worlds, &format!("{}\n{}", read(&worlds)?, fill(WORLD, name)))?;
    // The lock learns the new crates, and the texts get the form of the others.
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    for args in [&["metadata", "--format-version", "1", "--offline"][..], &["fmt", "--all"]] {
        let done = Command::new(&cargo).current_dir(root).args(args).stdout(Stdio::null()).status();
        if !done.is_ok_and(|status| status.success()) {
            return Err(format!("`cargo {}` failed after the files were made", args.join(" ")));
        }
    }
    println!("Made the service `{name}`:");
    for (path, _) in FILES {
        println!("  {}", fill(path, name));
    }
    println!("Then: `cargo xtask accept` freezes its contract, `cargo xtask test` runs its tests.");
    Ok(())
}

fn check(root: &Path, name: &str) -> Result<(), String> {
    let plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let ends = name.starts_with('-') || name.ends_with('-') || name.contains("--");
    if name.is_empty() || !plain || ends || name.starts_with("core-") {
        return Err(format!(
            "`{name}` is not a name: use lower-case words with hyphens, not starting with `core-`"
        ));
    }
    if root.join("components").join(name).exists() || root.join(format!("components/core-{name}")).exists() {
        return Err(format!("there is a component `{name}` already"));
    }
    Ok(())
}

fn fill(text: &str, name: &str) -> String {
    let words = name.split('-').map(|word| word[..1].to_uppercase() + &word[1..]);
    let camel: String = words.collect();
    text.replace("NAME", name).replace("Name", &camel).replace("snake", &name.replace('-', "_"))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|why| format!("{}: {why}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked() {
        let root = crate::root();
        for wrong in ["", "Design", "a b", "core-x", "-a", "a-", "a--b", "../x"] {
            assert!(check(&root, wrong).unwrap_err().contains("is not a name"), "{wrong}");
        }
        assert!(check(&root, "design").unwrap_err().contains("already"));
        assert!(check(&root, "price-list").is_ok());
    }

    #[test]
    fn a_template_is_filled() {
        assert_eq!(fill("NAME Name snake", "price-list"), "price-list PriceList price_list");
    }

    #[test]
    fn every_line_has_its_place() {
        let root = crate::root();
        for (file, before, _) in LINES {
            assert!(read(&root.join(file)).unwrap().contains(before), "{file} has no `{before}`");
        }
    }
}
