//! `batchlint diff OLD NEW`

use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::amount::Length;
use super::configuration::{self, Configurations, Faults};
use super::instant::{FORMS, Moment};
use super::reading::Reading;
use super::zone::zone;
use super::{Status, complain, complain_of, surroundings};
use crate::analysis::{Analysis, Settings, analyse};
use crate::change::{Change, Question, changes};
use crate::config::{Layer, Said};
use crate::files::{self, Before};
use crate::k8s::Version;
use crate::render::change::{json, markdown, text};
use crate::render::{Look, STDIN};
use crate::schedule::{INSTANTS, Instant, Zone};
use crate::text::Source;

/// Say what a change of manifests does: what the API server answers to `kubectl apply`, and what happens then
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{FORMS}\n\n{EXAMPLES}"))]
pub(super) struct Args {
    /// What was applied, and what is to be: files, folders, or `-` for standard input; with --since what is looked at, all
    /// that is here without it
    #[arg(value_name = "OLD NEW", num_args = 0..)]
    paths: Vec<PathBuf>,

    /// What changed since this revision of git, or more exactly since the newest commit that HEAD and the revision have in
    /// common
    #[arg(long, value_name = "REV")]
    since: Option<String>,

    #[command(flatten)]
    reading: Reading,

    /// The Kubernetes version whose API server is asked; the newest where nothing says it
    #[arg(long, value_name = "VERSION")]
    kubernetes_version: Option<Version>,

    /// The zone of the CronJob controller, in which schedules without `timeZone` are read; else UTC is assumed
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    controller_time_zone: Option<Zone>,

    #[command(flatten)]
    configuration: configuration::Arguments,

    /// Jobs of which no status is told have not started yet; without it, those that are not suspended have
    #[arg(long)]
    not_started: bool,

    /// When it is applied, on your clock
    #[arg(long, value_name = "TIME", default_value = "now", allow_hyphen_values = true)]
    from: Moment,

    /// How far runs are compared: 90m, 24h, 7d, 2w
    #[arg(long = "for", value_name = "LENGTH", default_value = "7d", allow_hyphen_values = true)]
    length: Length,

    /// What makes the exit status 1
    #[arg(long, value_name = "WHAT", value_enum, default_value_t)]
    fail_on: FailOn,

    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  batchlint diff old.yaml new.yaml
  kubectl get job migrate -o yaml | batchlint diff - new.yaml
  batchlint diff --since origin/main jobs/ --format markdown
  helm template . | batchlint diff released.yaml -

Exit status:
  0  nothing that --fail-on names
  1  something is refused, or happens at once
  2  wrong use, or something could not be read
  3  a bug in batchlint";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum FailOn {
    /// What the server refuses, and what happens as soon as it is applied
    #[default]
    AtOnce,
    /// What the server refuses
    Refused,
    /// Nothing
    Never,
}

