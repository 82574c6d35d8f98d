//! Who gets the new version.

use imprint_rollout::{Arm, BUCKETS, Split, Who, bucket};

const RAMP: [u16; 5] = [100, 500, 2500, 5000, BUCKETS];

/// A million people, each at every weight of a ramp, at three gateways that know nothing of each other.
#[test]
fn nobody_flips_back_while_a_weight_grows() {
    let none = |_: &str, _: &str| false;
    let gateway =
        |weight| Split { rollout: "kit-0_2_0.1".into(), weight, has_baseline: true, ..Split::default() };
    let mut flips = 0u32;
    for number in 0..1_000_000u32 {
        // The hash is what is slow, so it is asked for once; that `choose` uses it is checked below.
        let bucket = bucket(&["kit-0_2_0.1", "acme", &number.to_string()]);
        let arms = RAMP.map(|weight| gateway_arm(weight, bucket));
        flips +=
            arms.windows(2).filter(|pair| pair[0] == Arm::Canary && pair[1] != Arm::Canary).count() as u32;
        if number % 1000 == 0 {
            let user = number.to_string();
            for (weight, arm) in RAMP.into_iter().zip(arms) {
                for split in [gateway(weight), gateway(weight), gateway(weight)] {
                    let choice = split.choose(&Who { tenant: "acme", user: &user, has_header: &none });
                    assert!(choice.is_drawn && choice.arm == arm, "{user} at {weight}");
                }
            }
        }
    }
    assert_eq!(flips, 0);
}

fn gateway_arm(weight: u16, bucket: u16) -> Arm {
    Split { weight, has_baseline: true, ..Split::default() }.arm(bucket)
}

/// 3.29 standard deviations hold 99.9 %.
#[test]
fn realised_weights_lie_within_chance() {
    const PEOPLE: u32 = 100_000;
    let buckets: Vec<u16> = (0..PEOPLE).map(|number| bucket(&["r", "t", &number.to_string()])).collect();
    for weight in [100, 500, 2500, 5000] {
        let found = buckets.iter().filter(|bucket| **bucket < weight).count() as f64;
        let share = f64::from(weight) / f64::from(BUCKETS);
        let mean = share * f64::from(PEOPLE);
        let band = 3.29 * libm::sqrt(mean * (1.0 - share));
        assert!((found - mean).abs() <= band, "{weight}: {found}, not {mean} +- {band}");
    }
}

#[test]
fn another_rollout_tries_others_first() {
    let is_new = |rollout: &str, number: u32| bucket(&[rollout, "t", &number.to_string()]) < 500;
    let both = (0..20_000).filter(|number| is_new("a", *number) && is_new("b", *number)).count();
    // 5 % of 5 % of 20,000 are 50.
    assert!((20..100).contains(&both), "{both}");
}
