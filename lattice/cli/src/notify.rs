//! `imprint notify preview`: what people would be told of an event, channel by channel and language by language, in files.

use crate::args::Preview;
use crate::explain::kit;
use crate::publish::{self, unwritable};
use crate::say::data;
use core_brand::Fault;
use core_brand::brief::LANGUAGES;
use core_brand::fault::Code;
use core_notify::{Channel, Colors, KINDS, Kind, Letter};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

const EVENT: &str = "brand-kit.compilation.finished";
/// Several events, told as one.
const DIGEST: &str = "digest";
const FOLDER: &str = "notifications";
/// Templates have less; more is another file.
const TEMPLATES_BYTES_MAX: u64 = 1 << 20;

pub(crate) fn preview(preview: &Preview) -> Result<(), Fault> {
    let kinds = kinds(preview.event.as_deref().unwrap_or(EVENT))?;
    let channels = channels(preview.channel.as_deref())?;
    let languages = languages(preview.language.as_deref())?;
    let templates = templates(preview.templates.as_deref())?;
    let (name, colors) = brand(preview.kit.as_deref())?;
    let matter = core_notify::sample_matter(&kinds, &name, &colors, &templates).to_string();
    let mut files = Vec::new();
    for channel in channels {
        for language in &languages {
            let letter = core_notify::write(language, channel.as_str(), &matter)?;
            files.extend(pages(channel, language, &letter));
        }
    }
    // A webhook has no words, so it is the same in every language.
    files.dedup_by(|one, other| one.0 == other.0);
    let out = preview.out.clone().unwrap_or_else(|| PathBuf::from(FOLDER));
    publish::check(&out)?;
    write(&out, &files)
}

/// The kinds of an event, as people can be told of it.
fn kinds(event: &str) -> Result<Vec<&'static Kind>, Fault> {
    let mut told = KINDS.iter().filter(|kind| kind.speech.is_some());
    if event == DIGEST {
        return Ok(told.collect());
    }
    let name = core_notify::public_name(event);
    told.find(|kind| kind.name == name).map(|kind| vec![kind]).ok_or_else(|| {
        let known = KINDS.iter().filter(|kind| kind.speech.is_some()).map(|kind| kind.name);
        let known = known.chain([DIGEST]).collect::<Vec<_>>().join(", ");
        Fault::new(Code::NoticeKind, [("value", event.to_owned()), ("known", known)])
    })
}

fn channels(channel: Option<&str>) -> Result<Vec<Channel>, Fault> {
    let Some(text) = channel else { return Ok(Channel::ALL.to_vec()) };
    let unknown = || Fault::new(Code::NoticeChannel, [("value", text.to_owned())]);
    Channel::parse(text).map(|channel| vec![channel]).ok_or_else(unknown)
}

fn languages(language: Option<&str>) -> Result<Vec<&'static str>, Fault> {
    let Some(text) = language else { return Ok(LANGUAGES.to_vec()) };
    let known = LANGUAGES.iter().copied().find(|known| *known == text);
    known.map(|known| vec![known]).ok_or_else(|| {
        let args = [("value", text.to_owned()), ("known", LANGUAGES.join(", "))];
        Fault::new(Code::LanguageUnknown, args)
    })
}

/// What a tenant wrote, checked as it is when it is stored.
fn templates(path: Option<&Path>) -> Result<Value, Fault> {
    let Some(path) = path else { return Ok(Value::Null) };
    let unreadable = |why: String| {
        Fault::new(Code::TemplatesUnreadable, [("path", path.display().to_string()), ("why", why)])
    };
    let about = fs::metadata(path).map_err(|why| unreadable(why.to_string()))?;
    if about.len() > TEMPLATES_BYTES_MAX {
        return Err(unreadable(format!("it has more than {TEMPLATES_BYTES_MAX} bytes")));
    }
    let text = fs::read_to_string(path).map_err(|why| unreadable(why.to_string()))?;
    core_notify::check("templates", &text).map(Value::String)
}

/// The name of a brand and its colours.
fn brand(kit: Option<&Path>) -> Result<(String, Value), Fault> {
    let Some(path) = kit else {
        let colors =
            json!({ "primary": "#2563eb", "on_primary": "#ffffff", "surface": "#ffffff", "text": "#15213b" });
        return Ok(("TechCorp".to_owned(), colors));
    };
    let kit = kit::read(path)?;
    // Without a light theme the colours are ours.
    Ok((kit.brand.order.brief.company_name.clone(), json!(Colors::of(&kit.brand.design.0))))
}

