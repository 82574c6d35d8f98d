//! Files of weights: good ones, damaged ones, hostile ones.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use imprint_painter_reference::safetensors::{HEADER_BYTES_MAX, SafeTensors};
use imprint_painter_reference::weights::{Weights, load_exactly};
use imprint_painter_reference::{ModelError, Tensor};
use std::io::Cursor;

fn file(header: &str, data: &[u8]) -> Vec<u8> {
    [&(header.len() as u64).to_le_bytes(), header.as_bytes(), data].concat()
}

fn open(bytes: Vec<u8>) -> Result<SafeTensors<Cursor<Vec<u8>>>, ModelError> {
    SafeTensors::new(Cursor::new(bytes))
}

fn entry(kind: &str, shape: &str, range: &str) -> String {
    format!(r#"{{"dtype":"{kind}","shape":{shape},"data_offsets":{range}}}"#)
}

#[test]
fn numbers_of_each_kind_are_read() {
    let cases: &[(&str, &[u8], &[f32])] = &[
        ("F32", &[0, 0, 128, 63, 0, 0, 0, 192], &[1.0, -2.0]),
        ("BF16", &[128, 63, 0, 192], &[1.0, -2.0]),
        ("F16", &[0, 60, 0, 192], &[1.0, -2.0]),
        ("F16", &[1, 0, 255, 3], &[5.960_464_5e-8, 6.097_555e-5]),
        ("F16", &[255, 123, 0, 128], &[65504.0, 0.0]),
    ];
    for (kind, data, wanted) in cases {
        let header = format!(
            r#"{{"__metadata__":{{"format":"pt"}},"w":{}}}"#,
            entry(kind, "[2]", &format!("[0,{}]", data.len()))
        );
        let weights = open(file(&header, data)).unwrap();
        assert_eq!(weights.load("w").unwrap().data, *wanted, "{kind}");
        assert_eq!(weights.names().collect::<Vec<_>>(), ["w"]);
        assert!(matches!(weights.load("v"), Err(ModelError::NoWeight { .. })));
    }
}

#[test]
fn weights_have_the_wanted_dimensions_or_are_refused() {
    let header = format!(
        r#"{{"w":{},"c":{}}}"#,
        entry("BF16", "[2,3]", "[0,12]"),
        entry("BF16", "[3,2,1,1]", "[12,24]")
    );
    let weights = open(file(&header, &[0; 24])).unwrap();
    assert!(load_exactly(&weights, "w", &[2, 3]).is_ok());
    assert!(load_exactly(&weights, "c", &[3, 2]).is_ok(), "a convolution of one pixel is a linear layer");
    assert!(load_exactly(&weights, "w", &[2, 3, 1, 1]).is_ok());
    for wanted in [&[3, 2][..], &[6], &[2, 3, 3, 3]] {
        assert!(matches!(load_exactly(&weights, "w", wanted), Err(ModelError::Shape { .. })), "{wanted:?}");
    }
}

#[test]
fn no_number_is_read_of_a_weight_with_other_dimensions() {
    struct Unread;
    impl Weights for Unread {
        fn load(&self, name: &str) -> Result<Tensor, ModelError> {
            panic!("`{name}` was read")
        }
        fn sides(&self, _: &str) -> Result<Vec<usize>, ModelError> {
            Ok(vec![1 << 40])
        }
    }
    assert!(matches!(load_exactly(&Unread, "w", &[2]), Err(ModelError::Shape { .. })));
}

#[test]
fn what_is_no_number_is_refused_when_it_is_read() {
    for (kind, data) in [("F16", [0, 124]), ("BF16", [192, 127]), ("F16", [1, 124])] {
        let weights = open(file(&format!(r#"{{"w":{}}}"#, entry(kind, "[1]", "[0,2]")), &data)).unwrap();
        assert!(matches!(weights.load("w"), Err(ModelError::Damaged { .. })), "{kind} {data:?}");
    }
    let weights = open(file(&format!(r#"{{"w":{}}}"#, entry("I64", "[1]", "[0,8]")), &[0; 8])).unwrap();
    assert!(weights.load("w").is_err(), "weights are floats");
}

#[test]
fn hostile_files_are_refused() {
    let one = |shape: &str, range: &str| format!(r#"{{"w":{}}}"#, entry("F32", shape, range));
    let good = one("[1]", "[0,4]");
    let deep = format!(r#"{{"w":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    let many = (0..70_000)
        .map(|n| format!(r#""w{n}":{}"#, entry("F32", "[0]", "[0,0]")))
        .collect::<Vec<_>>()
        .join(",");
    let cases = [
        ("empty", Vec::new()),
        ("seven bytes", vec![0; 7]),
        ("a header without end", u64::MAX.to_le_bytes().to_vec()),
        ("a header beyond the file", 100_u64.to_le_bytes().to_vec()),
        ("a header beyond the limit", (HEADER_BYTES_MAX + 1).to_le_bytes().to_vec()),
        ("no JSON", file("not json", &[])),
        ("no map", file("[]", &[])),
        ("no text", [&2_u64.to_le_bytes()[..], &[0xFF, 0xFE]].concat()),
        ("deep", file(&deep, &[])),
        ("many", file(&format!("{{{many}}}"), &[])),
        ("long name", file(&format!(r#"{{"{}":{}}}"#, "w".repeat(1000), entry("F32", "[0]", "[0,0]")), &[])),
        ("twice", file(&format!(r#"{{"w":{0},"w":{0}}}"#, entry("F32", "[1]", "[0,4]")), &[0; 4])),
        ("truncated", file(&good, &[0; 3])),
        ("left over", file(&good, &[0; 5])),
        ("shape and range differ", file(&one("[2]", "[0,4]"), &[0; 4])),
        ("backwards", file(&one("[1]", "[4,0]"), &[0; 4])),
        ("overflow", file(&one("[4294967296,4294967296,4]", "[0,0]"), &[])),
        ("huge", file(&one("[4611686018427387904]", "[0,18446744073709551615]"), &[])),
        ("negative", file(&one("[-1]", "[0,4]"), &[0; 4])),
        ("nine sides", file(&one("[1,1,1,1,1,1,1,1,1]", "[0,4]"), &[0; 4])),
        ("unknown kind", file(&good.replace("F32", "F1"), &[0; 4])),
        ("unknown field", file(&good.replace("}}", r#","more":1}}"#), &[0; 4])),
        ("gap", file(&one("[1]", "[4,8]"), &[0; 8])),
        ("overlap", file(&format!(r#"{{"v":{0},"w":{0}}}"#, entry("F32", "[1]", "[0,4]")), &[0; 4])),
    ];
    assert!(open(file(&good, &[0; 4])).is_ok());
    for (name, bytes) in cases {
        assert!(matches!(open(bytes), Err(ModelError::Damaged { .. })), "{name}");
    }
}

/// Every prefix of a file and every file with one changed byte is read or refused, never more.
#[test]
fn every_prefix_and_every_changed_byte_ends_well() {
    let header =
        format!(r#"{{"v":{},"w":{}}}"#, entry("F16", "[2,1]", "[0,4]"), entry("F32", "[1]", "[4,8]"));
    let whole = file(&header, &[1; 8]);
    for len in 0..whole.len() {
        assert!(open(whole[..len].to_vec()).is_err(), "{len} bytes");
    }
    for at in 0..whole.len() {
        for flip in [1, 2, 16, 128, 255] {
            let mut bytes = whole.clone();
            bytes[at] ^= flip;
            if let Ok(weights) = open(bytes) {
                for name in ["v", "w"] {
                    if let Ok(tensor) = weights.load(name) {
                        assert_eq!(tensor.data.len(), tensor.shape.iter().product::<usize>());
                    }
                }
            }
        }
    }
}