impl FailOn {
    fn names(self, change: &Change) -> bool {
        match self {
            Self::AtOnce => !change.accepted || !change.at_once.is_empty(),
            Self::Refused => !change.accepted,
            Self::Never => false,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// Object by object, for people
    #[default]
    Text,
    /// One JSON object, for programs
    Json,
    /// A table in Markdown, for comments
    Markdown,
}

pub(super) fn run(args: &Args, look: Look, out: &mut dyn io::Write) -> io::Result<Status> {
    let zone = surroundings::zone().unwrap_or(Zone::utc());
    let (from, note) = args.from.at(zone);
    note.iter().for_each(|note| complain(note));
    let until = from + args.length.0;
    if until > INSTANTS.end {
        complain("--for leads beyond the year 9999, in which time ends here");
        return Ok(Status::Failed);
    }
    let Sides { old, new, status } = match args.sides(from) {
        Ok(sides) => sides,
        Err(faults) => {
            faults.iter().for_each(|fault| complain(fault));
            return Ok(Status::Failed);
        }
    };
    let only_changed = args.since.is_some();
    let question = Question { from, until, not_started: args.not_started, only_changed };
    let changes = changes(&old, &new, &question);
    match args.format {
        Format::Text => text::write(&changes, look, out)?,
        Format::Json => json::write(&changes, out)?,
        Format::Markdown => markdown::write(&changes, out)?,
    }
    let found = changes.iter().any(|change| args.fail_on.names(change));
    Ok(status.max(if found { Status::Found } else { Status::Clean }))
}

/// What there was and what there is.
struct Sides {
    old: Vec<Analysis>,
    new: Vec<Analysis>,
    status: Status,
}

impl Args {
    fn sides(&self, now: Instant) -> Result<Sides, Faults> {
        let layer = Layer {
            kubernetes_version: self.kubernetes_version.map(Said::aside),
            controller_time_zone: self.controller_time_zone.map(Said::aside),
            ..Layer::default()
        };
        let mut configurations = Configurations::new(&self.configuration, Settings::at(now), layer)?;
        if let Some(revision) = &self.since {
            return self.since(revision, &mut configurations);
        }
        let [old, new] = &self.paths[..] else {
            return Err(vec![
                "two are compared: the old files and the new ones, or --since with a revision".to_owned(),
            ]);
        };
        if [old, new].iter().all(|path| path.as_os_str() == "-") {
            return Err(vec!["only one of the two can come by standard input".to_owned()]);
        }
        let (old, first) = self.below(old, &mut configurations)?;
        let (new, second) = self.below(new, &mut configurations)?;
        Ok(Sides { old, new, status: first.max(second) })
    }

    /// All that can be read below a path; of the rest, it is complained.
    fn below(&self, path: &Path, configurations: &mut Configurations<'_>) -> Result<(Vec<Analysis>, Status), Faults> {
        let (mut read, mut status) = (Vec::new(), Status::Clean);
        for input in configurations.find(&[path.to_owned()], STDIN, None)? {
            let done = input.and_then(|input| Ok((files::read(&input, self.reading.max_file_size)?, input)));
            match done {
                Ok((source, input)) => {
                    if let Some(config) = configurations.of_wanted(input.path(), input.is_named())? {
                        read.push(analyse(source, config.settings()));
                    }
                }
                Err(error) => status = status.max(complain_of(&error)),
            }
        }
        Ok((read, status))
    }

    /// What changed in a repository, and what it was.
    fn since(&self, revision: &str, configurations: &mut Configurations<'_>) -> Result<Sides, Faults> {
        let fault = |why: String| vec![format!("--since {revision}: {why}")];
        let here = [PathBuf::from(".")];
        let paths = if self.paths.is_empty() { &here[..] } else { &self.paths };
        if paths.iter().any(|path| path.as_os_str() == "-") {
            return Err(fault("git knows nothing of standard input: give it files and folders".to_owned()));
        }
        let changed = files::changes(paths, revision).map_err(fault)?;
        let mut sides = Sides { old: Vec::new(), new: Vec::new(), status: Status::Clean };
        let mut settings = Vec::new();
        for input in configurations.find(paths, STDIN, Some(&changed))? {
            let done = input.and_then(|input| Ok((files::read(&input, self.reading.max_file_size)?, input)));
            match done {
                Ok((source, input)) => {
                    if let Some(config) = configurations.of_wanted(input.path(), input.is_named())? {
                        sides.new.push(analyse(source, config.settings()));
                        settings.push((input.path().to_owned(), *config.settings()));
                    }
                }
                Err(error) => sides.status = sides.status.max(complain_of(&error)),
            }
        }
        let read: Vec<&Path> = settings.iter().map(|(path, _)| &**path).collect();
        let before = changed.before(&read).map_err(fault)?;
        for ((path, settings), before) in settings.iter().zip(before) {
            if let Some(Before::Text(source)) = before {
                let name = format!("{revision}:{}", path.display());
                sides.old.push(analyse(Source::new(name, source.shared_text()), settings));
            }
        }
        for (path, source) in changed.gone(paths).map_err(fault)? {
            if let Some(config) = configurations.of_wanted(&path, false)? {
                let name = format!("{revision}:{}", path.display());
                sides.old.push(analyse(Source::new(name, source.shared_text()), config.settings()));
            }
        }
        Ok(sides)
    }
}
