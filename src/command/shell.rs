//! How a command line starts a shell.

use super::starters::{Known, base_name, program, split_by_env, word};

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

/// How a shell reads a file that is run itself: as the `#!` line at its start says.
#[must_use]
pub fn interpreter(text: &str) -> Option<Start> {
    let line = text.lines().next()?.strip_prefix("#!")?.trim();
    // The kernel hands on all that stands behind the program as one word.
    let (program, argument) = line.split_once([' ', '\t']).unwrap_or((line, ""));
    let told = Some(argument.trim_start()).filter(|argument| !argument.is_empty());
    let line = std::iter::once(program).chain(told).map(|word| ((), Some(word.into())));
    let (_, mut words) = split_by_env(line);
    words.push(Some(THIS_FILE.into()));
    shell(&words).filter(|start| start.operand == Operand::File(words.len() - 1))
}

/// Stands for the file itself.
const THIS_FILE: &str = "/file";
