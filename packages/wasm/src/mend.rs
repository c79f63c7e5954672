//! Fixes applied.

use std::collections::BTreeMap;
use std::sync::Arc;

use batchlint::Source;
use batchlint::diagnostic::Safety;
use batchlint::mend::{self, Applied, Mended, Refused, Together, Wanted, together};
use batchlint::project::{Project, Scope};
use serde::Serialize;

use crate::around::Around;
use crate::check::alone;
use crate::options::{File, Options};

#[derive(Default, Serialize)]
struct Answer {
    files: Vec<File>,
    applied: Vec<Fix>,
    /// What the server would refuse something else with.
    refused: Vec<Fix>,
    /// How many findings have a fix that was not allowed.
    forbidden: usize,
    /// Why a file is left as it is.
    unfit: Vec<Unfit>,
}

#[derive(Serialize)]
struct Fix {
    /// The file; of a fix that goes over several, none.
    file: Option<String>,
    rule: &'static str,
    message: Option<String>,
    title: Option<String>,
}

#[derive(Serialize)]
struct Unfit {
    file: String,
    why: String,
}

/// As `check --fix` does it: what a chart prints first, then what is found over all files, then each file by itself.
pub(crate) fn mend(files: &[File], options: &Options, with_unsafe: bool) -> Result<String, String> {
    let config = Arc::new(options.config()?);
    let allowed = if with_unsafe { Safety::Unsafe } else { Safety::Safe };
    let mut answer = Answer::default();
    let around = Around::of(files, &config);
    let mut sources: Vec<Source> = files.iter().map(|File { name, text }| around.source(name, text)).collect();
    for (source, applied) in around.mended(&config, allowed) {
        let name = source.name().to_owned();
        sources
            .iter_mut()
            .filter(|known| known.name() == name)
            .for_each(|known| *known = known.with_text(source.shared_text()));
        answer.applied.extend(applied.iter().map(|applied| Fix::of(&name, applied)));
    }
    let is_printed = |source: &Source| around.is_template(source);
    if files.len() > 1 {
        let (mut project, mut known) = (Project::new(), BTreeMap::new());
        for source in sources.iter().filter(|source| !is_printed(source)) {
            project.add(alone(source, &config).1);
            known.insert(source.name().to_owned(), source.clone());
        }
        let scope = if options.whole { Scope::Whole } else { Scope::Part };
        let wanted = Wanted { config: &config, scope, allowed, counts: &|_| true };
        let read = |name: &str| Some((known.get(name)?.clone(), Arc::clone(&config)));
        answer.take(together(&mut project, wanted, read), &mut sources);
    }
    for source in sources.iter_mut().filter(|source| !is_printed(source)) {
        let mended = match files.len() {
            1 => mend::mend(source, &config, allowed, None),
            _ => mend::mend_among_others(source, &config, allowed, None),
        };
        let name = source.name().to_owned();
        match mended {
            Ok(Mended { source: new, applied, refused, forbidden, .. }) => {
                answer.applied.extend(applied.iter().map(|applied| Fix::of(&name, applied)));
                answer.refused.extend(refused.iter().map(|applied| Fix::of(&name, applied)));
                answer.forbidden += forbidden;
                *source = new;
            }
            Err(why) => answer.unfit.push(Unfit { file: name, why: why.to_string() }),
        }
    }
    let file = |source: &Source| File { name: source.name().to_owned(), text: source.text().to_owned() };
    answer.files = sources.iter().map(file).collect();
    serde_json::to_string(&answer).map_err(|error| error.to_string())
}

impl Answer {
    /// Takes in what was mended over several files.
    fn take(&mut self, made: Result<Together, mend::Refusal>, sources: &mut [Source]) {
        let Together { files, applied, refused, forbidden, .. } = match made {
            Ok(made) => made,
            Err(why) => {
                let why = why.to_string();
                return self.unfit.extend(sources.first().map(|first| Unfit { file: first.name().to_owned(), why }));
            }
        };
        for source in sources {
            if let Some(changed) = files.get(source.name()) {
                *source = source.with_text(changed.after.shared_text());
            }
        }
        let applied = applied.into_iter().map(|rule| Fix { file: None, rule, message: None, title: None });
        self.applied.extend(applied);
        self.refused.extend(refused.iter().map(|Refused { file, what, .. }| Fix::of(file, what)));
        self.forbidden += forbidden;
    }
}

impl Fix {
    fn of(file: &str, applied: &Applied) -> Self {
        let [message, title] = [&applied.message, &applied.title].map(|words| Some(words.to_string()));
        Self { file: Some(file.to_owned()), rule: applied.rule, message, title }
    }
}
