//! `deletes-after-failure`

use super::failure_masked::{ONE_BY_ONE, errexit};
use crate::analysis::{Mounts, Script};
use crate::command::{Call, Command, Item, Join, Kind, List, Pipeline, Role, Script as Read, Word};
use crate::hash::HashSet;
use crate::k8s::objects::Volume;
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("command/deletes-after-failure"), Check::Script(check));

fn check(script: Within<'_, Script<'_>>, findings: &mut Findings<'_>) {
    let read = script.read;
    // In most scripts nothing fails unnoticed, or nothing is taken away.
    let may_take_away = TAKE_AWAY.iter().any(|name| read.text.as_str().contains(name));
    if !may_take_away || !script.flow.runs.iter().any(|run| run.role == Role::Lost) {
        return;
    }
    let Some(pod) = script.object.pod else { return };
    let look = Look::of(&script, Mounts::of(pod.value));
    let mut found = Vec::new();
    look.list(&read.list, &mut found);
    read.list.walk(&mut |command| command.each_list(&mut |list| look.list(list, &mut found)));
    for Deletion { failing, command, lost } in found {
        findings
            .report(
                script.span(failing.place),
                format!(
                    "where `{}` fails, the script goes on, and `{}` {lost}",
                    failing.name,
                    read.brief(command.place)
                ),
            )
            .label(script.span(command.place), "this is done all the same")
            .help(errexit(read, &script.flow).unwrap_or_else(|| ONE_BY_ONE.to_owned()));
    }
}

/// What a script takes away although the command before it failed.
struct Deletion<'s> {
    failing: Call<'s>,
    command: &'s Command,
    lost: &'static str,
}

struct Look<'l, 's> {
    script: &'l Script<'s>,
    mounts: Mounts<'s>,
    /// The work whose failure is lost.
    failing: HashSet<*const Pipeline>,
    /// Where the last work begins.
    last_work: u32,
}

impl<'l, 's> Look<'l, 's> {
    fn of(script: &'l Script<'s>, mounts: Mounts<'s>) -> Self {
        let mut look = Self { script, mounts, failing: HashSet::default(), last_work: 0 };
        for run in &script.flow.runs {
            let Some(call) = script.flow.work(script.read, run) else { continue };
            look.last_work = look.last_work.max(call.place.start);
            let only_prepares = PREPARES.contains(&call.name) || call.name.starts_with("mkfs");
            if run.role == Role::Lost && run.variable.is_none() && !only_prepares {
                look.failing.insert(std::ptr::from_ref(run.pipeline));
            }
        }
        look
    }

    /// Commands of a list whose failure nobody looks at before something is taken away.
    fn list(&self, list: &'l List, found: &mut Vec<Deletion<'l>>) {
        let mut failing: Option<Call<'l>> = None;
        for item in &list.items {
            let Some(command) = self.always_run(item) else {
                failing = None;
                continue;
            };
            if let Some(call) = failing
                && let Some(lost) = self.lost(command)
            {
                found.push(Deletion { failing: call, command, lost });
                return;
            }
            let last = item.rest.last().map_or(&item.first, |(_, pipeline)| pipeline);
            if self.failing.contains(&std::ptr::from_ref(last)) {
                failing = self.script.read.last_call(last);
            }
        }
    }

