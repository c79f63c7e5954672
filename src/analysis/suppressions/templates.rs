//! Suppressions in the comments of templates, which nothing prints.

use super::comments::{BLANKS, line_of, named};
use super::directive::{START, Said};
use super::{Form, Written};
use crate::diagnostic::{Suppression, SuppressionKind};
use crate::text::Span;

/// What comments start with, and end with.
const STARTS: [&str; 2] = ["{{/*", "{{- /*"];
const ENDS: [&str; 2] = ["*/}}", "*/ -}}"];

/// Those of a template, in order of place.
pub(super) fn find(text: &str) -> Vec<Written> {
    text.match_indices(START).filter_map(|(at, _)| read(text, at)).collect()
}

fn read(text: &str, at: usize) -> Option<Written> {
    let before = text[..at].trim_end();
    let start = STARTS.iter().find_map(|start| Some(before.strip_suffix(start)?.len()))?;
    let own = &text[at..];
    let (length, mark) = ENDS.iter().filter_map(|mark| Some((own.find(mark)?, mark))).min()?;
    let (own, end) = (own[..length].trim_end(), at + length + mark.len());
    let said = Said::of_comment(own)?;
    let span = Span::new(start as u32, end as u32);
    let line = line_of(text, span.start);
    let is_alone = [line.start..span.start, span.end..line_of(text, span.end).end]
        .into_iter()
        .all(|around| text[around.start as usize..around.end as usize].trim_matches(BLANKS).is_empty());
    let (form, covers) = match said.word {
        "ignore" if is_alone => (Form::Above, below(text, span.end)),
        "ignore" => (Form::Beside, Some(line)),
        "ignore-file" => (Form::File, Some(Span::new(0, text.len() as u32))),
        word => (Form::Unknown(word.into()), None),
    };
    Some(Written {
        span,
        form,
        names: said.names.iter().map(|name| named(own, name.clone(), at as u32)).collect(),
        why: Suppression::new(SuppressionKind::InSource, said.reason),
        covers,
        document: None,
        object: None,
    })
}

/// The first line below a byte that is not empty, with those that are further to the right and follow; an action by itself
/// is one line.
fn below(text: &str, at: u32) -> Option<Span> {
    let from = line_of(text, at).end as usize;
    let mut lines = text[from..].split('\n').skip(1).scan(from + 1, |start, line| {
        let own = *start;
        *start += line.len() + 1;
        Some((own, line))
    });
    let (start, first) = lines.find(|(_, line)| !line.trim().is_empty())?;
    let mut end = start + first.len();
    if !is_action(first) {
        let is_within =
            |line: &str| line.trim().is_empty() || is_action(line) || indentation(line) > indentation(first);
        let within = lines.take_while(|(_, line)| is_within(line)).filter(|(_, line)| !line.trim().is_empty());
        end = within.last().map_or(end, |(start, line)| start + line.len());
    }
    Some(Span::new(start as u32, end as u32))
}

fn is_action(line: &str) -> bool {
    line.trim_start().starts_with("{{")
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_comment_is_for_its_line_or_for_what_is_below_it() {
        let text = "{{/* batchlint: ignore-file[a] why */}}\nspec:\n  {{- /* batchlint: ignore[b, c] why not */ -}}\n\n  template:\n{{- if .x }}\n    spec: 1\n{{- end }}\n  backoffLimit: 1 {{/* batchlint: ignore[d] */}}\n{{/* batchlint: ignore[e] */}}\n{{ toYaml . }}\n  more: 1\n{{/* see batchlint: ignore[f] */}}\n# batchlint: ignore[g]\n{{/* batchlint: ignore[h] */}}\n";
        let told = find(text).into_iter().map(|written| {
            let names: Vec<&str> = written.names.iter().map(|name| &text[name.span.range()]).collect();
            let covers = written.covers.map(|covers| text[covers.range()].trim());
            (names.join(" "), written.why.reason.as_ref().map(ToString::to_string).unwrap_or_default(), covers)
        });
        let told: Vec<_> = told.collect();
        let told: Vec<_> = told.iter().map(|(names, why, covers)| (names.as_str(), why.as_str(), *covers)).collect();
        let block = "template:\n{{- if .x }}\n    spec: 1\n{{- end }}";
        let line = "backoffLimit: 1 {{/* batchlint: ignore[d] */}}";
        assert_eq!(
            told,
            [
                ("a", "why", Some(text.trim())),
                ("b c", "why not", Some(block)),
                ("d", "", Some(line)),
                ("e", "", Some("{{ toYaml . }}")),
                ("h", "", None),
            ]
        );
    }
}
