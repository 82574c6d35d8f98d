//! What every blob store promises.

use core_brand::BlobRef;
use core_brand::content::BLOB_BYTES_MAX;
use core_brand::fault::Code;
use imprint_blobs::{Blobs, Collect, GRACE, space};
use std::collections::BTreeSet;
use std::time::Duration;

/// Runs every promise.
pub async fn suite<B: Blobs>(blobs: &B) {
    what_is_put_comes_back(blobs).await;
    parts_come_back(blobs).await;
    spaces_are_apart(blobs).await;
    deleting_is_final_and_repeatable(blobs).await;
    clearing_is_final_and_of_one_space(blobs).await;
    missing_and_malformed_are_faults(blobs).await;
    too_large_is_refused(blobs).await;
    collecting_takes_what_nobody_refers_to(blobs).await;
    crafted_names_lead_nowhere(blobs).await;
}

async fn what_is_put_comes_back<B: Blobs>(blobs: &B) {
    for space in ["acme", "acme/br_us-east-1_abc"] {
        for bytes in [vec![], vec![0], vec![9; 262_144], vec![9; 300_000], vec![9; 5_000_000]] {
            let content = blobs.put(space, bytes.clone()).await.expect("puts");
            assert_eq!(content, BlobRef::of(&bytes));
            assert_eq!(blobs.put(space, bytes.clone()).await.expect("puts again"), content);
            assert_eq!(blobs.get(space, &content).await.expect("gets"), bytes);
            assert!(blobs.exists(space, &content).await.expect("answers"));
        }
        let found = blobs.list(space).await.expect("lists");
        assert!(found.is_sorted() && found.len() == 5, "{found:?}");
    }
}

async fn parts_come_back<B: Blobs>(blobs: &B) {
    let content = blobs.put("parts", b"0123456789".to_vec()).await.expect("puts");
    let cases: [(u64, u64, &[u8]); 5] =
        [(0, 10, b"0123456789"), (3, 5, b"34"), (8, u64::MAX, b"89"), (10, 20, b""), (5, 3, b"")];
    for (from, to, want) in cases {
        assert_eq!(blobs.get_range("parts", &content, from, to).await.expect("gets"), want, "{from}..{to}");
    }
}

async fn spaces_are_apart<B: Blobs>(blobs: &B) {
    let spaces = ["apart", "apart/b1", "apart/b2", "other", "other/b1"];
    for here in spaces {
        let content = blobs.put(here, here.as_bytes().to_vec()).await.expect("puts");
        for there in spaces.into_iter().filter(|there| *there != here) {
            assert!(!blobs.exists(there, &content).await.expect("answers"));
            assert!(blobs.get(there, &content).await.expect_err("refused").is(Code::BlobMissing));
            blobs.delete(there, &content).await.expect("deletes nothing");
        }
        assert!(blobs.exists(here, &content).await.expect("answers"));
        assert_eq!(blobs.list(here).await.expect("lists"), [content]);
    }
}

async fn deleting_is_final_and_repeatable<B: Blobs>(blobs: &B) {
    let content = blobs.put("acme", b"short life".to_vec()).await.expect("puts");
    let other = blobs.put("acme", b"long life".to_vec()).await.expect("puts");
    for _ in 0..2 {
        blobs.delete("acme", &content).await.expect("deletes");
        assert!(blobs.get("acme", &content).await.expect_err("gone").is(Code::BlobMissing));
        assert!(!blobs.exists("acme", &content).await.expect("answers"));
    }
    assert!(blobs.get("acme", &other).await.is_ok());
    assert_eq!(blobs.put("acme", b"short life".to_vec()).await.expect("puts again"), content);
    assert_eq!(blobs.get("acme", &content).await.expect("is back"), b"short life");
}

