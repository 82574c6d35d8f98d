//! Every catalogue says what the English one says.

use core_words::{LANGUAGES, Words, keys};

#[test]
fn catalogues_have_the_same_keys_and_values() {
    let english = keys("en");
    assert!(!english.is_empty());
    for language in LANGUAGES {
        let other = keys(language);
        let missing: Vec<_> = english.iter().filter(|key| !other.contains(key)).collect();
        let extra: Vec<_> = other.iter().filter(|key| !english.contains(key)).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{language}: missing {missing:?}, extra {extra:?}");
    }
}

#[test]
fn every_language_of_the_brief_speaks() {
    assert_eq!(core_brand::brief::LANGUAGES, LANGUAGES);
    for language in LANGUAGES {
        assert_eq!(Words::new(language).unwrap().language(), *language);
    }
}

#[test]
fn a_missing_key_is_our_fault() {
    let fault = Words::new("en").unwrap().say("no-such-key", &[]).unwrap_err();
    assert!(fault.is(core_brand::fault::Code::Broken));
}
