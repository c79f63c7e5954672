//! How a command line starts a program: through others that start it, and through shells.

use std::borrow::Cow;

use super::duration::seconds;

/// A shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shell {
    /// `sh`, which is another one on each system.
    Sh,
    /// `bash`
    Bash,
    /// `ash`, which is busybox'.
    Ash,
    /// `dash`
    Dash,
    /// `ksh`, `mksh`
    Ksh,
    /// `zsh`
    Zsh,
}

impl Shell {
    /// The one of that name, which may have a folder.
    #[must_use]
    pub fn named(program: &str) -> Option<Self> {
        Some(match base_name(program) {
            "sh" => Self::Sh,
            "bash" => Self::Bash,
            "ash" => Self::Ash,
            "dash" => Self::Dash,
            "ksh" | "mksh" => Self::Ksh,
            "zsh" => Self::Zsh,
            _ => return None,
        })
    }

    /// Whether each of them knows `pipefail`; older ones of Debian's `dash`, which is its `sh`, do not.
    #[must_use]
    pub fn knows_pipefail(self) -> bool {
        !matches!(self, Self::Sh | Self::Dash)
    }
}

/// What a shell does when something fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// `-e`: a command that fails ends the script.
    pub errexit: bool,
    /// `-o pipefail`: a pipeline fails where any part of it does.
    pub pipefail: bool,
}

impl Options {
    /// Sets or clears what a word like `-euo` says; whether the next word is the name of an option.
    pub(super) fn take(&mut self, word: &str) -> bool {
        let set = word.starts_with('-');
        if word.contains('e') {
            self.errexit = set;
        }
        word.ends_with('o')
    }

    /// Sets or clears an option by its name.
    pub(super) fn name(&mut self, name: &str, set: bool) {
        match name {
            "errexit" => self.errexit = set,
            "pipefail" => self.pipefail = set,
            _ => {}
        }
    }
}

/// What a shell reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operand {
    /// The word with that number, behind `-c`.
    Script(usize),
    /// The file that the word with that number names.
    File(usize),
    /// Its input.
    Input,
}

/// How a command line starts a shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// Which one.
    pub shell: Shell,
    /// With which options.
    pub options: Options,
    /// What it reads.
    pub operand: Operand,
    /// Where the words behind that begin.
    pub arguments: usize,
    /// The seconds after which `timeout` ends it.
    pub limit: Option<u64>,
}

/// A word of a command line; nothing where it is not known before it runs.
pub type Known<'w> = Option<Cow<'w, str>>;

/// A program that starts the one whose name follows.
struct Starter {
    name: &'static str,
    /// Options with a value of their own.
    valued: &'static [&'static str],
    /// How many words stand before the program's name.
    operands: usize,
}

