//! Reads the scripts of the objects of a text: those in command lines, and those in ConfigMaps of the text that a pod mounts
//! and runs.

use std::cell::OnceCell;

use super::config_maps::{Answer, ConfigMaps, Entry};
use super::script::{Read, RunFile, Scripts};
use super::{Analysis, Mounted, Mounts, Process, Subject};
use crate::command::{self, Flow, Known, Operand, Role, Start, Text};
use crate::hash::HashSet;
use crate::k8s::objects::{Each as _, Volume};
use crate::text::Span;

/// So many bytes are read of volumes and files beyond the length of the text itself: many objects may run one.
const MORE: usize = 1 << 18;
/// Files that one container runs, or may run. People stay below ten.
const MOST_FILES: usize = 64;

/// Reads scripts, object by object.
#[derive(Debug)]
pub(crate) struct ScriptReader<'a> {
    analysis: &'a Analysis,
    maps: OnceCell<ConfigMaps<'a>>,
    /// The texts that were read in the document with that number, where many aliases may stand for one.
    before: (usize, HashSet<u32>),
    /// How many bytes of files may still be read.
    left: usize,
}

/// A call of a file.
struct Call {
    path: String,
    /// The shell that reads it; `None` where the file itself says which one.
    start: Option<Start>,
    /// The seconds that it has, and in how many scripts it stands.
    limit: Option<u64>,
    depth: usize,
    at: Span,
}

impl<'a> ScriptReader<'a> {
    pub(crate) fn new(analysis: &'a Analysis) -> Self {
        let left = analysis.source().text().len() + MORE;
        Self { analysis, maps: OnceCell::new(), before: Default::default(), left }
    }

    /// The scripts of an object, which take longer to read than all else.
    pub(crate) fn read<'s>(&mut self, subject: &Subject<'s>) -> Scripts<'s>
    where
        'a: 's,
    {
        let mut scripts = Scripts::default();
        if !cfg!(feature = "commands") {
            return scripts;
        }
        let document = subject.manifest.document.index;
        if self.before.0 != document {
            self.before = (document, HashSet::default());
        }
        let files = OnceCell::new();
        for process in &subject.containers {
            let first = scripts.read.len();
            self.told(process, &mut scripts);
            if process.volume_mounts().is_some()
                && let Some(files) = files.get_or_init(|| Files::of(subject))
            {
                self.run(process, files, first, &mut scripts);
            }
        }
        scripts
    }

    /// The script that a command line gives a shell, and those that are given to others within.
    fn told<'s>(&mut self, process: &Process<'s>, scripts: &mut Scripts<'s>) {
        let Some(start) = process.argv.shell() else { return };
        let Operand::Script(at) = start.operand else { return };
        let Some((value, text)) = process.argv.item(at) else { return };
        if value.document().has_aliases && !self.before.1.insert(value.id()) {
            return;
        }
        let set: HashSet<&str> =
            process.env().each().filter_map(|(_, variable)| Some(variable.value.name()?.value)).collect();
        let text = Text::expanded(text, |name| set.contains(name));
        if let Some(script) = command::Script::read(text, &start) {
            scripts.read.extend(Read::with_inner(script, value, process.field));
        }
    }

    /// The files that a container runs, by its command line, by its scripts, and by files that it runs.
    fn run<'s>(&mut self, process: &Process<'s>, files: &Files<'s>, first: usize, scripts: &mut Scripts<'s>)
    where
        'a: 's,
    {
        let (mut seen, mut next, mut left) = (HashSet::default(), first, MOST_FILES);
        let mut calls: Vec<Call> = Call::of_container(process).into_iter().collect();
        loop {
            left = left.saturating_sub(calls.len());
            for call in calls.drain(..) {
                let Some(mounted) = files.mounts.at(&call.path, process.field.value) else { continue };
                scripts.seeks_files = true;
                match self.file(&mounted, files) {
                    Some(Answer::Has(entry)) => {
                        if seen.insert((entry.value.document().index, entry.value.id())) {
                            self.open(entry, &call, process, scripts);
                        }
                    }
                    Some(Answer::Unknown) => scripts.runs_others = true,
                    Some(Answer::HasNot) | None => {}
                }
            }
            let Some(read) = scripts.read.get(next).filter(|_| left > 0) else { return };
            calls.extend(Call::all_in(read).into_iter().take(left));
            next += 1;
        }
    }

    fn file<'s>(&mut self, mounted: &Mounted<'s>, files: &Files<'s>) -> Option<Answer<'s>>
    where
        'a: 's,
    {
        self.left = self.left.checked_sub(mounted.volume.span.len() as usize)?;
        Some(self.maps.get_or_init(|| ConfigMaps::of(self.analysis)).file(files.namespace, mounted))
    }

    fn open<'s>(
        &mut self,
        Entry { map, key, value }: Entry<'s>,
        call: &Call,
        process: &Process<'s>,
        scripts: &mut Scripts<'s>,
    ) -> Option<()> {
        let text = value.as_str()?;
        let start = call.start.or_else(|| command::interpreter(text))?;
        self.left = self.left.checked_sub(text.len())?;
        scripts.files.push(RunFile { map, key, value, container: process.field, run: call.at });
        let read = command::Script::read(Text::written(text), &start)?;
        let script = command::Script { limit: read.limit.or(call.limit), depth: call.depth, ..read };
        scripts.read.extend(Read::with_inner(script, value, process.field));
        Some(())
    }
}

