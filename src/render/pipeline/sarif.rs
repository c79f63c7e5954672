//! `--format sarif`: the Static Analysis Results Interchange Format, version 2.1.0, as code scanning wants it.

mod parts;

use std::io;

use serde::Serialize;

use crate::render::file::Found;
use crate::render::json;
use crate::render::output::{Manner, Output, Whole};
use parts::{Driver, Invocation, SarifResult};

pub(crate) struct Sarif;

impl Output for Sarif {
    fn name(&self) -> &'static str {
        "sarif"
    }

    fn about(&self) -> &'static str {
        "SARIF 2.1.0, for code scanning and viewers"
    }

    fn shows_fixes(&self) -> bool {
        true
    }

    fn only_lists(&self) -> bool {
        true
    }

    fn before(&self, is_first: bool) -> &'static [u8] {
        json::before(is_first)
    }

    fn finding(&self, found: Found<'_>, manner: &Manner, out: &mut Vec<u8>) -> io::Result<()> {
        out.extend_from_slice(json::text(&SarifResult::new(found, manner)).as_bytes());
        Ok(())
    }

    fn begin(&self, _: &Manner, out: &mut dyn io::Write) -> io::Result<()> {
        let schema = "https://json.schemastore.org/sarif-2.1.0.json";
        write!(out, "{{\"$schema\": \"{schema}\", \"version\": \"2.1.0\", \"runs\": [{{\n \"results\": [")
    }

    /// The tool comes last: which of its rules found something is known then.
    fn end(&self, whole: &Whole<'_>, out: &mut dyn io::Write, aside: &mut dyn io::Write) -> io::Result<()> {
        let (tool, invocation) = (Tool { driver: Driver::of(whole) }, Invocation::of(whole.unread));
        let (tool, invocation) = (json::text(&tool), json::text(&invocation));
        write!(out, "],\n \"columnKind\": \"unicodeCodePoints\",\n \"invocations\": [{invocation}],\n")?;
        writeln!(out, " \"tool\": {tool}}}]}}")?;
        whole.sum_up(aside);
        Ok(())
    }
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}
