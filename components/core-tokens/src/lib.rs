//! Design tokens: the values of a design, written in the formats that design tools and platforms read.
//!
//! Pure. One model (`Tokens`), one table of formats (`FORMATS`); a format is a function from the model to files.
//!
//! **Law.** Every format states what it carries, and what it carries can be read back from its files and equals the
//! model; kept by the formats, tested in `tests/back.rs` by readers that share no code with the writers.
//! **Absent.** Decisions (`core-design`), which kit holds which format is only a row of the table; the kit and its
//! checks (`core-kit`).

mod android;
mod ase;
mod brand_yml;
mod css;
mod dart;
mod dtcg;
mod flat;
mod gpl;
mod javascript;
mod json;
mod kotlin;
mod less;
mod names;
mod scss;
mod swift;
mod tailwind;
mod tokens;
mod xcassets;

use core_brand::brief::Complexity;
use core_brand::{Fault, Rgb};

pub use tokens::{Tokens, is_display};

/// One file of a format, its path from the root of the kit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub path: String,
    pub media: &'static str,
    pub bytes: Vec<u8>,
}

impl File {
    fn text(path: &str, media: &'static str, text: String) -> Self {
        Self { path: path.to_owned(), media, bytes: text.into_bytes() }
    }
}

/// A format that tokens are written in.
pub struct Format {
    pub id: &'static str,
    /// The smallest kit that holds it.
    pub least: Complexity,
    /// Which facts its files state, as patterns of `Tokens::facts`; a star stands for one name.
    pub carries: &'static [&'static str],
    write: fn(&Tokens) -> Result<Vec<File>, Fault>,
    /// How its files spell a colour.
    spell: fn(Rgb) -> Vec<u8>,
}

impl Format {
    pub fn files(&self, tokens: &Tokens) -> Result<Vec<File>, Fault> {
        (self.write)(tokens)
    }

    /// Whether a fact of the model is one that this format states.
    #[must_use]
    pub fn carries(&self, fact: &str) -> bool {
        self.carries.iter().any(|pattern| matches(pattern, fact))
    }

    /// How many of the colours that the format carries stand in its files, and how many there are.
    #[must_use]
    pub fn stated(&self, tokens: &Tokens, files: &[File]) -> (usize, usize) {
        let facts = tokens.facts();
        let carried = facts.iter().filter(|(key, _)| self.carries(key));
        let mut colors: Vec<Rgb> = carried.filter_map(|(_, value)| Rgb::parse(value).ok()).collect();
        colors.sort_unstable();
        colors.dedup();
        let stands = |color: &&Rgb| {
            let spelled = (self.spell)(**color);
            files.iter().any(|file| file.bytes.windows(spelled.len()).any(|window| window == spelled))
        };
        (colors.iter().filter(stands).count(), colors.len())
    }
}

const COLORS: &[&str] = &["brand.*", "scale.*.*", "theme.*.*", "logo.*"];
const EVERYTHING: &[&str] = &[
    "brand.*",
    "scale.*.*",
    "theme.*.*",
    "logo.*",
    "font.*.family",
    "font.*.weight",
    "font.*.style",
    "size.*.rem",
    "size.*.line-height",
    "size.*.tracking",
    "size.*.font",
];
/// Platforms that count in pixels of their own.
const IN_PIXELS: &[&str] = &[
    "brand.*",
    "scale.*.*",
    "theme.*.*",
    "logo.*",
    "font.*.family",
    "font.*.weight",
    "font.*.style",
    "size.*.px",
    "size.*.line-height",
    "size.*.tracking",
    "size.*.font",
];

