//! Where a rule does not hold, and why. Every entry is checked for being needed.

/// Crates from the registry that core crates may use.
pub const CORE_CRATES: &[(&str, &str)] = &[
    ("crc32fast", "checksums of a zip"),
    ("data-encoding", "base64url of tokens, base32 of ids"),
    ("ed25519-dalek", "signatures of tokens; nobody writes those twice"),
    ("fluent-bundle", "plural and number rules of the reasons"),
    ("fluent-syntax", "reads the catalogues when they are built in"),
    ("form_urlencoded", "queries"),
    ("harfrust", "shaping of every script, which nobody writes twice"),
    ("hypher", "where words of nine languages may be parted"),
    ("i_overlay", "booleans on outlines"),
    ("image", "ICO and WebP files and decoding; no system library"),
    ("krilla", "tagged PDF"),
    ("kurbo", "curves, with libm floats"),
    ("libm", "transcendentals that are the same on every machine"),
    ("palette", "colour spaces, with libm floats"),
    ("percent-encoding", "paths"),
    ("miniz_oxide", "compression of answers"),
    ("petgraph", "nodes and edges of the brand graph"),
    ("png", "indexed PNG"),
    ("resvg", "pictures of plain shapes; text and image loading are off"),
    ("serde", "documents"),
    ("serde_json", "documents"),
    ("sha2", "content hashes"),
    ("skrifa", "font tables and outlines"),
    ("svgtypes", "colours as CSS and SVG write them"),
    ("thiserror", "the Error impl of Fault"),
    ("unic-langid", "tags of the catalogues"),
    ("unicode-bidi", "order of right-to-left names"),
    ("unicode-normalization", "names in one form"),
    ("usvg", "reads SVG for resvg"),
    ("visioncortex", "regions of a picture and the walk around them: the engine of vtracer"),
];

/// Crates from the registry that components may use, by package; `*` is any of them.
pub const COMPONENT_CRATES: &[(&str, &str, &str)] = &[
    ("*", "wit-bindgen", "the bindings themselves"),
    ("*", "serde_json", "settings of tasks are JSON"),
    ("imprint-gateway", "wasip2", "HTTP and clocks"),
];

/// Crates that touch the world or start threads; nowhere below a core crate.
pub const WORLDLY_CRATES: &[&str] = &[
    "async-nats",
    "async-std",
    "chrono",
    "curl",
    "fontdb",
    "getrandom",
    "hyper",
    "libloading",
    "memmap2",
    "mio",
    "rand",
    "rayon",
    "reqwest",
    "smol",
    "socket2",
    "tempfile",
    "tokio",
    "ureq",
    "uuid",
    "walkdir",
    "wasi",
    "wasip2",
    "wasmtime",
    "wit-bindgen",
];

/// Functions longer than the limit: path, name, reason.
pub const LONG_FUNCTIONS: &[(&str, &str, &str)] = &[];

/// Crates with a name of their own: folder, name, reason.
pub const NAMES: &[(&str, &str, &str)] = &[
    ("gpu-provider/api", "imprint-painter", "what a painter is; `imprint-api` would say nothing"),
    ("gpu-provider/cuda", "imprint-painter-cuda", "one of the painters"),
    (
        "gpu-provider/nn",
        "imprint-painter-nn",
        "painters for guests of `wasi:nn`; `imprint-nn` would not say of what",
    ),
    ("gpu-provider/reference", "imprint-painter-reference", "one of the painters"),
    ("gpu-provider/serve", "imprint-painter-serve", "serves painters; `imprint-serve` would not say what"),
    ("lattice/cli", "imprint", "what people install and run"),
    ("providers/sdk", "imprint-provider", "what a provider calls itself by: `imprint_provider::main`"),
];

/// Files that are no text and are tracked: path, reason.
pub const PICTURES: &[(&str, &str)] = &[
    ("docs/northwind-coffee.png", "the picture of a real kit in the README"),
    ("components/core-kit/tests/golden/sheets/arabic/sheet.png", "a contact sheet, compared pixel by pixel"),
    (
        "components/core-kit/tests/golden/sheets/long-name/sheet.png",
        "a contact sheet, compared pixel by pixel",
    ),
    (
        "components/core-kit/tests/golden/sheets/two-words/sheet.png",
        "a contact sheet, compared pixel by pixel",
    ),
];

/// Texts that look like contracts and are none: the start of a path, reason.
pub const CONTRACT_TEMPLATES: &[(&str, &str)] =
    &[("tests/xtask/template/", "what `cargo xtask new service` fills in and writes into wit/")];
