//! Fixes applied.

use batchlint::Source;
use batchlint::diagnostic::Safety;
use batchlint::mend::{self, Mended};
use serde::Serialize;

use crate::options::{File, Options};

#[derive(Serialize)]
struct Answer<'a> {
    text: &'a str,
    applied: Vec<Fix<'a>>,
    /// What the server would refuse something else with.
    refused: Vec<Fix<'a>>,
    /// How many findings have a fix that was not allowed.
    forbidden: usize,
    /// Why the text is left as it is.
    unfit: Option<String>,
}

#[derive(Serialize)]
struct Fix<'a> {
    rule: &'a str,
    message: &'a str,
    title: &'a str,
}

pub(crate) fn mend(file: &File, options: &Options, with_unsafe: bool) -> Result<String, String> {
    let source = Source::new(file.name.as_str(), file.text.as_str());
    let allowed = if with_unsafe { Safety::Unsafe } else { Safety::Safe };
    let mended = mend::mend(&source, &options.config()?, allowed, None);
    let answer = match &mended {
        Ok(Mended { source, applied, refused, forbidden, .. }) => {
            let (applied, refused) = (fixes(applied), fixes(refused));
            Answer { text: source.text(), applied, refused, forbidden: *forbidden, unfit: None }
        }
        Err(why) => {
            let (applied, refused) = (Vec::new(), Vec::new());
            Answer { text: source.text(), applied, refused, forbidden: 0, unfit: Some(why.to_string()) }
        }
    };
    serde_json::to_string(&answer).map_err(|error| error.to_string())
}

fn fixes(all: &[mend::Applied]) -> Vec<Fix<'_>> {
    all.iter().map(|one| Fix { rule: one.rule, message: &one.message, title: &one.title }).collect()
}
