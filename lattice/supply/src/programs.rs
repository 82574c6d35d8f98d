//! The programs of a lattice, built by a child cargo: they are many crates that `make` never needs.

use crate::child::{Voice, cargo, run};
use crate::places::Places;
use core_brand::Fault;
use std::path::PathBuf;

/// Package and the features its program needs.
const PACKAGES: &[(&str, &str)] = &[
    ("imprint-topology", ""),
    ("imprint-host", ""),
    ("imprint-wadm", ""),
    ("imprint-rollout", ""),
    ("imprint-ledger", "nats"),
    ("imprint-blobs", "nats,s3"),
    ("imprint-runner", "nats,s3"),
    ("imprint-courier", "nats"),
    ("imprint-polish", ""),
    ("imprint-painter-serve", ""),
];

/// The folder with the programs of a lattice, built in the profile that this program was built in.
pub fn programs(places: &Places, voice: &dyn Voice) -> Result<PathBuf, Fault> {
    let folder = places.root.join("target").join(if cfg!(debug_assertions) { "debug" } else { "release" });
    let mut command = cargo();
    command.current_dir(&places.root).args(["build", "--locked", "--bins"]);
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    for (package, features) in PACKAGES {
        command.args(["--package", package]);
        for feature in features.split(',').filter(|feature| !feature.is_empty()) {
            command.arg("--features").arg(format!("{package}/{feature}"));
        }
    }
    if !folder.join("imprint-lattice").is_file() {
        voice.say("Building the lattice: the engine, wadm and the providers. The first time this takes about ten minutes.");
    }
    run(&mut command, "The lattice", "`imprint doctor` shows what is missing.", voice)?;
    Ok(folder)
}
