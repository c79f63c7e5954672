//! Checksums, and bytes as letters.

mod base;
mod sha1;
mod sha2;

use std::cell::RefCell;

use super::{Function, Stop, Takes};
use crate::hash::{HashMap, sum};
use crate::template::text::Text;
use crate::template::value::Value;

use Takes::Text as Str;

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("b64enc", &[Str], |_, given| made(&base::BASE64.encode(bytes(&given.text(0))))),
    Function::new("b64dec", &[Str], |_, given| made(&base::BASE64.decode(bytes(&given.text(0))))),
    Function::new("b32enc", &[Str], |_, given| made(&base::BASE32.encode(bytes(&given.text(0))))),
    Function::new("b32dec", &[Str], |_, given| made(&base::BASE32.decode(bytes(&given.text(0))))),
    Function::new("sha1sum", &[Str], |_, given| made(&hex(&sha1::sum(bytes(&given.text(0)))))),
    Function::new("sha256sum", &[Str], |_, given| made(&known_sha256(&given.text(0)))),
    Function::new("sha512sum", &[Str], |_, given| made(&hex(&sha2::sum512(bytes(&given.text(0)))))),
    Function::new("adler32sum", &[Str], |_, given| made(&adler32(bytes(&given.text(0))).to_string())),
];

thread_local! {
    /// Checksums of long texts, by what they are known by: of one file, most templates of a chart print it.
    static KNOWN: RefCell<HashMap<(u64, usize), String>> = RefCell::default();
}

/// How many checksums are kept, and of texts of how many bytes.
const KEPT: usize = 1_000;
const LONG: usize = 512;

/// The SHA-256 of a text; of one that was seen before, that is known.
fn known_sha256(text: &Text) -> String {
    let bytes = bytes(text);
    if bytes.len() < LONG {
        return sha256(bytes);
    }
    let key = (sum(bytes), bytes.len());
    if let Some(known) = KNOWN.with_borrow(|known| known.get(&key).cloned()) {
        return known;
    }
    let sum = sha256(bytes);
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(key, sum.clone());
    });
    sum
}

/// The SHA-256 of some bytes, in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&sha2::sum256(bytes))
}

/// Bytes in base 64.
pub(crate) fn base64(bytes: &[u8]) -> String {
    base::BASE64.encode(bytes)
}

fn bytes(text: &Text) -> &[u8] {
    text.as_str().as_bytes()
}

fn made(text: &str) -> Result<Value, Stop> {
    Ok(Value::computed(text))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// RFC 1950.
fn adler32(bytes: &[u8]) -> u32 {
    const MODULUS: u32 = 65_521;
    let (low, high) = bytes.iter().fold((1, 0), |(low, high), &byte| {
        let low = (low + u32::from(byte)) % MODULUS;
        (low, (high + low) % MODULUS)
    });
    high << 16 | low
}

/// A message in blocks, with the padding of the SHA family: a bit that is set, zeros, the length in bits.
fn padded<const BLOCK: usize>(message: &[u8]) -> Vec<u8> {
    let length_bytes = BLOCK / 8;
    let mut padded = message.to_vec();
    padded.push(0x80);
    let missing = (BLOCK - (padded.len() + length_bytes) % BLOCK) % BLOCK;
    padded.resize(padded.len() + missing + length_bytes - 8, 0);
    padded.extend_from_slice(&(message.len() as u64 * 8).to_be_bytes());
    padded
}
