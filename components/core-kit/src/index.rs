//! The page that a person opens first: which file, which colour, which face, and where the rest lies.
//!
//! One HTML file without script; pictures and fonts are those of the kit beside it, so nothing leaves the folder.

use crate::book::{CASES, FOLDERS};
use crate::brand::Brand;
use crate::{checked, finder, mail, stationery};
use core_brand::Fault;
use core_brand::design::FontChoice;
use core_brand::kit::FileEntry;
use core_vector::svg::escape;
use core_vector::{Colorway, Lockup};
use std::collections::BTreeMap;
use std::fmt::Write;

pub(crate) const PATH: &str = "index.html";

const STYLE: &str = include_str!("index.css");
/// The step of the neutral scale that fine lines have.
const LINE: u16 = 200;

/// The page of a brand whose kit holds these files.
pub(crate) fn html(brand: &Brand, files: &[FileEntry]) -> Result<String, Fault> {
    let say = |key: &str| brand.say(key).map(|text| escape(&text));
    let mut page = head(brand, files)?;
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(page, "<section><h2>{}</h2><ul class=\"cases\">", say("kit-which-file")?);
    for (case, lockup, colorway) in CASES {
        if let Some(card) = case_card(brand, files, case, lockup, colorway)? {
            page.push_str(&card);
        }
    }
    page.push_str("</ul></section>\n");
    page.push_str(&tasks(brand, files)?);
    let _ = writeln!(page, "<section><h2>{}</h2><ul class=\"colors\">", say("kit-which-color")?);
    for swatch in &brand.design.palette.swatches {
        let (rgb, name) = (swatch.rgb, escape(&swatch.name));
        let _ = writeln!(
            page,
            "<li><span class=\"chip\" style=\"background:{rgb}\"></span><b>{rgb}</b><span>{name}</span></li>"
        );
    }
    let _ =
        writeln!(page, "</ul></section>\n<section><h2>{}</h2><div class=\"faces\">", say("kit-which-face")?);
    for (id, choice, key) in faces(brand) {
        let weight = choice.key.weight.to_string();
        let about = escape(&brand.words.say(key, &[("weight", &weight)])?);
        let family = escape(&choice.key.family);
        let _ = writeln!(page, "<div><p class=\"face {id}\">{family}</p><p>{about}</p></div>");
    }
    let _ = writeln!(page, "</div></section>\n<section><h2>{}</h2>", say("kit-concepts")?);
    page.push_str(&concepts(brand, files));
    let _ = writeln!(page, "</section>\n<section><h2>{}</h2><dl>", say("kit-folders")?);
    page.push_str(&folders(brand, files)?);
    page.push_str("</dl></section>\n</main>\n</body>\n</html>\n");
    Ok(page)
}

fn head(brand: &Brand, files: &[FileEntry]) -> Result<String, Fault> {
    let title = brand.words.say("kit-overview-of", &[("name", brand.name())])?;
    let direction = if brand.logo().right_to_left { "rtl" } else { "ltr" };
    let mut page = open(brand, files, &title, "")?;
    let logo = logo_path(brand, Lockup::Horizontal, Colorway::Reversed, files)
        .or_else(|| logo_path(brand, Lockup::Horizontal, Colorway::White, files));
    let name = escape(brand.name());
    let logo = logo.map_or_else(
        || format!("<h1 dir=\"{direction}\">{name}</h1>"),
        |path| format!("<h1><img src=\"{}\" alt=\"{name}\"></h1>", address(&path)),
    );
    let intro = escape(&brand.say("kit-reference-intro")?);
    let book = escape(&brand.say("kit-book")?);
    let checks = escape(&brand.words.say("kit-report-title", &[("name", brand.name())])?);
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(
        page,
        "<header>{logo}<p>{intro}</p><p><a href=\"book/brand-book.pdf\">{book} (PDF)</a></p>\
         <p><a href=\"{}\">{} (PDF)</a></p><p><a href=\"{}\">{checks}</a></p></header>\n<main>",
        finder::PATH,
        escape(&brand.say("index-title")?),
        checked::PATH
    );
    Ok(page)
}

/// The beginning of a page in the look of the brand, down to its body.
pub(crate) fn open(brand: &Brand, files: &[FileEntry], title: &str, style: &str) -> Result<String, Fault> {
    let (language, title) = (&brand.order.brief.language, escape(title));
    let colors = &brand.design.palette.logo;
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n"
    );
    let strong = &brand.design.typography.strong;
    let rules = faces(brand).map(|(id, choice, _)| (Some(id), choice));
    for (id, choice) in rules.into_iter().chain([(None, strong)]) {
        let (family, weight) = (&choice.key.family, choice.key.weight);
        let style = if choice.key.italic { "italic" } else { "normal" };
        let file = format!("fonts/{}", choice.file);
        if has(files, &file) {
            let _ = writeln!(
                page,
                "@font-face{{font-family:\"{family}\";src:url(\"{}\");font-weight:{weight};font-style:{style}}}",
                address(&file)
            );
        }
        // The bold of the text has no rule: it is taken wherever text is bold.
        let Some(id) = id else { continue };
        let all = if id == "display" { "h1,h2" } else { "body" };
        let _ = writeln!(
            page,
            "{all},.{id}{{font-family:\"{family}\",sans-serif;font-weight:{weight};font-style:{style}}}"
        );
    }
    let (ground, text) = (colors.ground_dark, colors.ink_on_dark);
    let _ = write!(
        page,
        ":root{{--ground:{ground};--on-ground:{text};--ink:{};--strong:{};--line:{}",
        colors.ink,
        finder::strong(brand)?,
        brand.neutral(LINE)?
    );
    for role in ["success", "warning", "danger", "muted"] {
        let _ = write!(page, ";--{role}:{}", brand.role("light", role)?);
    }
    let _ = writeln!(page, "}}\n{STYLE}{style}</style>\n</head>\n<body>");
    Ok(page)
}

