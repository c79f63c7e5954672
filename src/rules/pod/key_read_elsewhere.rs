//! `key-read-elsewhere`

use crate::analysis::{Carried, Carrier, Home, Homes, KnownKey, Subject, known_key};
use crate::diagnostic::Fix;
use crate::k8s::Resource;
use crate::rule::{Check, Findings, Rule, page};
use crate::text::Span;
use crate::yaml::{Change, Value};

pub(crate) static RULE: Rule = Rule::new(page!("pod/key-read-elsewhere"), Check::Manifest(check));

/// Keys of one map that one program reads from one other place.
struct Unread<'a> {
    first: &'static KnownKey,
    from: Carried<'a>,
    keys: Vec<(&'a str, Span)>,
}

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let all = Carried::all(subject);
    let is_read = |key: &str, known: &KnownKey| {
        all.iter().any(|one| known.is_read_from(*one) && one.map.value.get(key).is_some())
    };
    for from in all.iter().copied() {
        let mut unread: Vec<Unread<'_>> = Vec::new();
        for (key, field) in from.map.value.iter() {
            let Some(known) = known_key(key).filter(|known| !is_read(key, known)) else { continue };
            match unread.iter_mut().find(|group| group.is_read_with(known)) {
                Some(group) => group.keys.push((key, field.key)),
                None => unread.push(Unread { first: known, from, keys: vec![(key, field.key)] }),
            }
        }
        unread.iter().for_each(|group| group.report(subject, findings));
    }
}

impl Unread<'_> {
    fn is_read_with(&self, known: &KnownKey) -> bool {
        self.first.reader == known.reader
            && self.first.carriers == known.carriers
            && match (&self.first.homes, &known.homes) {
                (Homes::These(own), Homes::These(other)) => own == other,
                (Homes::OfKind(own), Homes::OfKind(other)) => own == other,
                _ => false,
            }
    }

    fn report(&self, subject: &Subject<'_>, findings: &mut Findings<'_>) {
        let (known, (key, at)) = (self.first, self.keys[0]);
        let keys = match self.keys.len() {
            1 => format!("`{key}`"),
            2 => format!("`{key}` and another key"),
            count => format!("`{key}` and {} other keys", count - 1),
        };
        let carrier = self.carrier();
        let here = name(self.from.homes[0], subject);
        let there = match &known.homes {
            Homes::These(homes) if homes.iter().any(|home| self.from.homes.contains(home)) => None,
            Homes::These(homes) => Some(name(homes[0], subject)),
            Homes::OfKind(kind) => Some(*kind),
            Homes::Any => return,
        };
        let (read, own) = (carrier.field(), self.from.carrier.field());
        let message = match there {
            Some(there) if carrier == self.from.carrier => {
                format!("{} reads {keys} from the {read} of {there}, and not from those of {here}", known.reader)
            }
            Some(there) => {
                format!("{} reads {keys} from the {read} of {there}, and not from the {own} of {here}", known.reader)
            }
            None => format!("{} reads {keys} from the {read} of {here}, and not from the {own}", known.reader),
        };
        let mut reported = findings.report(at, message).fix(self.fix(subject));
        for (_, other) in &self.keys[1..] {
            reported = reported.label(*other, "so is this one");
        }
        if let Some(help) = self.help(subject) {
            reported.help(help);
        }
    }

    /// What the keys belong into: the same map, if the program reads that one.
    fn carrier(&self) -> Carrier {
        let carriers = &self.first.carriers;
        if carriers.contains(&self.from.carrier) { self.from.carrier } else { carriers[0] }
    }

    fn help(&self, subject: &Subject<'_>) -> Option<String> {
        let them = if self.keys.len() == 1 { "it" } else { "them" };
        let mend = match &self.first.homes {
            Homes::These(homes) => {
                format!("move {them} to `{}.{}`", path(homes[0], subject), self.carrier().field())
            }
            Homes::OfKind(kind) => format!("write {them} on the {kind} that the pods run as"),
            Homes::Any => return None,
        };
        let unread = self.first.unread;
        Some(if unread.is_empty() { mend } else { format!("{mend}: as it stands, {unread}") })
    }

    /// Moves the keys, with the whole map where they are all that is in it.
    fn fix(&self, subject: &Subject<'_>) -> Option<Fix> {
        let Homes::These(homes) = &self.first.homes else { return None };
        let (target, mut through) = target(homes[0], subject)?;
        let (map, field) = (self.from.map.raw, self.carrier().field());
        let own = self.from.carrier.field();
        let there = if through.is_empty() { target.get(field) } else { None };
        let entry = |key: &str| map.entries().find(|entry| entry.key == key);
        let change = match (there, &self.keys[..]) {
            (None, keys) if keys.len() == map.entries().len() && field == own => {
                self.from.metadata.move_out_to(self.from.metadata.get(own)?, target, &through)
            }
            (Some(there), [(key, _)]) => map.move_out_to(entry(key)?, there.value, &[]),
            (None, [(key, _)]) => {
                through.push(field);
                map.move_out_to(entry(key)?, target, &through)
            }
            (Some(there), keys) => {
                let moves: Option<Vec<Change>> =
                    keys.iter().map(|(key, _)| Some(map.move_to(entry(key)?, there.value, &[]))).collect();
                Change::all(moves?)
            }
            (None, _) => return None,
        };
        Some(Fix::unsafe_(format!("move to `{}.{field}`", path(homes[0], subject)), change))
    }
}

/// The metadata of a home; where there are none, what they are to be in, and the key to make.
fn target<'a>(home: Home, subject: &Subject<'a>) -> Option<(Value<'a>, Vec<&'static str>)> {
    let root = subject.manifest.root;
    let owner = match home {
        Home::Object => root,
        Home::Job if !subject.is(Resource::CronJob) => root,
        Home::Job => subject.cron_job?.value.job_template()?.raw,
        Home::Pod => subject.job?.value.template()?.raw,
    };
    Some(match owner.get("metadata") {
        Some(metadata) => (metadata.value, Vec::new()),
        None => (owner, vec!["metadata"]),
    })
}

fn name(home: Home, subject: &Subject<'_>) -> &'static str {
    match home {
        Home::Object if subject.is(Resource::CronJob) => "the CronJob",
        Home::Job if subject.is(Resource::CronJob) => "the CronJob's Jobs",
        Home::Object | Home::Job => "the Job",
        Home::Pod => "the pods",
    }
}

fn path(home: Home, subject: &Subject<'_>) -> &'static str {
    match (home, subject.is(Resource::CronJob)) {
        (Home::Object, _) | (Home::Job, false) => "metadata",
        (Home::Job, true) => "spec.jobTemplate.metadata",
        (Home::Pod, false) => "spec.template.metadata",
        (Home::Pod, true) => "spec.jobTemplate.spec.template.metadata",
    }
}
