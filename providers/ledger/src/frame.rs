//! Entries as one run of bytes: each behind its length, four bytes, big end first.

/// The entries, one behind the other.
pub(crate) fn frame(entries: &[Vec<u8>]) -> Vec<u8> {
    let mut payload = Vec::new();
    for entry in entries {
        payload.extend((entry.len() as u32).to_be_bytes());
        payload.extend(entry);
    }
    payload
}

/// The entries again; `None` when the bytes are not a whole number of them.
pub(crate) fn unframe(payload: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut entries = Vec::new();
    let mut left = payload;
    while !left.is_empty() {
        let (length, body) = left.split_first_chunk::<4>()?;
        let (entry, others) = body.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        entries.push(entry.to_vec());
        left = others;
    }
    Some(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_back_and_every_cut_inside_one_is_seen() {
        let entries = vec![b"one".to_vec(), Vec::new(), vec![0, 255]];
        let bytes = frame(&entries);
        assert_eq!(unframe(&bytes), Some(entries));
        for cut in (0..bytes.len()).filter(|cut| ![0, 7, 11].contains(cut)) {
            assert_eq!(unframe(&bytes[..cut]), None, "cut at {cut}");
        }
    }
}
