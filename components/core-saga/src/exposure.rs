//! Who has met a rollout: each person once, under a name that says nothing of him.

use crate::routes::Drawn;
use crate::split::{Arm, Sticky};
use core_brand::content::sha256_hex;
use std::fmt;

/// The bucket in which exposures lie.
pub const EXPOSURES: &str = "imprint-exposures";

/// What is hoped for of whoever has met a rollout: a brand of his is complete.
pub const COMPLETED: &str = "completed";

/// 128 bits: nobody finds two people of one name.
const NAME_LETTERS: usize = 32;

/// What the first job of a person met. As text: arm, region and variant, with a space between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exposed {
    pub arm: Arm,
    /// Where the job is at home.
    pub region: String,
    /// Of the experiment, where there is one and he takes part.
    pub variant: Option<String>,
}

impl fmt::Display for Exposed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.arm.as_str(), self.region)?;
        self.variant.iter().try_for_each(|variant| write!(f, " {variant}"))
    }
}

impl Exposed {
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut words = text.splitn(3, ' ');
        let (arm, region) = (Arm::read(words.next()?)?, words.next()?.to_owned());
        Some(Self { arm, region, variant: words.next().map(str::to_owned) })
    }
}

impl Drawn {
    /// The key under which whoever was drawn is noted: `<rollout>.<pseudonym>`. A tenant that stays together is one.
    #[must_use]
    pub fn exposure_key(&self, tenant: &str, user: &str) -> String {
        let words = match self.sticky {
            Sticky::User => vec![self.rollout.as_str(), tenant, user],
            Sticky::Tenant => vec![self.rollout.as_str(), tenant],
        };
        // The lengths keep `a` + `bc` and `ab` + `c` apart.
        let text: String = words.iter().map(|word| format!("{}:{word}", word.len())).collect();
        format!("{}.{}", self.rollout, &sha256_hex(text.as_bytes())[..NAME_LETTERS])
    }

    /// The key under which it is noted that whoever was drawn did what was hoped for, once: `<rollout>.<pseudonym>.<goal>`.
    #[must_use]
    pub fn goal_key(&self, tenant: &str, user: &str, goal: &str) -> String {
        format!("{}.{goal}", self.exposure_key(tenant, user))
    }

    /// What is noted of this draw. Nothing of what was forced, and of one that nobody can notice.
    #[must_use]
    pub fn exposed(&self, region: &str) -> Option<Exposed> {
        let is_met = self.is_drawn && !(self.components.is_empty() && self.variant.is_none());
        is_met.then(|| Exposed { arm: self.arm, region: region.to_owned(), variant: self.variant.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn drawn() -> Drawn {
        Drawn {
            rollout: "new".into(),
            arm: Arm::Stable,
            is_drawn: true,
            components: Vec::new(),
            sticky: Sticky::User,
            variant: None,
            shadows: BTreeMap::new(),
        }
    }

    #[test]
    fn a_person_or_a_tenant_has_one_key() {
        let of = |sticky, tenant, user| {
            let drawn = Drawn { rollout: "design-0_2_0.1".into(), sticky, ..drawn() };
            drawn.exposure_key(tenant, user)
        };
        let (user, tenant) = (Sticky::User, Sticky::Tenant);
        // Stored keys are these: another hash would count everybody again.
        assert_eq!(of(user, "acme", "ann"), "design-0_2_0.1.70ea56c5e3810edb259115e4c1e5f266");
        let drawn = Drawn { rollout: "new".into(), ..drawn() };
        let keys = [drawn.exposure_key("acme", "ann"), drawn.goal_key("acme", "ann", COMPLETED)];
        assert_eq!(keys[1].strip_prefix(&keys[0]), Some(".completed"));
        assert_ne!(of(user, "a", "bc"), of(user, "ab", "c"));
        assert_ne!(of(user, "acme", "ann"), of(user, "acme", "bob"));
        assert_eq!(of(tenant, "acme", "ann"), of(tenant, "acme", "bob"));
        assert_ne!(of(tenant, "acme", "ann"), of(tenant, "other", "ann"));
    }

    #[test]
    fn only_chance_is_noted() {
        let drawn = Drawn { components: vec!["logo".into()], ..drawn() };
        let plain = drawn.exposed("us-east-1").unwrap();
        let tried =
            Drawn { variant: Some("very warm".into()), ..drawn.clone() }.exposed("us-east-1").unwrap();
        for (met, text) in [(plain, "stable us-east-1"), (tried, "stable us-east-1 very warm")] {
            assert_eq!((met.to_string().as_str(), Exposed::read(text)), (text, Some(met)));
        }
        assert_eq!(
            [Exposed::read(""), Exposed::read("stable"), Exposed::read("new us-east-1")],
            [None, None, None]
        );
        assert_eq!(Drawn { is_drawn: false, ..drawn.clone() }.exposed("us-east-1"), None);
        assert_eq!(Drawn { components: Vec::new(), ..drawn }.exposed("us-east-1"), None);
    }
}
