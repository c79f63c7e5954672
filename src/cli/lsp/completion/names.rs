//! The names that there are of what a field wants: volumes and containers of its own object, and objects of its namespace in
//! the files of the workspace.

use std::collections::BTreeSet;

use lsp_types::Uri;

use super::Offer;
use super::typed::{Typed, Written};
use super::values::offer;
use crate::analysis::{Named, Naming, Scope, names};
use crate::cli::lsp::texts::Texts;

pub(super) fn of(
    typed: &Typed<'_>,
    written: Written<'_>,
    of: Named,
    (texts, uri): (&mut Texts<'_>, &Uri),
) -> Vec<Offer> {
    let found: BTreeSet<Box<str>> = match of {
        Named::Object(_) => objects(typed, of, texts, uri),
        _ => typed.given(of).into_iter().map(|naming| naming.text).collect(),
    };
    found.iter().map(|name| offer(name, None, written)).collect()
}

fn objects(typed: &Typed<'_>, of: Named, texts: &mut Texts<'_>, uri: &Uri) -> BTreeSet<Box<str>> {
    let namespace = typed.manifest().and_then(|manifest| manifest.namespace()).map(Into::into);
    let scope = Scope::Namespace(namespace);
    let is_it = |naming: &&Naming| naming.of == of && naming.is_given && naming.scope == scope;
    let Some((document, checked)) = texts.checked(uri) else { return BTreeSet::new() };
    let (file, own) = (document.source.shared_name(), names(&checked.analysis));
    let others = texts.workspace.names_but(&file).flat_map(|(_, names)| names);
    own.iter().chain(others).filter(is_it).map(|naming| naming.text.clone()).collect()
}
