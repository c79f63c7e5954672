//! Base 64 and base 32, RFC 4648.

pub(super) struct Base {
    name: &'static str,
    alphabet: &'static [u8],
    /// How many bits a letter stands for.
    bits: u32,
    /// How many letters make whole bytes.
    letters: usize,
}

pub(super) const BASE64: Base = Base {
    name: "base64",
    alphabet: b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    bits: 6,
    letters: 4,
};

pub(super) const BASE32: Base =
    Base { name: "base32", alphabet: b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", bits: 5, letters: 8 };

impl Base {
    pub(super) fn encode(&self, bytes: &[u8]) -> String {
        let whole = self.letters * self.bits as usize / 8;
        let mut encoded = vec![b'='; bytes.len().div_ceil(whole) * self.letters];
        for (chunk, letters) in bytes.chunks(whole).zip(encoded.chunks_mut(self.letters)) {
            let held =
                chunk.iter().fold(0u64, |held, &byte| held << 8 | u64::from(byte)) << (8 * (whole - chunk.len()));
            let count = (chunk.len() * 8).div_ceil(self.bits as usize);
            for (at, letter) in letters.iter_mut().enumerate().take(count) {
                *letter = self.letter(held >> (self.bits as usize * (self.letters - 1 - at)));
            }
        }
        String::from_utf8(encoded).expect("letters are a text")
    }

    fn letter(&self, held: u64) -> u8 {
        self.alphabet[(held & ((1 << self.bits) - 1)) as usize]
    }

    /// The text that was encoded, or Go's words on what is wrong: Sprig gives them as if they were it.
    pub(super) fn decode(&self, encoded: &[u8]) -> String {
        match self.bytes(encoded) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(at) => format!("illegal {} data at input byte {at}", self.name),
        }
    }

    fn bytes(&self, encoded: &[u8]) -> Result<Vec<u8>, usize> {
        let letters: Vec<(usize, u8)> =
            encoded.iter().copied().enumerate().filter(|(_, byte)| !matches!(byte, b'\r' | b'\n')).collect();
        let mut bytes = Vec::with_capacity(letters.len());
        for (number, group) in letters.chunks(self.letters).enumerate() {
            let is_last = (number + 1) * self.letters >= letters.len();
            self.group(group, encoded.len(), is_last, &mut bytes)?;
        }
        Ok(bytes)
    }

    /// Decodes letters that make whole bytes; the error is where Go sees it.
    fn group(&self, group: &[(usize, u8)], end: usize, is_last: bool, out: &mut Vec<u8>) -> Result<(), usize> {
        let (mut held, mut count) = (0u32, 0);
        for (at, &(place, byte)) in group.iter().enumerate() {
            let Some(value) = self.alphabet.iter().position(|&letter| letter == byte) else {
                let may_end = byte == b'=' && (at as u32 * self.bits) % 8 < self.bits && at > 1;
                let fills = group[at..].iter().all(|&(_, byte)| byte == b'=') && group.len() == self.letters;
                return if may_end && fills && is_last { Ok(()) } else { Err(place) };
            };
            held = held << self.bits | value as u32;
            count += self.bits;
            if count >= 8 {
                count -= 8;
                out.push((held >> count) as u8);
                held &= (1 << count) - 1;
            }
        }
        if group.len() == self.letters { Ok(()) } else { Err(end.saturating_sub(group.len())) }
    }
}
