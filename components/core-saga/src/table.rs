//! The steps, as versioned data.

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

/// The row of that name.
#[must_use]
pub fn row(name: &str) -> Option<&'static StepRow> {
    STEPS.iter().find(|step| step.name == name)
}
