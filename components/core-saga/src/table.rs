//! The steps, as versioned data.

use core_brand::{Body, Document};
use serde::Deserialize;
use serde::de::IgnoredAny;

/// The version of the table below. A job keeps the version it was started with.
pub const STEPS_VERSION: u32 = 1;

/// One row: what is done, by which component, and what is called undoing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepRow {
    pub name: &'static str,
    pub component: &'static str,
    pub undo: &'static str,
}

/// The palette comes before the logo: marks are drawn in the brand's own colours and judged in them.
pub const STEPS: &[StepRow] = &[
    StepRow { name: "create-job", component: "orchestrator", undo: "compensate-job-creation" },
    StepRow { name: "design", component: "design", undo: "compensate-palette-generation" },
    StepRow { name: "logo", component: "logo", undo: "compensate-logo-generation" },
    StepRow { name: "assets", component: "assets", undo: "compensate-asset-processing" },
    StepRow { name: "kit", component: "kit", undo: "compensate-kit-compilation" },
    StepRow { name: "seal", component: "kit", undo: "compensate-kit-sealing" },
];

/// The steps of a job that asks for painted concepts. They are painted behind the drawn ones, which they must be unlike.
pub const STEPS_PAINTED: &[StepRow] = &[
    STEPS[0],
    STEPS[1],
    STEPS[2],
    StepRow { name: PAINT, component: "logo", undo: "compensate-painting" },
    STEPS[3],
    STEPS[4],
    STEPS[5],
];

/// The step whose tasks a painter answers before they are built. A step of its own, with a queue of its own: a slow painter
/// keeps nobody waiting who did not ask for it.
pub const PAINT: &str = "paint";

/// The steps of a job, by what was asked.
#[must_use]
pub fn steps_of(request: &Document) -> &'static [StepRow] {
    #[derive(Deserialize)]
    struct Asked {
        painted: Option<IgnoredAny>,
    }
    let Body::Inline(bytes) = &request.body else { return STEPS };
    match serde_json::from_slice(bytes) {
        Ok(Asked { painted: Some(_) }) => STEPS_PAINTED,
        _ => STEPS,
    }
}

/// The row of that name.
#[must_use]
pub fn row(name: &str) -> Option<&'static StepRow> {
    STEPS_PAINTED.iter().find(|step| step.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_asks_for_paintings_has_a_step_of_them() {
        let names = |request: &[u8]| -> Vec<&str> {
            let request = Document::file("request.json", "application/json", request.to_vec());
            steps_of(&request).iter().map(|row| row.name).collect()
        };
        let usual: Vec<&str> = STEPS.iter().map(|row| row.name).collect();
        let cases: [&[u8]; 5] = [b"{}", b"", b"[]", br#"{"painted":null}"#, br#"{"brief":{"painted":{}}}"#];
        for request in cases {
            assert_eq!(names(request), usual, "{}", String::from_utf8_lossy(request));
        }
        let painted = ["create-job", "design", "logo", PAINT, "assets", "kit", "seal"];
        assert_eq!(names(br#"{"painted":{"model":"procedural"}}"#), painted);
        assert_eq!(row(PAINT).map(|row| row.component), Some("logo"));
    }
}
