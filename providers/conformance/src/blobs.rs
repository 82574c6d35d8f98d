//! What every blob store promises.

use core_brand::BlobRef;
use core_brand::content::BLOB_BYTES_MAX;
use core_brand::fault::Code;
use imprint_blobs::Blobs;

/// Runs every promise.
pub async fn suite<B: Blobs>(blobs: &B) {
    what_is_put_comes_back(blobs).await;
    tenants_are_apart(blobs).await;
    deleting_is_final_and_repeatable(blobs).await;
    missing_and_malformed_are_faults(blobs).await;
    too_large_is_refused(blobs).await;
}

async fn what_is_put_comes_back<B: Blobs>(blobs: &B) {
    for bytes in [vec![], vec![0], vec![9; 300_000]] {
        let content = blobs.put("acme", bytes.clone()).await.expect("puts");
        assert_eq!(content, BlobRef::of(&bytes));
        assert_eq!(blobs.put("acme", bytes.clone()).await.expect("puts again"), content);
        assert_eq!(blobs.get("acme", &content).await.expect("gets"), bytes);
        assert!(blobs.exists("acme", &content).await.expect("answers"));
    }
}

async fn tenants_are_apart<B: Blobs>(blobs: &B) {
    let content = blobs.put("acme", b"secret".to_vec()).await.expect("puts");
    assert!(!blobs.exists("other", &content).await.expect("answers"));
    assert!(blobs.get("other", &content).await.expect_err("refused").is(Code::BlobMissing));
    blobs.delete("other", &content).await.expect("deletes nothing");
    assert!(blobs.exists("acme", &content).await.expect("answers"));
}

async fn deleting_is_final_and_repeatable<B: Blobs>(blobs: &B) {
    let content = blobs.put("acme", b"short life".to_vec()).await.expect("puts");
    for _ in 0..2 {
        blobs.delete("acme", &content).await.expect("deletes");
        assert!(blobs.get("acme", &content).await.expect_err("gone").is(Code::BlobMissing));
    }
}

async fn missing_and_malformed_are_faults<B: Blobs>(blobs: &B) {
    let strange = ["", "..", "../../etc/passwd", "ABCDEF", &"g".repeat(64), &"A".repeat(64)];
    for sha256 in strange {
        let content = BlobRef { sha256: sha256.to_owned(), bytes: 1 };
        assert!(blobs.get("acme", &content).await.expect_err("refused").is(Code::BlobMissing), "{sha256:?}");
    }
    for tenant in ["", "..", "a/b", &"x".repeat(65)] {
        assert!(blobs.put(tenant, vec![1]).await.is_err(), "{tenant:?}");
    }
}

async fn too_large_is_refused<B: Blobs>(blobs: &B) {
    let bytes = vec![0; BLOB_BYTES_MAX as usize + 1];
    assert!(blobs.put("acme", bytes).await.expect_err("refused").is(Code::BlobTooLarge));
}
