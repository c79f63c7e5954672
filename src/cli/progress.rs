//! How far a long run is: one line on a terminal, gone before anything else is written there.

use std::io::{self, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::text::grouped;

/// A run that ends before this is not worth a line.
const PATIENCE: Duration = Duration::from_millis(500);
/// How long a line stays as it is.
const BEAT: Duration = Duration::from_millis(100);
/// To the start of the line, and nothing on it.
const CLEARED: &str = "\r\x1b[K";

/// Tells how many of all files were checked, while they are.
pub(super) struct Progress {
    shared: Arc<Shared>,
    /// Goes with this, and the thread with it.
    beats: Option<(Sender<()>, JoinHandle<()>)>,
}

struct Shared {
    all: usize,
    done: AtomicUsize,
    line: Mutex<Line>,
}

#[derive(Default)]
struct Line {
    /// Whether there may be one now.
    is_free: bool,
    is_there: bool,
}

impl Progress {
    /// Begins to tell of so many files, where that is wanted.
    pub(super) fn start(all: usize, is_wanted: bool) -> Self {
        let shared = Arc::new(Shared { all, done: AtomicUsize::new(0), line: Mutex::default() });
        let beats = is_wanted.then(|| {
            let (sender, ends) = channel::<()>();
            let of_thread = Arc::clone(&shared);
            let tell = move || {
                let mut pause = PATIENCE;
                while ends.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                    of_thread.tell();
                    pause = BEAT;
                }
            };
            (sender, thread::spawn(tell))
        });
        Self { shared, beats }
    }

    /// One more was checked.
    pub(super) fn step(&self) {
        self.shared.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Does some of the work, during which nothing else is written.
    pub(super) fn during<T>(&self, work: impl FnOnce() -> T) -> T {
        self.shared.line().is_free = true;
        let done = work();
        self.shared.clear();
        done
    }
}

impl Shared {
    /// Whatever panicked elsewhere, a line is a line.
    fn line(&self) -> std::sync::MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self) {
        let mut line = self.line();
        if line.is_free {
            let [done, all] = [self.done.load(Ordering::Relaxed), self.all].map(|count| grouped(count as i64));
            write(&format!("{CLEARED}Checking {done} of {all} files"));
            line.is_there = true;
        }
    }

    fn clear(&self) {
        let mut line = self.line();
        line.is_free = false;
        if std::mem::take(&mut line.is_there) {
            write(CLEARED);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.shared.clear();
        if let Some((sender, thread)) = self.beats.take() {
            drop(sender);
            let _ = thread.join();
        }
    }
}

/// Where it reaches nobody, nobody misses it.
fn write(text: &str) {
    let mut terminal = io::stderr().lock();
    let _ = terminal.write_all(text.as_bytes()).and_then(|()| terminal.flush());
}
