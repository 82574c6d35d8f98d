//! Help for what other programs read: their own words, kept, so that nothing is built to say them.

/// Before the words that a part is the help of.
const MARK: &str = "== ";
/// The words of the whole program.
const ALL: &str = "help";

/// The help of these words behind `imprint`; nothing where none is asked for, or it is said by whoever reads them.
#[must_use]
pub fn help(act: &str, words: &[String]) -> Option<&'static str> {
    let texts = match act {
        "ledger" => include_str!("help/ledger.txt"),
        "rollout" => include_str!("help/rollout.txt"),
        _ => return None,
    };
    let is_help = |word: &String| ["--help", "-h"].contains(&word.as_str());
    if !words.iter().any(is_help) && words.first().is_none_or(|word| word != ALL) {
        return None;
    }
    let path: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !word.starts_with('-') && *word != ALL).collect();
    let parts = texts.split(MARK).filter_map(|part| part.split_once('\n'));
    let named =
        parts.map(|(title, text)| (title.split(' ').filter(|word| *word != ALL).collect::<Vec<_>>(), text));
    named
        .filter(|(title, _)| path.starts_with(title))
        .max_by_key(|(title, _)| title.len())
        .map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_help_is_said() {
        let cases: [(&str, &str, Option<&str>); 9] = [
            ("rollout", "--help", Some("Bring a new version")),
            ("rollout", "start x.yaml --set design=0.2.0 -h", Some("Start a rollout")),
            ("rollout", "help start", Some("Start a rollout")),
            ("rollout", "--nats nats://a:1 nonsense --help", Some("Bring a new version")),
            ("ledger", "dead list --help", Some("Show what was set aside")),
            ("ledger", "dead --help", Some("Work that was set aside")),
            ("ledger", "dead list", None),
            ("rollout", "", None),
            ("up", "--help", None),
        ];
        for (act, words, begins) in cases {
            let all: Vec<String> =
                words.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
            let told = help(act, &all);
            match (told, begins) {
                (None, None) => {}
                (Some(told), Some(begins)) => assert!(told.starts_with(begins), "{act} {words}: {told}"),
                (told, begins) => panic!("{act} {words}: {told:?}, not {begins:?}"),
            }
        }
    }
}
