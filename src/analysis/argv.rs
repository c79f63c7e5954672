//! What a container runs, word by word: `command` and `args`, which no shell reads unless it is one of the words.

use std::borrow::Cow;

use crate::command::{self, Known, Operand, Shell, Start, base_name};
use crate::k8s::objects::Container;
use crate::schedule::Seconds;
use crate::yaml::Value;

/// The words of a container's command line as Kubernetes hands them to the runtime.
#[derive(Debug, Clone)]
pub struct Argv<'a> {
    words: Vec<Value<'a>>,
    known: Vec<Known<'a>>,
    shell: Option<Start>,
    /// Whether the first word is the program: without `command`, most images say themselves which one it is.
    has_program: bool,
    /// The image is a bare system: without a command line it starts a shell, which finds nothing to read and ends.
    is_bare: bool,
}

impl<'a> Argv<'a> {
    /// The command line of a container.
    #[must_use]
    pub fn of(container: Container<'a>) -> Self {
        let lists = [container.command(), container.args()];
        let is_bare = container.image().is_some_and(|image| is_bare(image.value));
        let has_program = is_bare || lists[0].is_some_and(|command| !command.value.is_empty());
        let items = lists.into_iter().flatten().flat_map(|list| list.value.iter().map(|(_, word)| word.raw));
        let (words, known) = command::split_by_env(items.map(|word| (word, word.as_str().map(Cow::Borrowed))));
        // An image that is told to run a shell has no program of its own, or one that runs what it is told.
        let is_shell = |word: &str| word.starts_with('/') && Shell::named(word).is_some();
        let has_program = has_program || words.first().and_then(|word| word.as_str()).is_some_and(is_shell);
        let shell = command::shell(&known);
        Self { words, known, shell, has_program, is_bare }
    }

    /// The items that its words are written in, in order, those of `command` first: an item that `env -S` splits is there
    /// as often as it has words.
    #[must_use]
    pub fn words(&self) -> &[Value<'a>] {
        &self.words
    }

    /// The word with that number, if it is the whole text of an item.
    #[must_use]
    pub fn item(&self, at: usize) -> Option<(Value<'a>, &'a str)> {
        match self.known.get(at)? {
            Some(Cow::Borrowed(text)) => Some((*self.words.get(at)?, text)),
            _ => None,
        }
    }

    /// The program's name without its folder; `None` where the image says which one it is.
    #[must_use]
    pub fn program(&self) -> Option<&'a str> {
        self.words.first().filter(|_| self.has_program)?.as_str().map(base_name)
    }

    /// Whether a program of that name is called by one of the words, as far as no shell hides it.
    #[must_use]
    pub fn calls(&self, program: &str) -> bool {
        let is_name = |word: &str| base_name(word) == program;
        self.words.iter().filter_map(|word| word.as_str()).any(is_name)
    }

    /// Whether the image holds a system and no program of its own, and so no entry point: what runs is the words alone.
    #[must_use]
    pub fn has_bare_image(&self) -> bool {
        self.is_bare
    }

    /// Whether the container plainly ends by itself and at once: it only prints something, or is a shell that is told
    /// nothing.
    #[must_use]
    pub fn ends_at_once(&self) -> bool {
        self.takes() == Some(Seconds::new(0))
    }

    /// How long the container takes at the most, where that is plain: it does no more than print something and sleep for
    /// a known time.
    #[must_use]
    pub fn takes(&self) -> Option<Seconds> {
        if self.words.is_empty() {
            return self.is_bare.then_some(Seconds::new(0));
        }
        match self.script() {
            Some(script) => script.as_str()?.split(['\n', ';', '&', '|']).try_fold(Seconds::new(0), |sum, command| {
                let words: Vec<&str> = command.split_whitespace().collect();
                Some(
                    sum + words
                        .split_first()
                        .map_or(Some(Seconds::new(0)), |(path, rest)| takes(base_name(path), rest))?,
                )
            }),
            None => {
                let program = self.program()?;
                let rest: Vec<&str> = self.words[1..].iter().map(|word| word.as_str().unwrap_or_default()).collect();
                takes(program, &rest)
            }
        }
    }

    /// Whether it plainly ends well: it does no more than print something and sleep, and is told no other status.
    #[must_use]
    pub fn ends_well(&self) -> bool {
        let script = self.script().and_then(Value::as_str).unwrap_or_default();
        let mut commands = script.split(['\n', ';', '&', '|']).map(str::split_whitespace);
        let fails =
            commands.any(|mut words| words.next() == Some("exit") && words.next().is_some_and(|word| word != "0"));
        self.takes().is_some() && !fails
    }

    /// Its words as far as they are texts.
    #[must_use]
    pub fn known(&self) -> &[Known<'a>] {
        &self.known
    }

    /// How it starts a shell, if it does.
    #[must_use]
    pub fn shell(&self) -> Option<Start> {
        self.shell
    }

    /// The script that a shell is given with `-c`; `None` where the program is no shell, or reads its script elsewhere.
    #[must_use]
    pub fn script(&self) -> Option<Value<'a>> {
        match self.shell()?.operand {
            Operand::Script(at) => Some(self.item(at)?.0),
            _ => None,
        }
    }
}

/// Whether an image is a system without a program of its own, or one that only greets.
fn is_bare(image: &str) -> bool {
    let name = base_name(image).split([':', '@']).next().unwrap_or_default();
    let is_system =
        |word: &str| matches!(word, "busybox" | "alpine" | "debian" | "ubuntu" | "servercore" | "nanoserver");
    let is_kind = |word: &str| matches!(word, "test" | "slim" | "mini");
    name == "hello-world"
        || name.split('-').any(is_system) && name.split('-').all(|word| is_system(word) || is_kind(word))
}

