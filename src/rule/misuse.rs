//! What is wrong with suppressions themselves, as findings of the rules that speak of it.

use super::Entry;
use crate::analysis::{Form, Written};
use crate::diagnostic::{Finding, Fix};
use crate::yaml::{Change, File};

/// How a suppression is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misuse {
    /// It names nothing that there is.
    Unknown,
    /// What it names is not found where it is for.
    WithoutEffect,
    /// It does not say why.
    WithoutReason,
    /// It is none: it says what to assume of an object, and that cannot be read.
    Assumption,
}

/// A finding that a suppression has no effect by these of its names, whose numbers are given. Where these are all of them,
/// it can go as a whole.
pub(crate) fn without_effect(entry: &Entry, written: &Written, names: &[usize], file: Option<&File>) -> Vec<Finding> {
    let title = "take out what has no effect";
    let finding = |span, message: String, change| {
        let (document, object) = (written.document, written.object.clone());
        let mut finding = Finding { document, object, ..entry.finding(span, message) };
        finding.fixes = Option::map(change, |change| Fix::safe(title, change)).into_iter().collect();
        finding
    };
    let quoted = |number: usize| format!("`{}`", written.names[number].text);
    let place = match written.form {
        Form::Beside => "on this line",
        Form::File => "in this file",
        Form::Annotation(_) => "in this object",
        Form::Above | Form::Unknown(_) | Form::OfTemplate(_) | Form::Assumption { .. } => "in what stands below",
    };
    if let Form::OfTemplate(to_object) = &written.form {
        let message = "this suppression has no effect: it is for an object, and these are a template's annotations";
        let help = "write it into the object's own `metadata.annotations`, or a comment at the field that is meant";
        let fixes = vec![Fix::unsafe_("move it to the object's own annotations", Change::clone(to_object))];
        return vec![Finding { help: Some(help.into()), fixes, ..finding(written.span, message.to_owned(), None) }];
    }
    if written.covers.is_none() {
        let message = "this suppression is for the key or item below it, and none follows in its document".to_owned();
        let change = file.and_then(|file| written.removal(file));
        return vec![finding(written.span, message, change)];
    }
    if names.len() == written.names.len() {
        let all: Vec<String> = names.iter().copied().map(quoted).collect();
        let message = format!("this suppression has no effect: {place} nothing is found by {}", all.join(" or "));
        let change = file.and_then(|file| written.removal(file));
        return vec![finding(written.span, message, change)];
    }
    let of_name = |number: &usize| {
        let message = format!("{} has no effect here: {place} it finds nothing", quoted(*number));
        let change = file.and_then(|file| written.name_removal(*number, file));
        finding(written.names[*number].span, message, change)
    };
    names.iter().map(of_name).collect()
}
