//! What renderers write beside the manifests that they make: where each comes from, and what became of a release.

use std::borrow::Cow;
use std::sync::Arc;

use crate::k8s::Manifest;
use crate::k8s::objects::Each as _;
use crate::text::{Source, Span};

/// What helm writes above each document of its output.
///
/// helm.sh/helm/v3/pkg/action/action.go, renderResources, as of v3.22.
const OF_HELM: &str = "# Source: ";
/// Lines and bytes from the start of a document in which helm's line is sought: it is the first, and a list may hold many
/// objects.
const LINES: usize = 8;
const HEAD: usize = 4096;
/// What kustomize writes into each object with `buildMetadata: [originAnnotations]`.
///
/// sigs.k8s.io/kustomize/api/internal/utils/annotations.go and resource/origin.go, as of v5.8.
const OF_KUSTOMIZE: &str = "config.kubernetes.io/origin";

/// The file that an object was made of, where its renderer says so.
pub(super) fn source(manifest: Manifest<'_>) -> Option<String> {
    of_kustomize(manifest).or_else(|| of_helm(manifest))
}

fn of_helm(manifest: Manifest<'_>) -> Option<String> {
    let document = manifest.document;
    let head = document.slice(Span::new(document.span.start, manifest.root.span().start));
    let head = if head.len() > HEAD { head[..head.floor_char_boundary(HEAD)].rsplit_once('\n')?.0 } else { head };
    let file = head.lines().take(LINES).filter_map(|line| line.strip_prefix(OF_HELM)).last()?.trim();
    (!file.is_empty()).then(|| file.to_owned())
}

/// As kustomize itself would be told of the file, where it is another repository's.
fn of_kustomize(manifest: Manifest<'_>) -> Option<String> {
    let annotations = manifest.metadata()?.annotations();
    let (_, origin) = annotations.each().find(|(key, _)| *key == OF_KUSTOMIZE)?;
    let said = |key: &str| {
        let lines = origin.value.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(own, _)| *own == key).map(|(_, value)| value.trim()).next()
    };
    let path = said("path").or_else(|| said("configuredIn"))?;
    Some(match (said("repo"), said("ref")) {
        (None, _) => path.to_owned(),
        (Some(repo), None) => format!("{repo}//{path}"),
        (Some(repo), Some(revision)) => format!("{repo}//{path}?ref={revision}"),
    })
}

/// The text of a source as manifests are to be read from it: of what `helm install --dry-run` and `helm get all` print,
/// the heading of the manifests and the notes behind them are comments then, of as many bytes.
pub(super) fn text(source: &Source) -> Arc<str> {
    match of_release(source.text()) {
        Cow::Borrowed(_) => source.shared_text(),
        Cow::Owned(text) => text.into(),
    }
}

fn of_release(text: &str) -> Cow<'_, str> {
    let mut lines = text.lines();
    let begins = |line: Option<&str>, word: &str| line.is_some_and(|line| line.starts_with(word));
    if !(begins(lines.next(), "NAME: ") && begins(lines.next(), "LAST DEPLOYED: ")) {
        return text.into();
    }
    let (mut read, mut has_begun, mut is_over) = (String::with_capacity(text.len()), false, false);
    for line in text.split_inclusive('\n') {
        has_begun |= line.starts_with("---");
        is_over |= has_begun && line.trim_end() == "NOTES:";
        let is_heading = is_over || has_begun && line.trim_end() == "MANIFEST:";
        match line.chars().next().filter(|first| is_heading && !matches!(first, '\n' | '\r')) {
            Some(first) => {
                read.push('#');
                read.push_str(&" ".repeat(first.len_utf8() - 1));
                read.push_str(&line[first.len_utf8()..]);
            }
            None => read.push_str(line),
        }
    }
    read.into()
}

#[cfg(test)]
mod tests {
    use super::{of_release, source};
    use crate::analysis::{Settings, analyse};
    use crate::schedule::Instant;
    use crate::text::Source;

    #[test]
    fn an_object_is_of_the_file_that_its_renderer_names() {
        let object = |above: &str, origin: &str| {
            let lines: String = origin.lines().map(|line| format!("\n      {line}")).collect();
            let annotations = format!("  annotations:\n    config.kubernetes.io/origin: |{lines}\n");
            let annotations = if origin.is_empty() { "" } else { &annotations };
            format!("---\n{above}apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: a\n{annotations}")
        };
        let repo = "path: a.yaml\nrepo: https://example.com/r\nref: v1\n";
        let made = [
            (object("# Source: app/templates/job.yaml\r\n", ""), Some("app/templates/job.yaml")),
            (object("# Sources: x\n", ""), None),
            (object("# Source: x\n", "path: ../base/job.yaml\n"), Some("../base/job.yaml")),
            (object("", repo), Some("https://example.com/r//a.yaml?ref=v1")),
            (object("", "configuredIn: kustomization.yaml\nconfiguredBy:\n  kind: x\n"), Some("kustomization.yaml")),
        ];
        for (text, expected) in made {
            let analysis = analyse(Source::new("<stdin>", text.as_str()), &Settings::at(Instant::from_unix(0)));
            let manifest = analysis.manifests().next().expect("a Job");
            assert_eq!(source(manifest).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn what_helm_says_of_a_release_is_no_part_of_a_manifest() {
        let text = "NAME: a\nLAST DEPLOYED: now\nHOOKS:\n---\nkind: Job\nMANIFEST:\n---\nkind: Job\ndata: |\n  NOTES:\n\nNOTES:\n1. {run}\n\nédit: [\n";
        let read = of_release(text);
        assert_eq!(read.len(), text.len());
        let expected = "NAME: a\nLAST DEPLOYED: now\nHOOKS:\n---\nkind: Job\n#ANIFEST:\n---\nkind: Job\ndata: |\n  NOTES:\n\n#OTES:\n#. {run}\n\n# dit: [\n";
        assert_eq!(read, expected);
        assert_eq!(of_release("NAME: a\n---\nMANIFEST:\n"), "NAME: a\n---\nMANIFEST:\n");
    }
}