/// The files of a message: path and content.
fn pages(channel: Channel, language: &str, letter: &Letter) -> Vec<(String, String)> {
    let name = match channel {
        Channel::Webhook => "webhook".to_owned(),
        _ => format!("{}/{language}", channel.as_str()),
    };
    let text = match channel {
        Channel::Email => Some(format!("Subject: {}\n\n{}", letter.subject, letter.text)),
        Channel::Sms => Some(format!("{}\n", letter.text)),
        // All of them is in the payload.
        Channel::Webhook | Channel::Feed | Channel::Push => None,
    };
    let payload = letter.payload.as_ref().map(|payload| format!("{payload}\n"));
    [("txt", text), ("html", letter.html.clone()), ("json", payload)]
        .into_iter()
        .filter_map(|(ending, content)| content.map(|content| (format!("{name}.{ending}"), content)))
        .collect()
}

fn write(out: &Path, files: &[(String, String)]) -> Result<(), Fault> {
    for (name, content) in files {
        let file = out.join(name);
        let folder = file.parent().unwrap_or(out);
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(&file, content));
        written.map_err(|why| unwritable(&file, &why))?;
        data(&file.display().to_string());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(out: &Path) -> Preview {
        Preview {
            event: None,
            channel: None,
            language: None,
            templates: None,
            kit: None,
            out: Some(out.to_owned()),
        }
    }

    #[test]
    fn every_channel_speaks_every_language() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        preview(&asked(&out)).unwrap();
        let count = |channel: &str| fs::read_dir(out.join(channel)).unwrap().count();
        let counts = ["email", "sms", "feed", "push"].map(count);
        assert_eq!(counts, [LANGUAGES.len() * 2, LANGUAGES.len(), LANGUAGES.len(), LANGUAGES.len()]);
        let payload: Value = serde_json::from_slice(&fs::read(out.join("webhook.json")).unwrap()).unwrap();
        assert_eq!(payload["type"], EVENT);
        assert!(preview(&asked(&out)).unwrap_err().is(Code::OutNotEmpty));
    }

    #[test]
    fn a_tenant_sees_its_words() {
        let folder = tempfile::tempdir().unwrap();
        let (file, out) = (folder.path().join("words.json"), folder.path().join("out"));
        let words = |text: &str| json!({ "format": 1, "messages": { "de": { "email": { "finished-title": text } } } });
        let only = Preview {
            channel: Some("email".into()),
            language: Some("de".into()),
            templates: Some(file.clone()),
            event: Some(format!("com.brandgenerator.events.{EVENT}")),
            ..asked(&out)
        };
        fs::write(&file, words("Fertig: { $brnd }").to_string()).unwrap();
        let fault = preview(&only).unwrap_err();
        assert!(fault.is(Code::NoticeWords) && fault.message.contains("de.email.finished-title"), "{fault}");
        assert!(!out.exists(), "nothing is written of what is wrong");
        fs::write(&file, words("Fertig: { $brand }").to_string()).unwrap();
        preview(&only).unwrap();
        let text = fs::read_to_string(out.join("email/de.txt")).unwrap();
        assert!(text.starts_with("Subject: Fertig: TechCorp · TechCorp\n"), "{text}");
    }

    #[test]
    fn what_there_is_not_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let some = |text: &str| Some(text.to_owned());
        let cases = [
            (Preview { event: some("brand.step.progress"), ..asked(&out) }, Code::NoticeKind),
            (Preview { channel: some("fax"), ..asked(&out) }, Code::NoticeChannel),
            (Preview { language: some("tlh"), ..asked(&out) }, Code::LanguageUnknown),
            (Preview { templates: Some(out.join("none.json")), ..asked(&out) }, Code::TemplatesUnreadable),
            (Preview { kit: Some(out.join("none")), ..asked(&out) }, Code::KitMissing),
        ];
        for (preview_args, code) in cases {
            let fault = preview(&preview_args).unwrap_err();
            assert!(fault.is(code), "{fault}");
        }
        assert!(!out.exists());
    }
}
