//! `config show`: what holds for a file, key by key, and where it is said.

use std::path::Path;

use super::{Configurations, Faults, Read, whole, within};
use crate::config::{Layer, Limit, Said};
use crate::hash::HashMap;
use crate::text::{Lines, Source, Span};

impl Configurations<'_> {
    /// What holds for a file, key by key, and where it is said.
    pub(in crate::cli) fn show(&mut self, path: &Path) -> Result<String, Faults> {
        if !path.as_os_str().is_empty() && !path.exists() {
            return Err(vec![format!("{}: no such file or folder", path.display())]);
        }
        let path = whole(&within(path));
        let chain = self.chain_of(&path)?;
        let mut lines = Vec::new();
        for file in &chain.files {
            show_layer(&file.written.layer, &file.source, &mut lines);
            let patterns = |key: &str, said: &[Said<String>]| {
                said.iter()
                    .map(|one| (format!("{key} = [{:?}]", one.value), line(&file.source, one.span)))
                    .collect::<Vec<_>>()
            };
            lines.extend(patterns("exclude", &file.written.exclude));
            lines.extend(patterns("include", &file.written.include));
            let baseline = file.written.baseline.iter();
            lines.extend(baseline.map(|one| (format!("baseline = {:?}", one.value), line(&file.source, one.span))));
        }
        for file in &chain.files {
            let overrides = file.overrides.iter().zip(&file.written.overrides);
            for (_, one) in overrides.filter(|(patterns, _)| patterns.name(&path)) {
                show_layer(&one.layer, &file.source, &mut lines);
            }
        }
        let lines = holding(lines);
        let name = |file: &Read| file.source.name().to_owned();
        let head = match chain.files.split_last() {
            None => "no configuration file holds: every rule, the newest Kubernetes".to_owned(),
            Some((own, [])) => format!("{} holds", name(own)),
            Some((own, bases)) => {
                let bases: Vec<String> = bases.iter().rev().map(name).collect();
                format!("{} holds, and what it extends: {}", name(own), bases.join(", "))
            }
        };
        let wide = lines.iter().map(|(said, _)| said.chars().count()).max().unwrap_or(0);
        let excluded = if self.excludes(&chain, &path) { "# left out: it is excluded\n" } else { "" };
        let lines = lines.iter().map(|(said, place)| format!("{said:<wide$}  # {place}\n"));
        Ok(format!("# {head}\n{excluded}{}", lines.collect::<String>()))
    }
}

/// Keys whose lists add up.
const LISTS: [&str; 5] = ["ignore", "exclude", "include", "values", "set"];

/// What holds of it: of what is said twice, the later.
fn holding(lines: Vec<(String, String)>) -> Vec<(String, String)> {
    let key = |said: &str| said.split(" = ").next().unwrap_or(said).to_owned();
    let last: HashMap<String, usize> = lines.iter().enumerate().map(|(index, (said, _))| (key(said), index)).collect();
    let holds = |(index, (said, _)): &(usize, (String, String))| {
        let key = key(said);
        LISTS.contains(&key.as_str()) || last.get(&key) == Some(index)
    };
    lines.into_iter().enumerate().filter(holds).map(|(_, line)| line).collect()
}

/// What a layer says, each with its place.
fn show_layer(layer: &Layer, source: &Source, lines: &mut Vec<(String, String)>) {
    let names =
        |names: &[Said<String>]| names.iter().map(|name| format!("{:?}", name.value)).collect::<Vec<_>>().join(", ");
    let mut say = |said: String, span: Span| lines.push((said, line(source, span)));
    if let Some(select) = &layer.select {
        let span = select.first().map_or(Span::empty(0), |first| first.span);
        say(format!("select = [{}]", names(select)), span);
    }
    if let Some(first) = layer.ignore.first() {
        say(format!("ignore = [{}]", names(&layer.ignore)), first.span);
    }
    if let Some(pedantic) = &layer.pedantic {
        say(format!("pedantic = {}", pedantic.value), pedantic.span);
    }
    if let Some(required) = &layer.require_reason {
        say(format!("require-reason = {}", required.value), required.span);
    }
    if let Some(version) = &layer.kubernetes_version {
        say(format!("kubernetes-version = \"{}\"", version.value), version.span);
    }
    if let Some(zone) = &layer.controller_time_zone {
        say(format!("controller-time-zone = \"{}\"", zone.value.name()), zone.span);
    }
    if let Some(least) = &layer.min_severity {
        say(format!("min-severity = \"{}\"", least.value.name()), least.span);
    }
    if let Some(first) = layer.values.first() {
        say(format!("values = [{}]", names(&layer.values)), first.span);
    }
    for setting in &layer.settings {
        say(format!("set = [{:?}]", setting.value.written()), setting.span);
    }
    for Limit { rule, parameter, value, span, .. } in &layer.limits {
        say(format!("rules.{}.{} = {}", rule.name, parameter.name, parameter.in_toml(*value)), *span);
    }
    for assumption in &layer.assumptions {
        say(assumption.in_toml(), assumption.span);
    }
    for (name, severity) in &layer.severity {
        say(format!("severity.{} = \"{}\"", name.value, severity.name()), name.span);
    }
}

fn line(source: &Source, span: Span) -> String {
    format!("{}:{}", source.name(), Lines::new(source.text()).position(span.start).line)
}