/// How long a program takes that prints or sleeps.
fn takes(program: &str, words: &[&str]) -> Option<Seconds> {
    match (program, words) {
        ("sleep", [time]) => {
            let number = time.trim_end_matches(['s', 'm', 'h', 'd']);
            let unit = match &time[number.len()..] {
                "" | "s" => Seconds::new(1),
                "m" => Seconds::MINUTE,
                "h" => Seconds::HOUR,
                "d" => Seconds::DAY,
                _ => return None,
            };
            Some(unit * i64::from(number.parse::<u32>().ok()?))
        }
        ("pwsh" | "powershell", ["-Command" | "-c", script]) => {
            let number = script.strip_prefix("Start-Sleep")?.trim_start().trim_start_matches("-Seconds").trim();
            Some(Seconds::new(number.parse::<u32>().ok()?.into()))
        }
        // Told more, it may go on printing.
        ("nvidia-smi", []) => Some(Seconds::new(0)),
        _ => prints(program).then_some(Seconds::new(0)),
    }
}

/// Whether a program does no more than print what is at hand.
fn prints(program: &str) -> bool {
    matches!(
        program,
        "echo" | "date" | "printf" | "true" | ":" | "env" | "hostname" | "id" | "uname" | "whoami" | "exit"
    )
}

#[cfg(test)]
mod tests {
    use super::Argv;
    use crate::analysis::sample;
    use crate::schedule::Seconds;

    fn with<T>(container: &str, look: impl Fn(Argv<'_>) -> T) -> T {
        sample::container(container, |container| look(Argv::of(container)))
    }

    #[test]
    fn the_program_is_known_where_the_manifest_names_it() {
        let program = |container: &str| with(container, |argv| argv.program().map(str::to_owned));
        assert_eq!(program("command: [/usr/bin/pg_dump, a]").as_deref(), Some("pg_dump"));
        assert_eq!(program("args: [pg_dump]"), None);
        assert_eq!(program("command: [], args: [pg_dump]"), None);
        assert!(with("command: [timeout, '300', run]", |argv| argv.calls("timeout")));
        assert!(!with("command: [sh, -c, timeout 300 run]", |argv| argv.calls("timeout")));
    }

    #[test]
    fn what_only_prints_ends_at_once() {
        let ends =
            |container: &str, image: &str| with(&format!("{container}, image: '{image}'"), |argv| argv.ends_at_once());
        assert!(ends("command: [date]", "a"));
        assert!(ends("command: [/bin/sh, -c, 'date; echo Hello && true']", "a"));
        assert!(ends("name: a", "docker.io/library/busybox:1.35"));
        assert!(ends("args: [/bin/sh, -c, date; echo Hello]", "busybox"));
        assert!(ends("args: [/bin/sh, -c, date; echo Hello]", "registry.example.com/report:1"));
        assert!(!ends("args: [date]", "registry.example.com/report:1"));
        assert!(!ends("name: a", "registry.example.com/report:1"));
        assert!(!ends("name: a", "registry.example.com/report-alpine"));
        assert!(!ends("command: [sh, -c, 'date; curl http://a']", "a"));
        assert!(!ends("args: [--all]", "busybox"));
    }

    #[test]
    fn what_prints_and_sleeps_takes_a_known_time() {
        let takes = |container: &str| with(container, |argv| argv.takes().map(Seconds::get));
        assert_eq!(takes("command: [sleep, '30']"), Some(30));
        assert_eq!(takes("command: [sleep], args: [2m]"), Some(120));
        assert_eq!(takes("image: busybox, args: [/bin/sleep, '5']"), Some(5));
        assert_eq!(takes("command: [sh, -c, 'echo a; sleep 1h && sleep 3; echo b']"), Some(3_603));
        assert_eq!(takes("command: [pwsh, -Command, Start-Sleep -Seconds 5]"), Some(5));
        assert_eq!(takes("command: [date]"), Some(0));
        for unknown in
            ["[sleep, infinity]", "[sleep, $(TIME)]", "[sleep, 1m, 2m]", "[sh, -c, sleep 3; work]", "[sleep]"]
        {
            assert_eq!(takes(&format!("command: {unknown}")), None, "{unknown}");
        }
    }

    #[test]
    fn what_prints_ends_well_unless_it_is_told_otherwise() {
        let ends_well = |script: &str| with(&format!("command: [sh, -c, '{script}']"), |argv| argv.ends_well());
        for well in ["echo a", "sleep 10; exit 0", "date && exit"] {
            assert!(ends_well(well), "{well}");
        }
        for otherwise in ["sleep 10; exit 1", "echo a && exit $CODE", "exit 3", "/work"] {
            assert!(!ends_well(otherwise), "{otherwise}");
        }
    }

    #[test]
    fn only_a_shell_with_a_script_has_one() {
        let script =
            |container: &str| with(container, |argv| argv.script().and_then(|word| Some(word.as_str()?.to_owned())));
        assert_eq!(script("command: [sh, -c, echo a]").as_deref(), Some("echo a"));
        assert_eq!(script("command: [/bin/bash, -euxo, pipefail, -c], args: [echo b]").as_deref(), Some("echo b"));
        assert_eq!(script("command: [bash, -lc, echo c, d]").as_deref(), Some("echo c"));
        assert_eq!(script("command: [bash, --rc, echo c]"), None);
        assert_eq!(script("command: [sh, /run.sh]"), None);
        assert_eq!(script("command: [python, -c, pass]"), None);
    }
}
