//! What became of every object of a file: checked, or not and why.

use super::Analysis;
use super::certainty::Broken;
use crate::k8s::{self, Classified, NotChecked};
use crate::text::{Lines, Span, Word, word};
use crate::yaml::Document;

/// What became of one object of a file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Outcome {
    /// The document, counted from 0 as kubectl counts; the items of a list share one.
    pub document: usize,
    /// Its kind, where it could be read.
    pub kind: Option<String>,
    /// Its name, where it could be read.
    pub name: Option<String>,
    /// Its bytes.
    pub span: Span,
    /// Why it was not checked; `None` if it was.
    pub not_checked: Option<Unchecked>,
}

impl Outcome {
    /// What became of an object of a document; the rest is not known.
    #[must_use]
    pub fn new(document: usize, span: Span, not_checked: Option<Unchecked>) -> Self {
        Self { document, kind: None, name: None, span, not_checked }
    }
}

/// Why an object was not checked.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub enum Unchecked {
    /// A kind that is no Job or CronJob.
    OtherKind,
    /// No kind at all.
    NoKind,
    /// No object, but a list or a scalar.
    NotAnObject,
    /// A template that is not filled in.
    Template {
        /// The line, counted from 1, that shows it.
        line: u32,
        /// What is to be filled in there.
        placeholder: String,
    },
    /// Not YAML.
    NotYaml {
        /// The first line, counted from 1, that cannot be read, where one can be named.
        line: Option<u32>,
    },
    /// What did not change since a revision that was asked about.
    Unchanged,
    /// No text at all: something in a folder that has the name of a file and is none.
    NoFile {
        /// What it is, as `a link to a device`.
        #[serde(deserialize_with = "word")]
        what: Word,
    },
}

impl From<NotChecked> for Unchecked {
    fn from(reason: NotChecked) -> Self {
        match reason {
            NotChecked::OtherKind => Self::OtherKind,
            NotChecked::NoKind => Self::NoKind,
            NotChecked::NotAnObject => Self::NotAnObject,
        }
    }
}

/// The outcomes of all objects, in order of place.
pub(super) fn of(analysis: &Analysis) -> Vec<Outcome> {
    let mut outcomes = Vec::with_capacity(analysis.objects.len());
    let lines = Lines::new(if analysis.broken.is_empty() { "" } else { analysis.source.text() });
    for (document, objects) in analysis.documents() {
        match analysis.broken_document(document) {
            Some(broken) => outcomes.push(of_broken(document, broken, &lines)),
            None => outcomes.extend(objects.iter(document).map(|object| of_object(analysis, document.index, &object))),
        }
    }
    outcomes
}

/// What holds patches is checked as far as those go.
fn of_object(analysis: &Analysis, document: usize, object: &Classified<'_>) -> Outcome {
    let has_patches = analysis.patches.binary_search_by_key(&document, |patch| patch.document).is_ok();
    let (kind, name, span, not_checked) = match object {
        Classified::NotChecked { kind, name, root, .. } if has_patches => (*kind, *name, root.span(), None),
        Classified::Checked(manifest) => (manifest.kind(), manifest.name(), manifest.root.span(), None),
        Classified::NotChecked { kind, name, root, reason } => (*kind, *name, root.span(), Some((*reason).into())),
    };
    Outcome { document, kind: kind.map(super::start), name: name.map(super::start), span, not_checked }
}

fn of_broken(document: &Document, broken: &Broken, lines: &Lines<'_>) -> Outcome {
    let line = |span: Span| lines.position(span.start).line;
    let not_checked = match broken.placeholder {
        Some(place) => Unchecked::Template { line: line(place), placeholder: document.slice(place).to_owned() },
        None => Unchecked::NotYaml { line: broken.error.map(line) },
    };
    let (kind, name) = k8s::identity(document);
    Outcome {
        document: document.index,
        kind: kind.map(super::start),
        name: name.map(super::start),
        span: document.root().map_or(Span::empty(document.span.start), |root| root.span()),
        not_checked: Some(not_checked),
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::{Settings, analyse};
    use crate::schedule::Instant;
    use crate::text::Source;

    #[test]
    fn a_document_that_is_not_read_to_its_end_has_the_kind_and_the_name_that_were() {
        let outcomes = |text: &str| {
            let analysis = analyse(Source::new("a.yaml", text), &Settings::at(Instant::from_unix(0)));
            analysis.outcomes().into_iter().map(|outcome| (outcome.kind, outcome.name)).collect::<Vec<_>>()
        };
        let named = |kind: Option<&str>, name: Option<&str>| vec![(kind.map(str::to_owned), name.map(str::to_owned))];
        let head = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: report\n";
        assert_eq!(outcomes(&format!("{head}spec: {{{{ .Values.spec }}}}\n")), named(Some("Job"), Some("report")));
        assert_eq!(outcomes("kind: Job\nspec: {{ .Values.spec }}\n"), named(Some("Job"), None));
        assert_eq!(outcomes("spec: {{ .Values.spec }}\n"), named(None, None));
    }
}