    /// The command that an item comes to in any case; `None` where it may look at what was before, or end the script.
    fn always_run(&self, item: &'l Item) -> Option<&'l Command> {
        let read = self.script.read;
        let last = item.rest.last().map_or(&item.first, |(_, pipeline)| pipeline);
        let command = last.stages.last().filter(|_| !item.in_background && !last.negated)?;
        let call = read.called(command);
        let is_step = matches!(command.kind, Kind::Simple(_))
            && !call.is_some_and(|call| {
                matches!(
                    call.name,
                    "exit" | "return" | "break" | "continue" | "false" | "kill" | "[" | "test" | "exec" | ""
                ) || self.script.flow.functions.contains_key(call.name)
            });
        let prints =
            |command: &Command| read.called(command).is_some_and(|call| matches!(call.name, "echo" | "printf"));
        let mut before = item.pipelines().take(item.rest.len()).flat_map(|pipeline| &pipeline.stages);
        let is_joined = item.rest.iter().all(|(join, _)| *join == Join::And) && before.all(prints);
        (is_step && is_joined).then_some(command)
    }

    /// What a command takes away for good, in words.
    fn lost(&self, command: &Command) -> Option<&'static str> {
        let read = self.script.read;
        let call = read.called(command)?;
        TAKE_AWAY.iter().find(|name| call.name.starts_with(**name))?;
        let words: Vec<&str> = call.words[1..].iter().map(|word| read.str(word.place)).collect();
        let has = |wanted: &dyn Fn(&str) -> bool| words.iter().any(|word| wanted(word));
        let drops = |word: &str| {
            let word = word.to_ascii_uppercase();
            ["DROP DATABASE", "DROP SCHEMA", "DROP TABLE", "TRUNCATE TABLE"].iter().any(|what| word.contains(what))
        };
        match call.name {
            // At the end it cleans up; what is filled anew behind it was to be replaced.
            "rm" if is_recursive(&words) && self.last_work > command.place.end => {
                let mut targets = call.words[1..].iter().filter(|word| !read.str(word.place).starts_with('-'));
                targets.any(|target| self.is_kept(read, target)).then_some("deletes what was there")
            }
            "blkdiscard" | "wipefs" => Some("empties the device"),
            "dd" if has(&|word| word.starts_with("of=/dev/")) => Some("overwrites the device"),
            "dropdb" => Some("drops the database"),
            "psql" | "mysql" | "mariadb" if has(&drops) => Some("drops what was there"),
            "rsync" if has(&|word| word.starts_with("--delete")) => Some("deletes what is not there any more"),
            "aws" if has(&|word| word == "sync") && has(&|word| word == "--delete") => {
                Some("deletes what is not there any more")
            }
            name if name.starts_with("mkfs") => Some("makes a new file system"),
            _ => None,
        }
    }

    /// Whether a path is on a volume that stays when the pod goes, and called like nothing that may go.
    fn is_kept(&self, read: &Read<'_>, target: &Word) -> bool {
        let path = read.str(target.place).trim_matches(['"', '\'']);
        let lower = path.to_ascii_lowercase();
        let may_go = ["tmp", "temp", "cache", "lock", "log", "old", "bak", "pid", "lost+found"];
        let stays = |volume: Volume<'_>| {
            volume.persistent_volume_claim().is_some() || volume.nfs().is_some() || volume.host_path().is_some()
        };
        let mounted = self.mounts.at(path, self.script.container.value);
        mounted.is_some_and(|mounted| stays(mounted.volume.value)) && !may_go.iter().any(|word| lower.contains(word))
    }
}

/// How the names begin of what takes something away; of others nothing is known.
const TAKE_AWAY: [&str; 11] =
    ["rm", "blkdiscard", "wipefs", "dd", "dropdb", "psql", "mysql", "mariadb", "rsync", "aws", "mkfs"];

/// What the rest of a script may do without, or fails without; or what wipes a disk as the next step does.
const PREPARES: [&str; 22] = [
    "apk",
    "apt",
    "apt-get",
    "dnf",
    "microdnf",
    "npm",
    "pip",
    "pip3",
    "yum",
    "blkdiscard",
    "dd",
    "dmsetup",
    "fdisk",
    "lvremove",
    "parted",
    "partprobe",
    "pvremove",
    "sfdisk",
    "sgdisk",
    "swapoff",
    "vgremove",
    "wipefs",
];

fn is_recursive(words: &[&str]) -> bool {
    let is_short = |word: &&str| word.starts_with('-') && !word.starts_with("--") && word.contains(['r', 'R']);
    words.iter().any(|word| *word == "--recursive" || is_short(word))
}