async fn clearing_is_final_and_of_one_space<B: Blobs>(blobs: &B) {
    let spaces = ["clear", "clear/b1", "clear/b11", "clearer/b1"];
    let values = [b"one".to_vec(), vec![2; 600_000]];
    for cleared in spaces {
        for space in spaces {
            for value in &values {
                blobs.put(space, value.clone()).await.expect("puts");
            }
        }
        assert_eq!(blobs.clear(cleared).await.expect("clears"), 2);
        assert_eq!(blobs.clear(cleared).await.expect("clears again"), 0);
        for space in spaces {
            let left = blobs.list(space).await.expect("lists").len();
            assert_eq!(left, if space == cleared { 0 } else { 2 }, "{space} when {cleared} is cleared");
            for value in &values {
                let content = BlobRef::of(value);
                assert_eq!(blobs.get(space, &content).await.is_ok(), space != cleared);
            }
        }
    }
}

async fn missing_and_malformed_are_faults<B: Blobs>(blobs: &B) {
    let strange = ["", "..", "../../etc/passwd", "ABCDEF", "*", ">", &"g".repeat(64), &"A".repeat(64)];
    for sha256 in strange {
        let content = BlobRef { sha256: sha256.to_owned(), bytes: 1 };
        assert!(blobs.get("acme", &content).await.expect_err("refused").is(Code::BlobMissing), "{sha256:?}");
        assert!(blobs.delete("acme", &content).await.is_err(), "{sha256:?}");
    }
    let absent = BlobRef { bytes: u64::MAX, ..BlobRef::of(b"absent") };
    assert!(blobs.get("acme", &absent).await.expect_err("refused").is(Code::BlobMissing));
    for space in ["", "..", "a/", "/a", "a/..", "a/b/c", "a.b", "*", "a/>", &"x".repeat(65)] {
        assert!(blobs.put(space, vec![1]).await.is_err(), "{space:?}");
        assert!(blobs.list(space).await.is_err(), "{space:?}");
        assert!(blobs.clear(space).await.is_err(), "{space:?}");
    }
}

async fn too_large_is_refused<B: Blobs>(blobs: &B) {
    let bytes = vec![0; BLOB_BYTES_MAX as usize + 1];
    assert!(blobs.put("acme", bytes).await.expect_err("refused").is(Code::BlobTooLarge));
    let bytes = vec![0; BLOB_BYTES_MAX as usize];
    let content = blobs.put("largest", bytes).await.expect("puts");
    assert_eq!(blobs.get("largest", &content).await.expect("gets").len() as u64, BLOB_BYTES_MAX);
}

async fn collecting_takes_what_nobody_refers_to<B: Blobs>(blobs: &B) {
    let values = [b"kept".to_vec(), b"left".to_vec(), vec![4; 600_000]];
    let [kept, left, large] = [0, 1, 2].map(|which| BlobRef::of(&values[which]));
    for space in ["collect/b1", "collect/b11", "collect"] {
        for value in &values {
            blobs.put(space, value.clone()).await.expect("puts");
        }
    }
    let referenced = BTreeSet::from([kept.sha256.clone(), "f".repeat(64)]);
    let mut gone = vec![left.clone(), large.clone()];
    gone.sort();
    let collect = |older_than, is_dry| {
        let referenced = &referenced;
        async move {
            blobs.collect("collect/b1", &Collect { referenced, older_than, is_dry }).await.expect("collects")
        }
    };
    assert_eq!(collect(GRACE, false).await, [], "nothing is as old");
    assert_eq!(collect(Duration::ZERO, true).await, gone);
    assert_eq!(blobs.list("collect/b1").await.expect("lists").len(), 3, "it was only said");
    assert_eq!(collect(Duration::ZERO, false).await, gone);
    assert_eq!(collect(Duration::ZERO, false).await, []);
    assert_eq!(blobs.list("collect/b1").await.expect("lists"), [kept]);
    for content in &gone {
        assert!(blobs.get("collect/b1", content).await.expect_err("gone").is(Code::BlobMissing));
    }
    for other in ["collect", "collect/b11"] {
        assert_eq!(blobs.list(other).await.expect("lists").len(), 3, "{other}");
    }
    assert_eq!(blobs.put("collect/b1", values[1].clone()).await.expect("puts again"), left);
    assert_eq!(blobs.get("collect/b1", &left).await.expect("is back"), values[1]);
    let nothing = Collect { referenced: &BTreeSet::new(), older_than: Duration::ZERO, is_dry: false };
    assert_eq!(blobs.collect("collect/none", &nothing).await.expect("collects nothing"), []);
}

