//! Refusals: what is wrong with a file, and what to do.

use core_brand::Fault;
use core_brand::fault::Code;
use core_brand::kit::BrandFile;

pub(crate) fn too_large(count: u64, what: &str, max: u64) -> Fault {
    let args = [("count", count.to_string()), ("what", what.to_owned()), ("max", max.to_string())];
    Fault::new(Code::CheckTooLarge, args)
}

pub(crate) fn malformed(kind: &str, why: &str) -> Fault {
    Fault::new(
        Code::CheckMalformed,
        [("kind", kind.to_owned()), ("why", why.trim_end_matches('.').to_owned())],
    )
}

pub(crate) fn unknown(found: &str) -> Fault {
    Fault::new(Code::CheckFormat, [("found", found.to_owned())])
}

/// What the kit says of itself is no better than what others write.
pub(crate) fn kit(why: String) -> Fault {
    Fault::new(Code::KitMalformed, [("path", BrandFile::PATH.to_owned()), ("why", why)])
}
