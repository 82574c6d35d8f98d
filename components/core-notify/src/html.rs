//! The HTML of a mail, as mail programs keep it: tables, styles in the elements, nothing that is fetched.
//!
//! The one sheet of styles holds what has no place in an element, the colours of a dark screen; a program that drops it
//! shows the light mail, whole. Every text goes through `text`, every address was checked (`matter`).

use crate::mail::{Item, Mail};
use crate::palette::{Palette, Scheme};
use core_brand::{Fault, broken};

/// Gmail cuts what is longer than 102 KB.
pub const HTML_BYTES_MAX: usize = 100 << 10;
/// What a list shows beside the subject; the rest is filled with signs of no width, so that nothing else is shown.
const PREHEADER_CHARS: usize = 110;
const FILLERS: usize = 40;

const PLAIN: &str = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const JAPANESE: &str =
    "-apple-system,'Hiragino Sans','Hiragino Kaku Gothic ProN','Noto Sans JP','Yu Gothic',Meiryo,sans-serif";

const TABLE: &str = "role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"";

pub(crate) fn html(mail: &Mail) -> Result<String, Fault> {
    let mut shown = mail.items.len();
    loop {
        let html = of(mail, &mail.items[..shown]);
        if html.len() <= HTML_BYTES_MAX {
            return Ok(html);
        }
        // What a tenant wrote may be long; the text part has all of it.
        if shown <= 1 {
            return Err(broken!("a mail has {} bytes", html.len()));
        }
        shown /= 2;
    }
}

fn of(mail: &Mail, items: &[Item]) -> String {
    let Palette { light, dark, .. } = mail.palette;
    let (language, title) = (mail.language, text(&mail.title));
    let (page, family) = (light.page, family(mail.language));
    let (styles, preheader) = (styles(dark), preheader(mail));
    let (head, body, foot) = (head(mail), body(mail, items), foot(mail));
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"supported-color-schemes\" content=\"light dark\">\n\
         <meta name=\"format-detection\" content=\"telephone=no,date=no,address=no,email=no,url=no\">\n\
         <meta name=\"x-apple-disable-message-reformatting\">\n<title>{title}</title>\n{styles}</head>\n\
         <body class=\"page\" bgcolor=\"{page}\" style=\"margin:0;padding:0;background-color:{page};-webkit-text-size-adjust:100%\">\n\
         {preheader}<table class=\"page\" {TABLE} width=\"100%\" bgcolor=\"{page}\" style=\"background-color:{page};font-family:{family}\">\n\
         <tr><td align=\"center\" style=\"padding:24px 12px 40px\">\n\
         <!--[if mso]><table {TABLE} width=\"600\"><tr><td><![endif]-->\n\
         <table {TABLE} width=\"100%\" style=\"max-width:600px\">\n{head}{body}{foot}</table>\n\
         <!--[if mso]></td></tr></table><![endif]-->\n</td></tr>\n</table>\n</body>\n</html>\n"
    )
}

/// What can only be said in a sheet: the colours where the screen is dark.
fn styles(dark: Scheme) -> String {
    let Scheme { page, sheet, text, soft, line, button, on_button } = dark;
    format!(
        "<style>\n:root{{color-scheme:light dark;supported-color-schemes:light dark}}\n\
         @media (prefers-color-scheme:dark){{\n\
         .page{{background-color:{page}!important}}.sheet{{background-color:{sheet}!important}}\n\
         .text{{color:{text}!important}}.soft{{color:{soft}!important}}.line{{border-color:{line}!important}}\n\
         .button{{background-color:{button}!important}}.label{{color:{on_button}!important}}\n\
         }}\n</style>\n"
    )
}

fn preheader(mail: &Mail) -> String {
    let said = match &mail.intro {
        Some(_) => mail.items.iter().filter_map(|item| item.title.clone()).collect::<Vec<_>>().join(" – "),
        None => mail.items.iter().flat_map(|item| item.text.first().cloned()).collect(),
    };
    let said = text(&crate::plain::cut(&said, PREHEADER_CHARS));
    let fillers = "&#847;&zwnj;&nbsp;".repeat(FILLERS);
    format!(
        "<div style=\"display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px;mso-hide:all\">{said}\n{fillers}</div>\n"
    )
}

/// The field of the brand: its name small, the news large.
fn head(mail: &Mail) -> String {
    let Palette { field, on_field, .. } = mail.palette;
    let (name, title) = (text(&mail.name), text(&mail.title));
    let tracking = if mail.language == "ja" { "0" } else { "-0.02em" };
    format!(
        "<tr><td bgcolor=\"{field}\" style=\"background-color:{field};border-radius:14px 14px 0 0;padding:30px 32px 34px\">\n\
         <p style=\"margin:0;padding:0 0 64px;font-size:17px;line-height:24px;font-weight:600;color:{on_field};{BREAKS}\">{name}</p>\n\
         <h1 style=\"margin:0;font-size:34px;line-height:40px;font-weight:700;letter-spacing:{tracking};color:{on_field};{BREAKS}\">{title}</h1>\n\
         </td></tr>\n"
    )
}

