//! Instances over several regions.

use std::fmt::Write as _;

/// What the first, second … region takes of the work, in percent. There are no more regions than shares.
const SHARES: [u32; 4] = [40, 30, 20, 10];
/// More regions have no share.
pub const REGIONS_MAX: usize = SHARES.len();

/// The trait that spreads instances over regions by their shares.
pub(crate) fn spread(regions: &[&str], each: u32) -> String {
    let instances = each * u32::try_from(regions.len()).unwrap_or(u32::MAX);
    let mut text = format!(
        "        - type: spreadscaler\n          properties:\n            instances: {instances}\n            spread:\n"
    );
    for (region, share) in regions.iter().zip(SHARES) {
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "              - name: {region}\n                requirements: {{ brands: \"true\", region: {region} }}\n                \
             weight: {share}"
        );
    }
    text
}
