//! The elements of SARIF, named as in its specification.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use crate::diagnostic::{Label, Object, Resolved, Severity, Suppression};
use crate::render::file::{File, Found};
use crate::render::output::{Manner, Whole};
use crate::render::{Unread, paths};
use crate::rule::{HOME, address, with_addresses};
use crate::rules;
use crate::text::Point;

use super::super::{fingerprint, path};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SarifResult<'a> {
    rule_id: &'a str,
    level: &'static str,
    message: Text<String>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: PartialFingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<[Suppressed<'a>; 1]>,
}

#[derive(Serialize)]
struct Text<T> {
    text: T,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<&'a str>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

/// Where it is in the objects, whatever the file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
    kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PartialFingerprints {
    /// The one that GitHub knows a result by.
    primary_location_line_hash: String,
    /// The one that is the same in every file.
    #[serde(rename = "batchlint/v1", skip_serializing_if = "Option::is_none")]
    batchlint: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'a> {
    description: Text<&'a str>,
    artifact_changes: Vec<ArtifactChange<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Text<&'a str>,
}

#[derive(Serialize)]
struct Suppressed<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<&'a str>,
}

impl<'a> SarifResult<'a> {
    pub(super) fn new(found: Found<'a>, manner: &Manner) -> Self {
        let Found { finding, fixes, file } = found;
        let labels = finding.labels.iter().enumerate();
        Self {
            rule_id: finding.rule,
            level: level(finding.severity),
            // Why it does not count is told aside.
            message: Text { text: found.helped(&finding.message) },
            locations: [Location {
                id: None,
                physical_location: PhysicalLocation::new(file.path, file.points(finding.span), manner),
                logical_locations: logical(finding.object.as_deref(), finding.field.as_deref()),
                message: None,
            }],
            related_locations: labels.map(|(index, label)| related(index, label, file, manner)).collect(),
            partial_fingerprints: PartialFingerprints {
                primary_location_line_hash: fingerprint(found, &path(found, manner)).to_string(),
                batchlint: finding.fingerprint.map(|fingerprint| fingerprint.to_string()),
            },
            fixes: fixes.iter().map(|fix| Fix::new(fix, file, manner)).collect(),
            suppressions: finding.suppressed.as_deref().map(|why| [Suppressed::new(why)]),
        }
    }
}

fn related<'a>(index: usize, label: &'a Label, file: &File<'_>, manner: &Manner) -> Location<'a> {
    let (path, points) = file.label(label);
    let message = Some(Text { text: &*label.message });
    let physical_location = PhysicalLocation::new(path, points, manner);
    Location { id: Some(index + 1), physical_location, logical_locations: Vec::new(), message }
}

fn logical(object: Option<&Object>, field: Option<&str>) -> Vec<LogicalLocation> {
    let Some(object) = object else { return Vec::new() };
    let mut name = object.label();
    if let Some(field) = field.filter(|field| !field.is_empty()) {
        name.push_str(": ");
        name.push_str(field);
    }
    let kind = if field.is_some() { "member" } else { "resource" };
    if name.is_empty() { Vec::new() } else { vec![LogicalLocation { fully_qualified_name: name, kind }] }
}

impl PhysicalLocation {
    fn new(path: &Path, points: [Point; 2], manner: &Manner) -> Self {
        Self { artifact_location: ArtifactLocation::new(path, manner), region: Region::of(points) }
    }
}

impl ArtifactLocation {
    fn new(path: &Path, manner: &Manner) -> Self {
        let uri = paths::uri_from_root(path, manner);
        let uri_base_id = (!uri.starts_with("file:")).then_some("%SRCROOT%");
        Self { uri, uri_base_id }
    }
}

impl Region {
    fn of([start, end]: [Point; 2]) -> Self {
        Self { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
    }
}

impl<'a> Fix<'a> {
    fn new(fix: &'a Resolved, file: &File<'_>, manner: &Manner) -> Self {
        let own = fix.edits.iter().map(|edit| (file.name, file.points(edit.span), &*edit.text));
        let elsewhere =
            fix.elsewhere.iter().map(|other| (&*other.at.file, [other.at.start, other.at.end], &*other.text));
        let mut by_file: BTreeMap<&str, Vec<Replacement<'a>>> = BTreeMap::new();
        for (name, points, text) in own.chain(elsewhere) {
            let replacement = Replacement { deleted_region: Region::of(points), inserted_content: Text { text } };
            by_file.entry(name).or_default().push(replacement);
        }
        let change = |(name, replacements)| {
            let path = if name == file.name { file.path } else { Path::new(name) };
            ArtifactChange { artifact_location: ArtifactLocation::new(path, manner), replacements }
        };
        let artifact_changes = by_file.into_iter().map(change).collect();
        Self { description: Text { text: &fix.title }, artifact_changes }
    }
}

impl<'a> Suppressed<'a> {
    fn new(why: &'a Suppression) -> Self {
        Self { kind: why.kind.name(), justification: why.reason.as_deref() }
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<ReportingDescriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReportingDescriptor {
    id: &'static str,
    short_description: Text<&'static str>,
    full_description: Text<&'static str>,
    help: MultiformatText,
    help_uri: String,
    default_configuration: Configuration,
    properties: Properties,
}

#[derive(Serialize)]
struct MultiformatText {
    text: String,
    markdown: Cow<'static, str>,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

/// What GitHub reads.
#[derive(Serialize)]
struct Properties {
    precision: &'static str,
    #[serde(rename = "problem.severity")]
    severity: &'static str,
    tags: [&'static str; 2],
}

impl Driver {
    /// With the rules that found something.
    pub(super) fn of(whole: &Whole<'_>) -> Self {
        let rules = whole.rules().filter_map(ReportingDescriptor::of).collect();
        Self { name: "batchlint", semantic_version: env!("CARGO_PKG_VERSION"), information_uri: HOME, rules }
    }
}

impl ReportingDescriptor {
    fn of(name: &str) -> Option<Self> {
        let entry = rules::find(name)?;
        let page = &entry.rule.page;
        let severity = match page.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "recommendation",
        };
        let summary = page.summary;
        let help_uri = address(entry.name);
        Some(Self {
            id: entry.name,
            short_description: Text { text: summary },
            full_description: Text { text: summary },
            help: MultiformatText { text: format!("{summary}: {help_uri}"), markdown: with_addresses(page.body()) },
            help_uri,
            default_configuration: Configuration { level: level(page.severity) },
            properties: Properties { precision: "very-high", severity, tags: ["kubernetes", entry.group] },
        })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

/// A file that could not be read.
#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text<String>,
}

impl Invocation {
    pub(super) fn of(unread: &[Unread]) -> Self {
        let notifications = unread.iter().map(|unread| Notification {
            level: "error",
            message: Text { text: format!("{}: {}", unread.file, unread.why.as_str()) },
        });
        Self { execution_successful: unread.is_empty(), tool_execution_notifications: notifications.collect() }
    }
}
