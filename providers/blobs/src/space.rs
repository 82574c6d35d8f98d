//! Names of spaces. They become parts of paths and of subjects: letters, digits, `-` and `_` only.

use core_brand::Fault;

/// Longest part of a name: a job id has about 45 letters.
const NAME_LETTERS_MAX: usize = 64;

/// Stands for the brand where content belongs to a tenant alone. No brand can have this name.
const NO_BRAND: &str = "~";

/// The space of a call: the brand is the idempotency key up to its first `/`, or a job id.
#[must_use]
pub fn space(tenant: &str, key: &str) -> String {
    match key.split('/').next() {
        // A tenant's name with a `/` in it would read as a brand of somebody else; such a name is no space.
        None | Some("") if tenant.contains('/') => format!("{tenant}/"),
        None | Some("") => tenant.to_owned(),
        Some(brand) => format!("{tenant}/{brand}"),
    }
}

/// A checked space.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Space<'a> {
    pub(crate) tenant: &'a str,
    pub(crate) brand: &'a str,
}

impl<'a> Space<'a> {
    pub(crate) fn of(name: &'a str) -> Result<Self, Fault> {
        let (tenant, brand) =
            name.split_once('/').map_or((name, None), |(tenant, brand)| (tenant, Some(brand)));
        if !is_plain(tenant) || !brand.is_none_or(is_plain) {
            return Err(core_brand::broken!("`{name}` is not a space"));
        }
        Ok(Self { tenant, brand: brand.unwrap_or(NO_BRAND) })
    }
}

fn is_plain(name: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    !name.is_empty() && name.len() <= NAME_LETTERS_MAX && name.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_brand_is_the_first_part_of_the_key() {
        let cases = [
            ("br_us-east-1_abc/design/palette", "acme/br_us-east-1_abc"),
            ("br_us-east-1_abc", "acme/br_us-east-1_abc"),
            ("", "acme"),
            ("/x", "acme"),
        ];
        for (key, want) in cases {
            assert_eq!(space("acme", key), want);
        }
    }

    #[test]
    fn no_tenant_and_no_key_lead_to_a_brand_of_somebody_else() {
        for tenant in ["acme/b1", "acme/", "/acme", "acme/../acme", "other/../acme"] {
            for key in ["", "/", "b1", "b1/x", "../acme"] {
                let name = space(tenant, key);
                assert!(Space::of(&name).is_err(), "{tenant:?} and {key:?} give {name:?}");
            }
        }
        for key in ["..", "../acme/b1", "b1%2f..", "~", ".", "b1\\..", "b1\0"] {
            assert!(Space::of(&space("other", key)).is_err(), "{key:?}");
        }
    }

    #[test]
    fn strange_names_are_refused() {
        for name in ["", "/", "a/", "/b", "a/b/c", "a.b", "a/*", "a/>", "a/~", "../a", "a b"] {
            assert!(Space::of(name).is_err(), "{name:?}");
        }
    }
}