/// A question, its picture on the ground it is for, and the files.
fn case_card(
    brand: &Brand,
    files: &[FileEntry],
    case: &str,
    lockup: Lockup,
    colorway: Colorway,
) -> Result<Option<String>, Fault> {
    let Some(path) = logo_path(brand, lockup, colorway, files) else { return Ok(None) };
    let question = escape(&brand.say(&format!("kit-case-{case}"))?);
    let ground = match colorway {
        Colorway::Reversed => "dark",
        Colorway::White => "strong",
        _ => "light",
    };
    let (shown, name) = (address(&path), escape(&path));
    let mut links = format!("<a href=\"{shown}\">SVG</a>");
    for (kind, file) in finder::formats(path.trim_end_matches(".svg"), files) {
        let _ = write!(links, " <a href=\"{}\">{kind}</a>", address(&file));
    }
    Ok(Some(format!(
        "<li><div class=\"ground {ground}\"><img src=\"{shown}\" alt=\"\"></div><h3>{question}</h3>\
         <p class=\"path\">{name}</p><p>{links}</p></li>\n"
    )))
}

/// Everything that is not a logo, by what it is for; stationery with its picture, the signature with how to use it.
fn tasks(brand: &Brand, files: &[FileEntry]) -> Result<String, Fault> {
    let mut list = format!("<section><h2>{}</h2>\n<dl>", escape(&brand.say("index-more")?));
    for (key, path) in finder::tasks(brand, files) {
        let (said, name) = (escape(&brand.say(&key)?), escape(&path));
        // A folder is no page: only files are linked.
        let shown = match path.ends_with('/') {
            true => name,
            false => format!("<a href=\"{}\">{name}</a>", address(&path)),
        };
        let _ = writeln!(list, "<dt>{said}</dt><dd>{shown}</dd>");
    }
    list.push_str("</dl>\n");
    if has(files, stationery::OVERVIEW) {
        let (path, about) = (address(stationery::OVERVIEW), escape(&brand.say("kit-folder-print")?));
        let _ =
            writeln!(list, "<figure><img src=\"{path}\" alt=\"\"><figcaption>{about}</figcaption></figure>");
    }
    if has(files, mail::HTML) {
        let (title, how) = (escape(&brand.say("mail-signature")?), escape(&brand.say("mail-how")?));
        let _ = writeln!(list, "<h3>{title}</h3><p class=\"how\">{how}</p>");
    }
    list.push_str("</section>\n");
    Ok(list)
}

fn concepts(brand: &Brand, files: &[FileEntry]) -> String {
    let mut list = String::from("<ul class=\"concepts\">\n");
    for concept in brand.concepts() {
        let path = format!("logos/{}/{}-{}.svg", concept.id, Lockup::Mark.id(), Colorway::Color.id());
        let picture = if has(files, &path) {
            format!("<img src=\"{}\" alt=\"\">", address(&path))
        } else {
            String::new()
        };
        let (title, idea) = (escape(&concept.title), escape(&concept.idea));
        let _ = writeln!(
            list,
            "<li><div class=\"ground light\">{picture}</div><h3>{}. {title}</h3><p>{idea}</p></li>",
            concept.rank
        );
    }
    list.push_str("</ul>\n");
    list
}

fn folders(brand: &Brand, files: &[FileEntry]) -> Result<String, Fault> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for entry in files {
        *counts.entry(entry.path.split_once('/').map_or("", |(folder, _)| folder)).or_default() += 1;
    }
    let mut list = String::new();
    for (folder, count) in counts.into_iter().filter(|(folder, _)| FOLDERS.contains(folder)) {
        // "This book" is said in the book.
        let key = if folder == "book" { "made-book".to_owned() } else { format!("kit-folder-{folder}") };
        let about = escape(&brand.say(&key)?);
        let count = escape(&brand.words.count("kit-file-count", ("count", count), &[])?);
        let _ = writeln!(list, "<dt>{folder}/</dt><dd>{about} {count}</dd>");
    }
    let root = escape(&brand.say("kit-folder-root")?);
    let _ = writeln!(list, "<dt>/</dt><dd>{root}</dd>");
    Ok(list)
}

/// Class, face, and the key of what it is for.
fn faces(brand: &Brand) -> [(&'static str, &FontChoice, &'static str); 2] {
    let typography = &brand.design.typography;
    [("display", &typography.display, "kit-face-display"), ("text", &typography.text, "kit-face-text")]
}

/// The file of the recommended concept, where the kit holds it.
fn logo_path(brand: &Brand, lockup: Lockup, colorway: Colorway, files: &[FileEntry]) -> Option<String> {
    let path = format!("logos/{}/{}-{}.svg", brand.logo().id, lockup.id(), colorway.id());
    has(files, &path).then_some(path)
}

fn has(files: &[FileEntry], path: &str) -> bool {
    files.iter().any(|entry| entry.path == path)
}

/// A path as an address; our files are named in letters, digits, hyphens, blanks and full stops.
fn address(path: &str) -> String {
    escape(path).replace(' ', "%20")
}
