//! The functions that templates call: text/template's, Sprig's and helm's, one family a file.

use super::value::Value;

/// A function. What it is given it may coerce, as Go does; where helm stops, it stops with helm's words.
pub(crate) type Function = fn(&mut Call<'_>, &[Value]) -> Result<Value, Stop>;

/// A function, and what it makes of what nobody knows.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) function: Function,
    /// Whether it wants to see unknown arguments (`default`, `dict`, `list`); all others are unknown with one of theirs.
    pub(crate) takes_unknown: bool,
}

/// What a call may use.
pub(crate) struct Call<'a> {
    /// The name that it is called by.
    pub(crate) name: &'a str,
    /// How many bytes and items all calls may still make.
    pub(crate) room: &'a mut u64,
}

impl Call<'_> {
    /// Takes room for that many bytes or items, before they are made.
    pub(crate) fn spend(&mut self, amount: usize) -> Result<(), Stop> {
        *self.room = self.room.checked_sub(amount as u64).ok_or(Stop::TooMuch)?;
        Ok(())
    }
}

/// Why a call does not answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The function's own error: helm says `error calling NAME: …` before it.
    Failed(String),
    /// Go's error about the arguments, as it is: `wrong number of args for trunc: want 2 got 1`.
    Misused(String),
    /// More than anybody has room for.
    TooMuch,
}

/// The function of that name. There is none for `include`, `tpl`, `template`, `and` and `or`, which the evaluator has.
pub(crate) fn find(name: &str) -> Option<Entry> {
    let _ = name;
    None
}
