//! Every failure, in one table: its code, whose fault it is, and the sentence a person reads.
//!
//! A sentence says what is wrong and what to do. The table feeds stderr, problem+json and translations.

use std::fmt;

/// Whose fault a failure is, so that the caller knows whether to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// The request is wrong. Say so to the person; do not retry.
    Rejected,
    /// Try again after a while.
    Busy,
    /// Ours.
    Internal,
}

/// One failure with what is needed to say it well, in any language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    pub code: String,
    pub blame: Blame,
    /// The values in the sentence, by name.
    pub args: Vec<(String, String)>,
    /// The field of the brief that is meant, where one is.
    pub field: Option<String>,
    /// The sentence in English.
    pub message: String,
    /// For `Busy`: how long to wait.
    pub retry_after_ms: u32,
}

macro_rules! faults {
    ($( $name:ident = $code:literal, $blame:ident, $field:expr, $text:literal; )*) => {
        /// The codes. A code never changes its meaning; a new meaning gets a new code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $( $name, )* }

        impl Code {
            pub const ALL: &'static [Self] = &[ $( Self::$name, )* ];

            #[must_use]
            pub fn as_str(self) -> &'static str { match self { $( Self::$name => $code, )* } }

            #[must_use]
            pub fn blame(self) -> Blame { match self { $( Self::$name => Blame::$blame, )* } }

            fn field(self) -> Option<&'static str> { match self { $( Self::$name => $field, )* } }

            /// The English sentence, with `{arg}` where a value goes.
            #[must_use]
            pub fn text(self) -> &'static str { match self { $( Self::$name => $text, )* } }
        }
    };
}