/// Names that some file system, address, subject or alphabet would read as the victim's, or as something above it.
const CRAFTED: [&str; 44] = [
    "victim/b1/",
    "victim//b1",
    "/victim/b1",
    "./victim/b1",
    "victim/./b1",
    "victim/b1/.",
    "victim/b2/../b1",
    "other/../victim/b1",
    "../victim/b1",
    "..",
    "../..",
    "victim/..",
    "/etc/passwd",
    "victim\\b1",
    "victim\\..\\b1",
    "victim%2fb1",
    "victim%2Fb1",
    "victim/%62%31",
    "%76ictim/b1",
    "victim/b1%00",
    "other/%2e%2e%2fvictim",
    "victim%252fb1",
    "victim/b1\0",
    "victim/b1\n",
    "victim/b1 ",
    " victim/b1",
    "victim/b1\t",
    "victim.b1",
    "victim.b1.>",
    "victim/*",
    "victim/>",
    "*/b1",
    "victim/~",
    "~/b1",
    "victim/b1?prefix=",
    "victim/b1#",
    "victim/b1&list-type=2",
    "ｖictim/b1",
    "victim／b1",
    "victim∕b1",
    "v\u{456}ctim/b1",
    "vi\u{200d}ctim/b1",
    "victim/b1\u{202e}",
    "victim/b\u{661}",
];

async fn crafted_names_lead_nowhere<B: Blobs>(blobs: &B) {
    let content = blobs.put("victim/b1", b"private".to_vec()).await.expect("puts");
    let all = Collect { referenced: &BTreeSet::new(), older_than: Duration::ZERO, is_dry: false };
    for name in CRAFTED {
        assert!(blobs.get(name, &content).await.is_err(), "{name:?} is read");
        assert!(blobs.get_range(name, &content, 0, 9).await.is_err(), "{name:?} is read");
        assert!(blobs.exists(name, &content).await.is_err(), "{name:?} is known");
        assert!(blobs.list(name).await.is_err(), "{name:?} is listed");
        assert!(blobs.put(name, b"private".to_vec()).await.is_err(), "{name:?} is written");
        assert!(blobs.delete(name, &content).await.is_err(), "{name:?} is removed");
        assert!(blobs.clear(name).await.is_err(), "{name:?} is cleared");
        assert!(blobs.collect(name, &all).await.is_err(), "{name:?} is collected");
        // The same as the key of a call, and as the name of a tenant.
        let spaces =
            [space("other", name), space(name, ""), space(name, "b1"), space("other", &format!("../{name}"))];
        for crafted in spaces.iter().filter(|crafted| *crafted != "other") {
            assert!(blobs.get(crafted, &content).await.is_err(), "{crafted:?} is read");
            assert!(!blobs.exists(crafted, &content).await.unwrap_or(false), "{crafted:?} is known");
            assert!(blobs.list(crafted).await.unwrap_or_default().is_empty(), "{crafted:?} is listed");
            assert_eq!(blobs.clear(crafted).await.unwrap_or(0), 0, "{crafted:?} is cleared");
        }
    }
    // Good names that only look alike.
    for name in ["victim", "Victim/b1", "victim/B1", "victim/b", "victim/b11", "victim_b1", "victim-b1"] {
        assert!(!blobs.exists(name, &content).await.expect("answers"), "{name:?}");
        assert_eq!(blobs.clear(name).await.expect("clears"), 0, "{name:?}");
    }
    assert_eq!(blobs.get("victim/b1", &content).await.expect("is untouched"), b"private");
}
