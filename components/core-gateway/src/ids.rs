//! Names that are made once and checked whenever they come back.

use core_brand::content::sha256;
use data_encoding::BASE32_NOPAD;

/// 26 letters of 5 bits carry 130 bits: nobody finds two keys with one id.
const ID_LETTERS: usize = 26;
/// Regions have names like `ap-southeast-1`.
const REGION_BYTES_MAX: usize = 32;

/// The id of a brand: one per tenant and idempotency key, so that the first append is the deduplication too.
pub(crate) fn brand_id(region: &str, tenant: &str, key: &str) -> String {
    // The length keeps `a` + `bc` and `ab` + `c` apart.
    let hash = sha256(format!("{}:{tenant}{key}", tenant.len()).as_bytes());
    let letters = BASE32_NOPAD.encode(&hash).to_ascii_lowercase();
    format!("br_{region}_{}", &letters[..ID_LETTERS])
}

/// Whether a text can be the id of a brand. Nothing else reaches the ledger.
pub(crate) fn is_brand_id(text: &str) -> bool {
    let parts = text.strip_prefix("br_").and_then(|rest| rest.rsplit_once('_'));
    parts.is_some_and(|(region, letters)| {
        is_region(region)
            && letters.len() == ID_LETTERS
            && letters.bytes().all(|byte| byte.is_ascii_lowercase() || (b'2'..=b'7').contains(&byte))
    })
}

/// Whether a text can be one token of a subject: tenants and regions.
pub(crate) fn is_region(text: &str) -> bool {
    (1..=REGION_BYTES_MAX).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_and_known() {
        let id = brand_id("us-east-1", "acme", "key-1");
        assert!(is_brand_id(&id), "{id}");
        assert_eq!(id, brand_id("us-east-1", "acme", "key-1"));
        assert_ne!(brand_id("us-east-1", "a", "bc"), brand_id("us-east-1", "ab", "c"));
        for bad in [
            "",
            "br_",
            "br_us-east-1_",
            "br_us.east_aaaaaaaaaaaaaaaaaaaaaaaaaa",
            "br_a_AAAAAAAAAAAAAAAAAAAAAAAAAA",
        ] {
            assert!(!is_brand_id(bad), "{bad}");
        }
    }
}
