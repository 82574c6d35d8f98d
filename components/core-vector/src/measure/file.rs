//! What a logo file may hold, read from its text.

/// Elements of a clean file, and the attributes that each may have.
const ELEMENTS: &[(&str, &[&str])] = &[
    ("svg", &["xmlns", "viewBox", "width", "height", "role", "aria-labelledby"]),
    ("title", &["id"]),
    ("desc", &["id"]),
    ("path", &["id", "fill", "d"]),
];
/// Flat fills in one file, grounds included.
const FILLS_MAX: usize = 3;

/// What is wrong with the text of a logo file, each with its name; empty for a clean one.
///
/// Only elements and attributes of a short list may stand there, so that text, pictures, scripts, styles, filters and
/// links have no way in.
#[must_use]
pub fn faults(svg: &str) -> Vec<String> {
    let mut read = Read::default();
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let Some(end) = rest[start..].find('>').map(|end| start + end) else {
            read.faults.push("a tag without an end".to_owned());
            return read.faults;
        };
        read.tag(&rest[start + 1..end]);
        rest = &rest[end + 1..];
    }
    if !read.open.is_empty() || read.fills.is_empty() || !rest.trim().is_empty() {
        read.faults.push("not one whole drawing".to_owned());
    }
    if read.fills.len() > FILLS_MAX {
        read.faults.push(format!("{} fills", read.fills.len()));
    }
    read.faults
}

/// What was read so far.
#[derive(Default)]
struct Read<'a> {
    open: Vec<&'a str>,
    fills: Vec<&'a str>,
    faults: Vec<String>,
}

impl<'a> Read<'a> {
    fn tag(&mut self, tag: &'a str) {
        if let Some(name) = tag.strip_prefix('/') {
            if self.open.pop() != Some(name.trim()) {
                self.faults.push(format!("`{name}` closes nothing"));
            }
            return;
        }
        let body = tag.strip_suffix('/').unwrap_or(tag);
        let name = body.split_whitespace().next().unwrap_or_default();
        match ELEMENTS.iter().find(|(element, _)| *element == name) {
            Some((_, known)) => self.element(name, &body[name.len()..], known),
            None => self.faults.push(format!("the element `{name}`")),
        }
        if body.len() == tag.len() {
            self.open.push(name);
        }
    }

    fn element(&mut self, name: &str, text: &'a str, known: &[&str]) {
        let mut has_box = false;
        for (attribute, value) in attributes(text) {
            match attribute {
                unknown if !known.contains(&unknown) => {
                    self.faults.push(format!("the attribute `{unknown}`"));
                }
                "viewBox" => has_box = is_box(value),
                "fill" if !is_flat(value) => self.faults.push(format!("the fill `{value}`")),
                "fill" if !self.fills.contains(&value) => self.fills.push(value),
                "d" if crate::path::parse(value).is_err() => {
                    self.faults.push("a path of other commands".to_owned());
                }
                _ => {}
            }
        }
        if name == "svg" && !has_box {
            self.faults.push("no viewBox".to_owned());
        }
    }
}

/// Attributes in double quotes, as the writer writes them; anything else is an attribute that nobody knows.
fn attributes(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let parts = rest.split_once("=\"").and_then(|(name, after)| Some((name, after.split_once('"')?)));
        let Some((name, (value, after))) = parts else {
            found.push((rest, ""));
            break;
        };
        found.push((name.trim(), value));
        rest = after.trim_start();
    }
    found
}

fn is_box(value: &str) -> bool {
    let numbers: Vec<f64> = value.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    matches!(numbers[..], [_, _, width, height] if width > 0.0 && height > 0.0)
}

fn is_flat(value: &str) -> bool {
    let is_hex = |hex: &str| hex.len() == 6 && hex.bytes().all(|digit| digit.is_ascii_hexdigit());
    value.strip_prefix('#').is_some_and(is_hex)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLEAN: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\" role=\"img\" \
        aria-labelledby=\"title desc\">\n<title id=\"title\">A &gt; B</title>\n<desc id=\"desc\">d</desc>\n\
        <path fill=\"#010203\" d=\"M0 0L10 0Z\"/>\n</svg>\n";

    #[test]
    fn a_clean_file_has_no_faults() {
        assert_eq!(faults(CLEAN), Vec::<String>::new());
    }

    #[test]
    fn everything_else_is_told() {
        let path = "<path fill=\"#010203\" d=\"M0 0L10 0Z\"/>";
        let fills: String = (0..4).map(|n| format!("<path fill=\"#00000{n}\" d=\"M0 0Z\"/>")).collect();
        let cases = [
            (CLEAN.replace(path, "<text>A</text>"), "the element `text`"),
            (CLEAN.replace(path, "<image href=\"x\"/>"), "the element `image`"),
            (CLEAN.replace(path, "<script>1</script>"), "the element `script`"),
            (CLEAN.replace(path, "<!-- x -->"), "the element `!--`"),
            (CLEAN.replace("<path ", "<path style=\"fill:red\" "), "the attribute `style`"),
            (CLEAN.replace("<path ", "<path onclick='x' "), "the attribute `onclick='x' fill`"),
            (CLEAN.replace("#010203", "url(#a)"), "the fill `url(#a)`"),
            (CLEAN.replace(" viewBox=\"0 0 10 10\"", ""), "no viewBox"),
            (CLEAN.replace("L10 0Z", "A1 1 0 0 0 2 2"), "a path of other commands"),
            (CLEAN.replace("</svg>", ""), "not one whole drawing"),
            (CLEAN.replace("</desc>", ""), "`svg` closes nothing"),
            (CLEAN.replace(path, &fills), "4 fills"),
            (String::new(), "not one whole drawing"),
            ("<svg".to_owned(), "a tag without an end"),
        ];
        for (svg, expected) in cases {
            assert!(faults(&svg).iter().any(|fault| fault == expected), "{expected}: {:?}", faults(&svg));
        }
    }
}
