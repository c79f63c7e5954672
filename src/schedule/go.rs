//! What the server's error texts owe to Go's standard library: how it reads numbers and durations, and how it quotes.

mod atoi;
mod duration;
mod printable;
mod quote;

pub(crate) use atoi::{NumberError, atoi};
pub(crate) use duration::{DurationError, parse_duration};
