//! What every blob store promises.

use core_brand::BlobRef;
use core_brand::content::BLOB_BYTES_MAX;
use core_brand::fault::Code;
use imprint_blobs::Blobs;

/// Runs every promise.
pub async fn suite<B: Blobs>(blobs: &B) {
    what_is_put_comes_back(blobs).await;
    parts_come_back(blobs).await;
    spaces_are_apart(blobs).await;
    deleting_is_final_and_repeatable(blobs).await;
    clearing_is_final_and_of_one_space(blobs).await;
    missing_and_malformed_are_faults(blobs).await;
    too_large_is_refused(blobs).await;
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