const fn starter(name: &'static str, valued: &'static [&'static str], operands: usize) -> Starter {
    Starter { name, valued, operands }
}

const STARTERS: [Starter; 25] = [
    starter("busybox", &[], 0),
    starter("catatonit", &[], 0),
    starter("chronic", &[], 0),
    starter("chroot", &[], 1),
    starter("command", &[], 0),
    starter("dumb-init", &["-r", "--rewrite"], 0),
    starter("env", &["-u", "--unset", "-C", "--chdir"], 0),
    starter("exec", &["-a"], 0),
    starter("flock", &["-w", "--timeout", "--wait", "-E"], 1),
    starter("gosu", &[], 1),
    starter("ionice", &["-c", "-n", "--class", "--classdata"], 0),
    starter("nice", &["-n", "--adjustment"], 0),
    starter("nohup", &[], 0),
    starter("proxychains4", &["-f"], 0),
    starter("setpriv", &["--reuid", "--regid", "--groups"], 0),
    starter("setsid", &[], 0),
    starter("setuidgid", &[], 1),
    starter("stdbuf", &["-i", "-o", "-e"], 0),
    starter("su-exec", &[], 1),
    starter("sudo", &["-u", "-g", "--user", "--group"], 0),
    starter("time", &["-f", "-o"], 0),
    starter("timeout", &["-s", "-k", "--signal", "--kill-after"], 1),
    starter("tini", &["-e", "-p"], 0),
    starter("unbuffer", &[], 0),
    starter("xvfb-run", &["-n", "-s", "-e", "-f", "-p", "-w"], 0),
];

/// Behind the words that only start it: which word is the program, and the seconds that it has.
#[must_use]
pub fn program(words: &[Known<'_>]) -> (usize, Option<u64>) {
    let (mut at, mut limit) = (0, None);
    while let Some(starter) = word(words, at).and_then(starts) {
        let Some(behind) = behind(words, at + 1, starter) else {
            break;
        };
        if starter.name == "timeout" {
            limit = word(words, behind - 1).and_then(seconds).or(limit);
        }
        at = behind;
    }
    (at, limit)
}

/// Whether a program starts the one whose name follows.
pub(super) fn is_starter(program: &str) -> bool {
    starts(program).is_some()
}

fn starts(program: &str) -> Option<&'static Starter> {
    let name = base_name(program);
    STARTERS.iter().find(|starter| starter.name == name)
}

/// Where the program's name stands that a program starts.
fn behind(words: &[Known<'_>], mut at: usize, starter: &Starter) -> Option<usize> {
    let mut operands = starter.operands;
    loop {
        let found = word(words, at);
        match found {
            Some("--") => return (at + 1 + operands < words.len()).then_some(at + 1 + operands),
            Some(option) if option.starts_with('-') && option.len() > 1 => {
                at += 1 + usize::from(starter.valued.contains(&option));
            }
            Some(assignment) if starter.name == "env" && assignment.contains('=') => at += 1,
            _ if operands > 0 && at < words.len() => {
                operands -= 1;
                at += 1;
                // What follows is the program, whatever it looks like.
                if operands == 0 {
                    return (at < words.len()).then_some(at);
                }
            }
            _ => return (at < words.len()).then_some(at),
        }
    }
}

/// How a command line starts a shell, if it does.
#[must_use]
pub fn shell(words: &[Known<'_>]) -> Option<Start> {
    let (at, limit) = program(words);
    if let Some(shell) = word(words, at).and_then(Shell::named) {
        return Some(Start { limit, ..started(shell, words, at + 1) });
    }
    // Others start what stands behind `--`: `kubectl exec pod -- sh -c …`.
    let dashes = words.iter().position(|word| word.as_deref() == Some("--"))?;
    let (inner, within) = program(&words[dashes + 1..]);
    let at = dashes + 1 + inner;
    let shell = word(words, at).and_then(Shell::named)?;
    Some(Start { limit: within.or(limit), ..started(shell, words, at + 1) })
}

/// What the words behind a shell's name mean.
fn started(shell: Shell, words: &[Known<'_>], mut at: usize) -> Start {
    let mut options = Options::default();
    let mut is_script = false;
    let mut reads_input = false;
    while let Some(option) = word(words, at).filter(|word| word.len() > 1 && word.starts_with(['-', '+'])) {
        at += 1;
        match option {
            "--" => break,
            "--rcfile" | "--init-file" => at += 1,
            _ if option.starts_with("--") => {}
            _ => {
                is_script |= option.starts_with('-') && option.contains('c');
                reads_input |= option.contains('s');
                if options.take(option) || option.ends_with('O') {
                    options.name(word(words, at).unwrap_or_default(), option.starts_with('-'));
                    at += 1;
                }
            }
        }
    }
    let operand = match () {
        () if at >= words.len() => Operand::Input,
        () if is_script => Operand::Script(at),
        () if reads_input => Operand::Input,
        () => Operand::File(at),
    };
    Start { shell, options, operand, arguments: at + 1, limit: None }
}

fn word<'w>(words: &'w [Known<'_>], at: usize) -> Option<&'w str> {
    words.get(at)?.as_deref()
}

/// What stands behind the last slash of a path.
#[must_use]
pub fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}
