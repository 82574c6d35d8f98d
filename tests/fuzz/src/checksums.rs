//! PNG files whose checksums hold: a reader throws the others away before it reads what was changed.

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Length and kind stand before the data of a chunk, the checksum behind it.
const LENGTH: usize = 4;
const KIND: usize = 4;
const SUM: usize = 4;

/// The file with checksums that hold, as far as its chunks can be told apart; nothing, where it is no such file.
pub(crate) fn mended(bytes: &[u8]) -> Option<Vec<u8>> {
    bytes.starts_with(SIGNATURE).then(|| {
        let (mut file, mut at) = (bytes.to_vec(), SIGNATURE.len());
        while let Some(end) = end_of_chunk(&file, at) {
            let sum = crc32(&file[at + LENGTH..end]).to_be_bytes();
            file[end..end + SUM].copy_from_slice(&sum);
            at = end + SUM;
        }
        file
    })
}

/// Where the data of the chunk ends that begins here, if all of it is there.
fn end_of_chunk(file: &[u8], at: usize) -> Option<usize> {
    let length: [u8; LENGTH] = file.get(at..at + LENGTH)?.try_into().ok()?;
    let end = (at + LENGTH + KIND).checked_add(u32::from_be_bytes(length) as usize)?;
    (end.checked_add(SUM)? <= file.len()).then_some(end)
}

/// The checksum of PNG, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let bit = |sum: u32, _| (sum >> 1) ^ (0xedb8_8320 * (sum & 1));
    !bytes.iter().fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), bit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_mended_and_a_good_one_stays() {
        let good = core_assets::png(r#"<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>"#, 2);
        let good = good.unwrap().bytes;
        assert_eq!(mended(&good).unwrap(), good);
        let mut torn = good.clone();
        let place = SIGNATURE.len() + LENGTH + KIND + 13;
        torn[place] ^= 1;
        assert_eq!(mended(&torn).unwrap(), good);
        assert_eq!(mended(b"nothing of this kind"), None);
    }
}
