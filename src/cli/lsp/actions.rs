//! What an editor offers to do about a finding.

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, Command, Diagnostic, DocumentChange, Edit as Change,
    OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};
use serde_json::Value;

use super::checked::Checked;
use super::client::Client;
use super::commands::EXPLAIN;
use super::diagnostics::diagnostic;
use super::document::{Document, Places};
use crate::diagnostic::{Finding, Resolved, Safety};
use crate::mend::{ignores, mend};
use crate::text::{Edit, Span};

/// All that is safe, at once.
pub(super) const FIX_ALL: &str = "source.fixAll.batchlint";

/// What can be done about what stands in a range, worked out from the text as it is now.
pub(super) fn of(
    document: &Document,
    checked: &Checked,
    params: &CodeActionParams,
    (client, has_panels): (Client, bool),
) -> Vec<CodeAction> {
    let text = document.source.text();
    let offer = Offer { document, client, places: Places::new(text, client.encoding) };
    let only = params.context.only.as_deref();
    let mut actions = Vec::new();
    if is_wanted(only, "quickfix") {
        let range = offer.places.span(params.range);
        let all = checked.report.findings.iter().zip(checked.report.fixes());
        for (finding, fixes) in all.filter(|(finding, _)| finding.span.meets(range)) {
            let shown = diagnostic(document, finding, &offer.places, client);
            actions.extend(fixes.iter().map(|fix| offer.fix(fix, shown.clone())));
            actions.extend(offer.ignore(checked, finding, shown));
            actions.extend(has_panels.then(|| explain(finding)));
        }
    }
    // Nobody wants it in the menu of one finding; it is for those who ask, on saving.
    if only.is_some() && is_wanted(only, FIX_ALL) {
        actions.extend(offer.fix_all(checked));
    }
    actions
}

/// The page of a rule, for who has a place to show it.
fn explain(finding: &Finding) -> CodeAction {
    let title = format!("Explain {}", finding.rule);
    let arguments = Some(vec![Value::from(finding.rule)]);
    let command = Command { title: title.clone(), tooltip: None, command: EXPLAIN.to_owned(), arguments };
    CodeAction { title, kind: Some(CodeActionKind::QuickFix), command: Some(command), ..CodeAction::default() }
}

/// Whether a kind of action was asked for: kinds are parted by dots, and a wider one means all below it.
fn is_wanted(only: Option<&[CodeActionKind]>, kind: &str) -> bool {
    only.is_none_or(|only| {
        only.iter().any(|wanted| {
            let wanted = String::from(wanted.clone());
            let below = kind.strip_prefix(wanted.as_str());
            wanted.is_empty() || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    })
}

struct Offer<'o> {
    document: &'o Document,
    client: Client,
    places: Places<'o>,
}

impl Offer<'_> {
    fn fix(&self, fix: &Resolved, diagnostic: Diagnostic) -> CodeAction {
        let is_safe = fix.safety == Safety::Safe;
        let mut title = sentence(&fix.title);
        if !is_safe {
            title.push_str(" (changes what runs)");
        }
        self.action(title, CodeActionKind::QuickFix, &fix.edits, Some((diagnostic, is_safe)))
    }

    fn ignore(&self, checked: &Checked, finding: &Finding, diagnostic: Diagnostic) -> Option<CodeAction> {
        let edit = ignores::comment(checked.analysis.source(), &checked.report, finding)?;
        let title = format!("Ignore {} here, because …", finding.rule);
        Some(self.action(title, CodeActionKind::QuickFix, &[edit], Some((diagnostic, false))))
    }

    fn fix_all(&self, checked: &Checked) -> Option<CodeAction> {
        let source = checked.analysis.source();
        let mended = mend(source, &checked.config, Safety::Safe, None).ok().filter(|all| !all.applied.is_empty())?;
        let edit = difference(source.text(), mended.source.text());
        let kind = CodeActionKind::Custom(FIX_ALL.into());
        Some(self.action("Fix all that batchlint can mend safely".to_owned(), kind, &[edit], None))
    }

    fn action(
        &self,
        title: String,
        kind: CodeActionKind,
        edits: &[Edit],
        of: Option<(Diagnostic, bool)>,
    ) -> CodeAction {
        let edits = edits.iter().map(|edit| self.places.edit(edit)).collect();
        let (diagnostics, is_preferred) = of
            .map_or((None, None), |(diagnostic, is_preferred)| (Some(vec![diagnostic]), is_preferred.then_some(true)));
        let (kind, edit) = (Some(kind), Some(self.workspace_edit(edits)));
        CodeAction { title, kind, diagnostics, is_preferred, edit, ..CodeAction::default() }
    }

    /// With the version of the text where the editor looks at it, so that no old edit hits a new text.
    fn workspace_edit(&self, edits: Vec<TextEdit>) -> WorkspaceEdit {
        let uri = Uri(self.document.uri.to_string());
        if !self.client.has_versions {
            return WorkspaceEdit { changes: Some([(uri, edits)].into()), ..WorkspaceEdit::default() };
        }
        let text_document = OptionalVersionedTextDocumentIdentifier {
            version: Some(self.document.version),
            text_document_identifier: TextDocumentIdentifier { uri },
        };
        let edits = edits.into_iter().map(Change::TextEdit).collect();
        let change = DocumentChange::TextDocumentEdit(TextDocumentEdit { text_document, edits });
        WorkspaceEdit { document_changes: Some(vec![change]), ..WorkspaceEdit::default() }
    }
}

/// `write 59` as the title of something to click on.
fn sentence(title: &str) -> String {
    let mut chars = title.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// The one edit that makes the new text of the old one, and leaves alone what stands at both ends of them.
fn difference(old: &str, new: &str) -> Edit {
    let same = |pair: &(char, char)| pair.0 == pair.1;
    let start: usize = old.chars().zip(new.chars()).take_while(same).map(|(char, _)| char.len_utf8()).sum();
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let both = old_rest.chars().rev().zip(new_rest.chars().rev());
    let end: usize = both.take_while(same).map(|(char, _)| char.len_utf8()).sum();
    Edit::replace(Span::new(start as u32, (old.len() - end) as u32), &new_rest[..new_rest.len() - end])
}

#[cfg(test)]
mod tests {
    use lsp_types::CodeActionKind;

    use super::{FIX_ALL, difference, is_wanted};
    use crate::text::apply_edits;

    #[test]
    fn kinds_are_meant_by_those_above_them() {
        assert!(is_wanted(None, "quickfix"));
        assert!(is_wanted(Some(&[CodeActionKind::SourceFixAll]), FIX_ALL));
        assert!(is_wanted(Some(&[CodeActionKind::Custom(FIX_ALL.into())]), FIX_ALL));
        assert!(!is_wanted(Some(&[CodeActionKind::Custom("source.fixAll.batch".into())]), FIX_ALL));
        assert!(!is_wanted(Some(&[CodeActionKind::QuickFix]), FIX_ALL));
    }

    #[test]
    fn a_difference_is_what_is_between_what_stays() {
        for (old, new) in [("aaa", "aa"), ("a: é\n", "a: è\n"), ("", "x"), ("same", "same"), ("abab", "ab")] {
            let edit = difference(old, new);
            assert_eq!(apply_edits(old, &[edit]).as_deref(), Ok(new), "{old:?} {new:?}");
        }
    }
}
