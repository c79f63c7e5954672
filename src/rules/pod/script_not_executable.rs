//! `script-not-executable`

use crate::analysis::{Mounts, Process};
use crate::diagnostic::Fix;
use crate::k8s::objects::{Each as _, Field, KeyToPath, List, PodSpec, Slot, Volume};
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::yaml::{New, Value};

pub(crate) static RULE: Rule = Rule::new(page!("pod/script-not-executable"), Check::Pod(check));

/// What files have whose volume does not say: pkg/apis/core/v1/defaults.go, SetDefaults_ConfigMapVolumeSource.
const DEFAULT: i32 = 0o644;

/// The files of a ConfigMap or Secret, as a volume has them.
struct Files<'a> {
    kind: &'static str,
    name: &'a str,
    mode: Option<Field<'a, i32>>,
    slots: (Slot<'a>, Slot<'a>),
    items: Option<Field<'a, List<'a, KeyToPath<'a>>>>,
}

fn check(pod: Within<'_, PodSpec<'_>>, findings: &mut Findings<'_>) {
    let mounts = Mounts::of(*pod);
    for container in pod.object.containers.iter().filter(|_| !mounts.is_empty()) {
        check_container(container, &mounts, findings);
    }
}

fn check_container(container: &Process<'_>, mounts: &Mounts<'_>, findings: &mut Findings<'_>) {
    let Some((word, path)) = run_directly(container) else { return };
    let Some(mounted) = mounts.at(path, **container) else { return };
    let Some(files) = files(mounted.volume.value) else { return };
    let file = &*mounted.path;
    // Without `items`, there are keys and no folders.
    if files.items.is_none() && file.contains('/') {
        return;
    }
    let own = files.items.each().find(|(_, item)| item.value.path().is_some_and(|path| path.value == file));
    let own = own.and_then(|(_, item)| item.value.mode());
    let mode = own.or(files.mode).map_or(DEFAULT, |mode| mode.value);
    if mode & 0o111 != 0 {
        return;
    }

    let message = format!("`{path}` comes from {} `{}` with mode {mode:04o}: it cannot be run", files.kind, files.name);
    let help = format!("set `defaultMode: 0755` on the volume, or let a shell read it: `command: [sh, {path}]`");
    let (slot, beside) = files.slots;
    let change = match (own, files.mode) {
        (None, Some(mode)) => Some(mode.raw.set(New::Plain("0755"))),
        (None, None) => slot.insert_before(beside, New::Plain("0755")),
        (Some(_), _) => None,
    };
    let reported = findings.report(word.span(), message).help(help);
    reported.fix(change.map(|change| Fix::unsafe_("write `defaultMode: 0755`", change)));
}

/// The file that is the program: the first word of `command`, or of a script that is no more than its call.
fn run_directly<'a>(container: &Process<'a>) -> Option<(Value<'a>, &'a str)> {
    let argv = &container.argv;
    let has_command = container.command().is_some_and(|command| !command.value.is_empty());
    let word = match argv.script() {
        Some(script) => script,
        None => *argv.words().first().filter(|_| has_command)?,
    };
    let text = word.as_str()?.trim();
    let path = match argv.script() {
        Some(_) if text.contains(['\n', ';', '&', '|']) => return None,
        Some(_) => text.strip_prefix("exec ").unwrap_or(text).split_whitespace().next()?,
        None => text,
    };
    (path.starts_with('/') && !path.contains('$')).then_some((word, path))
}

fn files<'a>(volume: Volume<'a>) -> Option<Files<'a>> {
    if let Some(map) = volume.config_map() {
        let (map, slots) = (map.value, map.value.slots());
        return Some(Files {
            kind: "ConfigMap",
            name: map.name()?.value,
            mode: readable(map.default_mode(), slots.default_mode())?,
            slots: (slots.default_mode(), slots.name()),
            items: map.items(),
        });
    }
    let secret = volume.secret()?.value;
    let slots = secret.slots();
    Some(Files {
        kind: "Secret",
        name: secret.secret_name()?.value,
        mode: readable(secret.default_mode(), slots.default_mode())?,
        slots: (slots.default_mode(), slots.secret_name()),
        items: secret.items(),
    })
}

/// The mode, if it is one or there is none.
fn readable<'a>(mode: Option<Field<'a, i32>>, slot: Slot<'a>) -> Option<Option<Field<'a, i32>>> {
    (mode.is_some() || !slot.is_set()).then_some(mode)
}
