//! A panic is a bug of this program: it is said shortly, and the exit status is its own.

use std::panic::{self, AssertUnwindSafe};

use super::complain;

/// Lets panics be told in one line instead of a trace.
pub(super) fn install() {
    panic::set_hook(Box::new(|info| {
        let payload = info.payload();
        let words = payload.downcast_ref::<&str>().copied().or(payload.downcast_ref::<String>().map(String::as_str));
        let what = words.and_then(|words| words.lines().next()).unwrap_or("a panic without words");
        let place = info.location().map(|location| format!(" ({}:{})", location.file(), location.line()));
        let version = env!("CARGO_PKG_VERSION");
        complain(&format!("a bug in batchlint {version}: {what}{}", place.unwrap_or_default()));
        complain("please report the line above, with the file that was checked if you may share it");
    }));
}

/// The work's result; `None` where it panicked.
pub(super) fn guard<T>(work: impl FnOnce() -> T) -> Option<T> {
    // What the work changed is thrown away with it.
    panic::catch_unwind(AssertUnwindSafe(work)).ok()
}

#[cfg(test)]
mod tests {
    use super::guard;

    #[test]
    fn a_panic_ends_its_own_work_only() {
        assert_eq!(guard(|| 1), Some(1));
        assert_eq!(guard(|| -> u8 { panic!("as the test wants") }), None);
    }
}