/// Where the containers of a pod may have files of ConfigMaps.
struct Files<'a> {
    mounts: Mounts<'a>,
    namespace: Option<&'a str>,
}

impl<'a> Files<'a> {
    /// Those of an object; nothing where no volume can have one.
    fn of(subject: &Subject<'a>) -> Option<Self> {
        let mounts = Mounts::of(subject.pod?.value);
        let holds_files = |volume: Volume<'_>| volume.config_map().is_some() || volume.projected().is_some();
        mounts.have(holds_files).then_some(Self { mounts, namespace: subject.manifest.namespace() })
    }
}

impl Call {
    /// The file that a container's command line runs.
    fn of_container(process: &Process<'_>) -> Option<Self> {
        let argv = &process.argv;
        let (at, call) = Self::in_words(argv.known())?;
        // Without `command`, the words are told to a program that the image names, unless that is known to run them.
        if call.start.is_none() && argv.program().is_none() {
            return None;
        }
        let folder = process.working_dir().map(|folder| folder.value.trim_end_matches('/'));
        let path = match (call.path.starts_with('/'), folder) {
            (true, _) => call.path,
            (false, Some(folder)) => format!("{folder}/{}", call.path.trim_start_matches("./")),
            (false, None) => return None,
        };
        Some(Self { path, at: argv.words().get(at)?.span(), ..call })
    }

    /// The files that a script runs so that their failures are its own.
    fn all_in(read: &Read<'_>) -> Vec<Self> {
        let script = &read.script;
        if !script.text.as_str().contains('/') {
            return Vec::new();
        }
        let flow = Flow::of(script);
        let counting = flow.runs.iter().filter(|run| matches!(run.role, Role::Ends | Role::Decides));
        let calls = counting.filter_map(|run| {
            let simple = run.pipeline.stages.last()?.simple()?;
            let (at, call) = Self::in_words(&script.words(simple)).filter(|(_, call)| call.path.starts_with('/'))?;
            let at = read.span(simple.words.get(at)?.place);
            // What decides how a script ends is how that ends which runs it.
            let depth = script.depth + usize::from(run.role != Role::Decides);
            Some(Self { at, depth, limit: call.limit.or(script.limit), ..call })
        });
        calls.take(MOST_FILES).collect()
    }

    /// The file that a command line runs, by a shell or itself, and the word that names it.
    fn in_words(words: &[Known<'_>]) -> Option<(usize, Self)> {
        let (program, limit) = command::program(words);
        let start = command::shell(words);
        let at = match start.map(|start| start.operand) {
            Some(Operand::File(at)) => at,
            Some(_) => return None,
            None => program,
        };
        let path = words.get(at)?.as_deref().filter(|path| start.is_some() || path.contains('/'))?;
        let limit = start.and_then(|start| start.limit).or(limit);
        let call = Self { path: path.to_owned(), start, limit, depth: 0, at: Span::empty(0) };
        (!path.contains('$')).then_some((at, call))
    }
}
