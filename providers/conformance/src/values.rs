//! What every store of values promises.

use core_brand::fault::Code;
use imprint_ledger::{Listed, VALUES_MAX, Values};

/// Runs every promise.
pub async fn suite<V: Values>(values: &V) {
    what_is_put_comes_back(values).await;
    nobody_overwrites_what_they_have_not_seen(values).await;
    what_is_deleted_is_gone(values).await;
    what_is_destroyed_stays_empty(values).await;
    what_is_new_is_listed_once(values).await;
    strange_keys_are_refused(values).await;
}

async fn what_is_put_comes_back<V: Values>(values: &V) {
    assert_eq!(values.get("a.b").await.expect("answers"), None);
    let first = values.put("a.b", None, b"1".to_vec()).await.expect("puts");
    let second = values.put("a.b", None, Vec::new()).await.expect("puts");
    assert!(second > first);
    assert_eq!(values.get("a.b").await.expect("answers"), Some((second, Vec::new())));
    assert_eq!(values.get("a.c").await.expect("answers"), None);
}

async fn nobody_overwrites_what_they_have_not_seen<V: Values>(values: &V) {
    let first = values.put("seen", Some(0), b"1".to_vec()).await.expect("is new");
    for wrong in [0, first + 1] {
        let fault = values.put("seen", Some(wrong), b"2".to_vec()).await.expect_err("refused");
        assert!(fault.is(Code::Conflict), "{fault:?}");
    }
    assert_eq!(values.get("seen").await.expect("answers"), Some((first, b"1".to_vec())));
    let second = values.put("seen", Some(first), b"2".to_vec()).await.expect("puts");
    assert_eq!(values.get("seen").await.expect("answers"), Some((second, b"2".to_vec())));
}

async fn what_is_deleted_is_gone<V: Values>(values: &V) {
    let first = values.put("gone", None, b"1".to_vec()).await.expect("puts");
    for _ in 0..2 {
        values.delete("gone").await.expect("deletes");
        assert_eq!(values.get("gone").await.expect("answers"), None);
    }
    let fault = values.put("gone", Some(first), b"2".to_vec()).await.expect_err("refused");
    assert!(fault.is(Code::Conflict), "{fault:?}");
    let again = values.put("gone", Some(0), b"3".to_vec()).await.expect("is new again");
    assert!(again > first, "a revision never comes twice");
}

async fn what_is_destroyed_stays_empty<V: Values>(values: &V) {
    let first = values.put("destroyed", None, b"1".to_vec()).await.expect("puts");
    for name in ["destroyed", "destroyed", "never-was"] {
        values.destroy(name).await.expect("destroys");
        let (revision, bytes) = values.get(name).await.expect("answers").expect("says that it was");
        assert!(bytes.is_empty() && revision > first);
        let fault = values.put(name, Some(0), b"2".to_vec()).await.expect_err("refused");
        assert!(fault.is(Code::Conflict), "{fault:?}");
    }
    let (one, two) = tokio::join!(values.destroy("destroyed-twice"), values.destroy("destroyed-twice"));
    one.and(two).expect("both destroy");
}

async fn what_is_new_is_listed_once<V: Values>(values: &V) {
    let listed = async |after| values.after("list.1", after).await.expect("answers");
    assert_eq!(listed(0).await, []);
    let mut written = Vec::new();
    for (key, text) in [("list.1.a", "1"), ("list.1", "no"), ("list.10.a", "no"), ("list.1.b.c", "2")] {
        let revision = values.put(key, None, text.into()).await.expect("puts");
        written.push(Listed { revision, key: key.to_owned(), bytes: text.into() });
    }
    let below = [written[0].clone(), written[3].clone()];
    assert_eq!(listed(0).await, below);
    assert_eq!(listed(below[0].revision).await, below[1..]);
    assert_eq!(listed(below[1].revision).await, []);
    // What is overwritten is new again, and what is removed is not there.
    let again = values.put("list.1.a", None, b"3".to_vec()).await.expect("puts");
    values.delete("list.1.b.c").await.expect("deletes");
    let now = [Listed { revision: again, bytes: b"3".to_vec(), ..below[0].clone() }];
    assert_eq!(listed(0).await, now);
    assert_eq!(listed(below[1].revision).await, now);
    let mut all = Vec::new();
    for number in 0..VALUES_MAX + 2 {
        all.push(values.put(&format!("many.{number}"), Some(0), Vec::new()).await.expect("puts"));
    }
    let first = values.after("many", 0).await.expect("answers");
    let rest = values.after("many", first[VALUES_MAX - 1].revision).await.expect("answers");
    let found: Vec<u64> = first.iter().chain(&rest).map(|value| value.revision).collect();
    assert_eq!((first.len(), found), (VALUES_MAX, all));
}

async fn strange_keys_are_refused<V: Values>(values: &V) {
    for key in ["", ".", "a b", "a/b", "*", "a.>", "a..b"] {
        assert!(values.put(key, None, Vec::new()).await.is_err(), "{key:?}");
        assert!(values.get(key).await.is_err(), "{key:?}");
        assert!(values.after(key, 0).await.is_err(), "{key:?}");
    }
}
