//! The texts of many processes as one.

use std::collections::BTreeMap;

/// All samples of one meter have to stand together, whoever took them. What is no sample of a meter is left out.
#[must_use]
pub fn merge<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut families: BTreeMap<&str, (String, String)> = BTreeMap::new();
    for text in texts {
        let mut name = "";
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("# HELP ") {
                name = rest.split(' ').next().unwrap_or_default();
                families.entry(name).or_insert_with(|| (format!("{line}\n"), String::new()));
                continue;
            }
            let Some((head, samples)) = families.get_mut(name) else { continue };
            if line.starts_with("# TYPE ") {
                // Told once, by whoever was first.
                if head.lines().count() == 1 {
                    head.extend([line, "\n"]);
                }
            } else if line.starts_with(name) {
                samples.extend([line, "\n"]);
            }
        }
    }
    families.into_values().map(|(head, samples)| head + &samples).collect()
}

#[cfg(test)]
mod tests {
    use super::merge;

    #[test]
    fn samples_of_one_meter_stand_together() {
        let head = |name: &str| format!("# HELP {name} H.\n# TYPE {name} counter\n");
        let one = format!("{}b{{i=\"1\"}} 1\n{}a 2\n", head("b"), head("a"));
        let two = format!("nonsense\n{}b{{i=\"2\"}} 3\nelse 4\n", head("b"));
        let want = format!("{}a 2\n{}b{{i=\"1\"}} 1\nb{{i=\"2\"}} 3\n", head("a"), head("b"));
        assert_eq!(merge([one.as_str(), two.as_str()]), want);
    }
}