faults! {
    NameEmpty = "brief.name.empty", Rejected, Some("company_name"),
        "The company name is empty. Give a name of 1 to {max} characters.";
    NameTooLong = "brief.name.too-long", Rejected, Some("company_name"),
        "The company name has {count} characters; at most {max} are possible. Shorten it.";
    NameControl = "brief.name.control", Rejected, Some("company_name"),
        "The company name holds a character that cannot be drawn ({letters}). Remove it.";
    NameUncovered = "brief.name.uncovered", Rejected, Some("company_name"),
        "No bundled font has {letters}. Leave it out or spell the name with other letters.";
    NameMixed = "brief.name.mixed-scripts", Rejected, Some("company_name"),
        "No single bundled font has all letters of this name ({letters} stand apart). Use one script.";
    NameMarks = "brief.name.too-many-marks", Rejected, Some("company_name"),
        "A letter of the company name carries {count} combining marks; at most {max} can be set. Remove some.";
    IndustryEmpty = "brief.industry.empty", Rejected, Some("industry"),
        "The industry is empty. Name one, for example `coffee`; `imprint industries` lists those known.";
    IndustryTooLong = "brief.industry.too-long", Rejected, Some("industry"),
        "The industry has {count} characters; at most {max} are possible. Use a few words.";
    StyleTooLong = "brief.style.too-long", Rejected, Some("style"),
        "The style has {count} characters; at most {max} are possible. Use a few words.";
    TextControl = "brief.text.control", Rejected, None,
        "{field} holds a control character ({letters}). Remove it.";
    ColorMalformed = "brief.color.malformed", Rejected, Some("primary_color"),
        "`{value}` is not a colour. Write six hexadecimal digits, for example #2563eb.";
    ComplexityUnknown = "brief.complexity.unknown", Rejected, Some("complexity"),
        "`{value}` is not a complexity. Use simple, medium or complex.";
    LanguageUnknown = "brief.language.unknown", Rejected, Some("language"),
        "`{value}` is not a language Imprint writes. Use one of: {known}.";
    SeedMalformed = "brief.seed.malformed", Rejected, Some("seed"),
        "`{value}` is not a seed. Use a whole number from 0 to 18446744073709551615.";
    ConceptsRange = "brief.concepts.range", Rejected, Some("concepts"),
        "{count} concepts are not possible. Ask for {min} to {max}.";
    BriefMalformed = "brief.malformed", Rejected, None,
        "The brief cannot be read: {why}. See the README for its fields.";
    OutNotEmpty = "out.not-empty", Rejected, Some("out"),
        "The folder `{path}` exists and is not empty. Choose another with --out, or remove it.";
    OutNotFolder = "out.not-a-folder", Rejected, Some("out"),
        "`{path}` exists and is not a folder. Choose another place with --out.";
    OutUnwritable = "out.unwritable", Rejected, Some("out"),
        "The folder `{path}` cannot be written: {why}. Choose another with --out, or change its permissions.";
    DiskFull = "out.disk-full", Internal, Some("out"),
        "There is no room left while writing `{path}`. Free some space and run the command again; nothing half-written was left.";
    SetupMissing = "setup.missing", Rejected, None,
        "{what} is missing: {why}. {mend}";
    DocumentMissing = "step.document.missing", Internal, None,
        "A step needs the document `{name}`, and nobody made it. This is a fault of Imprint; please report it.";
    DocumentMalformed = "step.document.malformed", Internal, None,
        "The document `{name}` cannot be read: {why}. This is a fault of Imprint; please report it.";
    TaskUnknown = "step.task.unknown", Internal, None,
        "The component does not know the task `{kind}`. This is a fault of Imprint; please report it.";
    BlobMissing = "blob.missing", Internal, None,
        "The content {sha256} is not in the store. It may have been removed; make the kit again.";
    BlobTooLarge = "blob.too-large", Rejected, None,
        "A value of {bytes} bytes is larger than the {max} allowed. Make it smaller.";
    FontMissing = "font.missing", Internal, None,
        "The font {font} is not at hand. `imprint doctor` says how to get it.";
    FontMalformed = "font.malformed", Internal, None,
        "The font {font} cannot be read: {why}. Delete the font cache and run the command again.";
    StepTimeout = "step.timeout", Internal, None,
        "The step `{step}` took longer than {limit_ms} ms and was stopped. Try again; if it stays, report it.";
    StepTrapped = "step.trapped", Internal, None,
        "The component `{component}` stopped with a fault: {why}. This is a fault of Imprint; please report it.";
    Cancelled = "job.cancelled", Rejected, None,
        "The work was stopped on request. Nothing was written.";
    Storage = "storage.failed", Internal, None,
        "Reading or writing {what} failed: {why}.";
    Conflict = "ledger.conflict", Busy, None,
        "Somebody else wrote to this brand first (expected {expected}, found {found}). Read it again, then decide anew.";
    Tampered = "ledger.tampered", Internal, None,
        "The journal was changed after it was written, at entry {sequence}. Restore it from a copy.";
    Broken = "internal.broken", Internal, None,
        "Something that cannot be happened at {place}: {why}. This is a fault of Imprint; please report it.";
}

impl Fault {
    /// A fault from the table, with the values its sentence needs.
    #[must_use]
    pub fn new<const N: usize>(code: Code, args: [(&str, String); N]) -> Self {
        let mut message = code.text().to_owned();
        for (name, value) in &args {
            message = message.replace(&format!("{{{name}}}"), value);
        }
        Self {
            code: code.as_str().to_owned(),
            blame: code.blame(),
            args: args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            field: code.field().map(str::to_owned),
            message,
            retry_after_ms: if code.blame() == Blame::Busy { 1000 } else { 0 },
        }
    }

    #[must_use]
    pub fn is(&self, code: Code) -> bool {
        self.code == code.as_str()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Reports what cannot be as an internal fault with its place, instead of a panic.
#[macro_export]
macro_rules! broken {
    ($($why:tt)*) => {
        $crate::Fault::new(
            $crate::fault::Code::Broken,
            [("place", concat!(file!(), ":", line!()).to_owned()), ("why", format!($($why)*))],
        )
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_sentences_end() {
        let codes: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(codes.len(), Code::ALL.len());
        for code in Code::ALL {
            assert!(code.text().ends_with('.') || code.text().ends_with('}'), "{code} has no full stop");
        }
    }

    #[test]
    fn a_fault_fills_its_sentence() {
        let fault = Fault::new(Code::ColorMalformed, [("value", "puce".into())]);
        assert_eq!(fault.field.as_deref(), Some("primary_color"));
        assert!(fault.message.starts_with("`puce` is not a colour."));
        assert!(!fault.message.contains('{'));
    }
}