/// Long words, such as names that are no words, do not widen the mail.
const BREAKS: &str = "word-break:break-word;overflow-wrap:anywhere";

fn body(mail: &Mail, items: &[Item]) -> String {
    let light = mail.palette.light;
    let Scheme { sheet, .. } = light;
    let mut inside = String::new();
    for text in mail.greeting.iter().chain(&mail.intro) {
        inside += &paragraph(text, light);
    }
    for item in items {
        inside += &match &item.title {
            Some(title) => row(title, item, light),
            None => single(item, light),
        };
    }
    if let Some(more) = &mail.more {
        let Scheme { soft, .. } = light;
        inside += &format!(
            "<p class=\"soft\" style=\"margin:20px 0 0;font-size:15px;line-height:22px;color:{soft}\">{}</p>\n",
            text(more)
        );
    }
    format!(
        "<tr><td class=\"sheet\" bgcolor=\"{sheet}\" style=\"background-color:{sheet};border-radius:0 0 14px 14px;padding:32px 32px 36px\">\n\
         {inside}</td></tr>\n"
    )
}

fn paragraph(said: &str, light: Scheme) -> String {
    let Scheme { text: ink, .. } = light;
    format!(
        "<p class=\"text\" style=\"margin:0 0 14px;font-size:17px;line-height:27px;color:{ink};{BREAKS}\">{}</p>\n",
        text(said)
    )
}

/// The only news of a mail, with its button.
fn single(item: &Item, light: Scheme) -> String {
    let Scheme { button, on_button, .. } = light;
    let mut out: String = item.text.iter().map(|line| paragraph(line, light)).collect();
    if let Some((label, url)) = &item.link {
        let (label, url) = (text(label), text(url));
        // The cell has the colour, so that a program that knows no padding of links shows a button too.
        out += &format!(
            "<table {TABLE} style=\"margin-top:26px\"><tr><td class=\"button\" align=\"center\" bgcolor=\"{button}\" \
             style=\"background-color:{button};border-radius:8px;mso-padding-alt:15px 26px\">\
             <a class=\"label\" href=\"{url}\" style=\"display:inline-block;padding:15px 26px;font-size:17px;line-height:22px;\
             font-weight:600;color:{on_button};text-decoration:none;border-radius:8px\">{label}</a></td></tr></table>\n"
        );
    }
    out
}

/// One of several news.
fn row(title: &str, item: &Item, light: Scheme) -> String {
    let Scheme { text: ink, soft, line, .. } = light;
    let mut out = format!(
        "<div class=\"line\" style=\"border-top:1px solid {line};margin-top:18px;padding-top:18px\">\n\
         <p class=\"text\" style=\"margin:0;font-size:17px;line-height:24px;font-weight:600;color:{ink};{BREAKS}\">{}</p>\n",
        text(title)
    );
    for said in &item.text {
        out += &format!(
            "<p class=\"soft\" style=\"margin:4px 0 0;font-size:15px;line-height:23px;color:{soft};{BREAKS}\">{}</p>\n",
            text(said)
        );
    }
    if let Some((label, url)) = &item.link {
        out += &format!(
            "<p style=\"margin:8px 0 0;font-size:15px;line-height:23px\"><a class=\"text\" href=\"{}\" \
             style=\"color:{ink};font-weight:600;text-decoration:underline\">{}</a></p>\n",
            text(url),
            text(label)
        );
    }
    out + "</div>\n"
}

fn foot(mail: &Mail) -> String {
    let Scheme { soft, .. } = mail.palette.light;
    let links: Vec<String> = mail
        .foot
        .iter()
        .map(|(label, url)| {
            let (label, url) = (text(label), text(url));
            format!("<a class=\"soft\" href=\"{url}\" style=\"color:{soft};text-decoration:underline\">{label}</a>")
        })
        .collect();
    let links =
        if links.is_empty() { String::new() } else { format!("<br>\n{}", links.join(" &nbsp;·&nbsp; ")) };
    format!(
        "<tr><td class=\"soft\" style=\"padding:22px 32px 0;font-size:13px;line-height:21px;color:{soft}\">\n{}{links}\n</td></tr>\n",
        text(&mail.why)
    )
}

fn family(language: &str) -> &'static str {
    if language == "ja" { JAPANESE } else { PLAIN }
}

/// A text as it may stand in an element and in an attribute.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            letter => out.push(letter),
        }
    }
    out
}
