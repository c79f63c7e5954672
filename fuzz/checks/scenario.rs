//! Any text as a scenario of `simulate --scenario`: what happens is told in order of time, and the line comes back.

use std::io;

use batchlint::analysis::Settings;
use batchlint::controller::{Event, Moment, Watcher};
use batchlint::foresight::Script;
use batchlint::render::simulate::script;
use batchlint::schedule::Instant;

/// Events that are told: there are scenarios with more than anybody waits for.
const MOST: usize = 5_000;

pub(crate) fn check(bytes: &[u8]) {
    let Ok(line) = std::str::from_utf8(bytes) else { return };
    let settings = Settings::at(Instant::from_unix(1_795_219_200));
    match Script::read(line, &settings) {
        Ok(script) => {
            let mut listener = Listener { told: 0, last: None };
            script.watch(&mut listener);
            if !listener.has_enough() {
                script::write(&script, &mut io::sink()).expect("a sink takes everything");
            }
        }
        Err(fault) => assert!(!fault.message.is_empty(), "{} has nothing to say", fault.field),
    }
}

/// Listens to the first events.
struct Listener {
    told: usize,
    last: Option<Moment>,
}

impl Watcher for Listener {
    fn see(&mut self, event: Event) {
        assert!(self.last.is_none_or(|last| last <= event.at), "{event:?} comes after {:?}", self.last);
        self.last = Some(event.at);
        self.told += 1;
    }

    fn has_enough(&self) -> bool {
        self.told >= MOST
    }
}
