//! Those who take our messages in a test: a mail server, and the libraries of Standard Webhooks; from npm and PyPI.

use crate::packages;
use imprint_supply::Places;
use std::path::PathBuf;
use std::process::Command;

/// Where the tests find the folder: `venv` and `node_modules` in it.
const RECEIVERS: &str = "IMPRINT_RECEIVERS";

pub(crate) fn setup(places: &Places) -> Result<(), String> {
    let (from, to) = (places.root.join("providers/courier/tests/receivers"), folder(places));
    packages::fetch(&from, &to, "the library that checks webhooks in JavaScript")?;
    packages::fetch_python(&from, &to, "a mail server and what checks mails and webhooks in Python")
}

/// Tells the tests, once it is there.
pub(crate) fn tell(command: &mut Command, places: &Places) {
    let folder = folder(places);
    if packages::is_there(&folder) && packages::python(&folder).is_some() {
        command.env(RECEIVERS, folder);
    }
}

fn folder(places: &Places) -> PathBuf {
    places.cache.join("receivers")
}