/// Every format, in the order of the kit's list of files.
pub const FORMATS: &[Format] = &[
    Format { id: "css", least: Complexity::Simple, carries: EVERYTHING, write: css::files, spell: hex },
    Format {
        id: "dtcg",
        least: Complexity::Simple,
        // Italics have no type of their own in the format.
        carries: &[
            "brand.*",
            "scale.*.*",
            "theme.*.*",
            "logo.*",
            "font.*.family",
            "font.*.weight",
            "size.*.rem",
            "size.*.line-height",
            "size.*.font",
        ],
        write: dtcg::files,
        spell: hex,
    },
    Format {
        id: "resolver",
        least: Complexity::Medium,
        carries: &["brand.*", "scale.*.*", "theme.*.*", "logo.*", "font.*.family", "size.*.rem"],
        write: dtcg::resolver_files,
        spell: hex,
    },
    Format { id: "flat", least: Complexity::Medium, carries: COLORS, write: flat::files, spell: hex },
    Format { id: "scss", least: Complexity::Medium, carries: EVERYTHING, write: scss::files, spell: hex },
    Format { id: "less", least: Complexity::Medium, carries: EVERYTHING, write: less::files, spell: hex },
    Format {
        id: "tailwind-4",
        least: Complexity::Medium,
        carries: &[
            "brand.*",
            "scale.*.*",
            "theme.*.*",
            "logo.*",
            "font.*.family",
            "size.*.rem",
            "size.*.line-height",
            "size.*.tracking",
        ],
        write: tailwind::theme,
        spell: hex,
    },
    Format {
        id: "tailwind-3",
        least: Complexity::Medium,
        // Its themes are the custom properties of the CSS file.
        carries: &[
            "brand.*",
            "scale.*.*",
            "logo.*",
            "font.*.family",
            "size.*.rem",
            "size.*.line-height",
            "size.*.tracking",
        ],
        write: tailwind::preset,
        spell: hex,
    },
    Format {
        id: "javascript",
        least: Complexity::Medium,
        carries: EVERYTHING,
        write: javascript::files,
        spell: hex,
    },
    Format {
        id: "brand-yml",
        least: Complexity::Medium,
        carries: &["brand.*", "font.display.*", "font.text.*"],
        write: brand_yml::files,
        spell: hex,
    },
    Format { id: "gimp", least: Complexity::Medium, carries: COLORS, write: gpl::files, spell: gpl::spell },
    Format { id: "ase", least: Complexity::Medium, carries: COLORS, write: ase::files, spell: ase::spell },
    Format {
        id: "android",
        least: Complexity::Complex,
        carries: IN_ANDROID,
        write: android::files,
        spell: hex,
    },
    Format {
        id: "compose",
        least: Complexity::Complex,
        carries: IN_PIXELS,
        write: kotlin::files,
        spell: upper_hex,
    },
    Format {
        id: "swiftui",
        least: Complexity::Complex,
        carries: IN_PIXELS,
        write: swift::files,
        spell: upper_hex,
    },
    Format {
        id: "xcassets",
        least: Complexity::Complex,
        carries: COLORS_WITHOUT_SCALES,
        write: xcassets::files,
        spell: xcassets::spell,
    },
    Format {
        id: "flutter",
        least: Complexity::Complex,
        carries: IN_PIXELS,
        write: dart::files,
        spell: upper_hex,
    },
];

/// XML resources have sizes and no line heights as factors.
const IN_ANDROID: &[&str] = &["brand.*", "scale.*.*", "theme.*.*", "logo.*", "font.*.family", "size.*.px"];
/// A catalogue shows a folder per colour: scales would bury the roles.
const COLORS_WITHOUT_SCALES: &[&str] = &["brand.*", "theme.*.*", "logo.*"];

/// The formats that a kit of this size holds.
pub fn formats(complexity: Complexity) -> impl Iterator<Item = &'static Format> {
    let size = |complexity| match complexity {
        Complexity::Simple => 0,
        Complexity::Medium => 1,
        Complexity::Complex => 2,
    };
    FORMATS.iter().filter(move |format| size(format.least) <= size(complexity))
}

fn hex(rgb: Rgb) -> Vec<u8> {
    rgb.to_string().into_bytes()
}

/// Six digits without a sign before them.
fn upper_hex(rgb: Rgb) -> Vec<u8> {
    names::digits(rgb).into_bytes()
}

fn matches(pattern: &str, fact: &str) -> bool {
    let (mut wanted, mut found) = (pattern.split('.'), fact.split('.'));
    loop {
        match (wanted.next(), found.next()) {
            (None, None) => return true,
            (Some(want), Some(have)) if want == "*" || want == have => {}
            _ => return false,
        }
    }
}
