//! What is known of programs by their names.

use super::outline::Outline;
use super::script::{Call, Script};
use super::tree::{Command, Kind, Place, Redirection};

/// What only shows, waits, or sets something.
const HARMLESS: [&str; 100] = [
    "",
    ".",
    ":",
    "[",
    "[[",
    "alias",
    "basename",
    "break",
    "cat",
    "cd",
    "chmod",
    "chown",
    "clear",
    "continue",
    "date",
    "declare",
    "df",
    "dig",
    "dirname",
    "du",
    "echo",
    "env",
    "eval",
    "exit",
    "export",
    "expr",
    "false",
    "file",
    "find",
    "free",
    "getent",
    "grep",
    "egrep",
    "hash",
    "head",
    "hostname",
    "id",
    "ifconfig",
    "ip",
    "kill",
    "killall",
    "ldconfig",
    "let",
    "ln",
    "local",
    "ls",
    "lsblk",
    "lscpu",
    "mkdir",
    "netstat",
    "nproc",
    "nslookup",
    "nvidia-smi",
    "pg_isready",
    "ping",
    "pkill",
    "popd",
    "printenv",
    "printf",
    "ps",
    "pushd",
    "pwd",
    "read",
    "readlink",
    "readonly",
    "realpath",
    "return",
    "rm",
    "rmdir",
    "sed",
    "seq",
    "set",
    "shift",
    "shopt",
    "sleep",
    "source",
    "ss",
    "stat",
    "sync",
    "tail",
    "tee",
    "test",
    "top",
    "touch",
    "tput",
    "trap",
    "tree",
    "true",
    "type",
    "ulimit",
    "umask",
    "umount",
    "uname",
    "unset",
    "uptime",
    "wait",
    "wc",
    "which",
    "whoami",
    "yes",
];

/// What only passes on, or looks through, what it reads.
const FILTERS: [&str; 31] = [
    "awk",
    "gawk",
    "mawk",
    "base64",
    "cat",
    "column",
    "cut",
    "egrep",
    "fgrep",
    "fold",
    "grep",
    "head",
    "jq",
    "nl",
    "paste",
    "rev",
    "rg",
    "sed",
    "sort",
    "tac",
    "tail",
    "tee",
    "tr",
    "uniq",
    "wc",
    "xargs",
    "yq",
    "md5sum",
    "sha1sum",
    "sha256sum",
    "sha512sum",
];

/// Whether nothing is lost where a program fails: it only shows, waits, or sets something. So it is with one whose name is
/// not known.
#[must_use]
pub fn is_harmless(name: &str) -> bool {
    static OUTLINE: Outline = Outline::of(&HARMLESS);
    OUTLINE.fits(name) && HARMLESS.contains(&name)
}

/// Whether a program only passes on or looks through what it reads.
#[must_use]
pub fn is_filter(name: &str) -> bool {
    static OUTLINE: Outline = Outline::of(&FILTERS);
    OUTLINE.fits(name) && FILTERS.contains(&name)
}

/// Whether a call only asks for what is there: `kubectl get`, `aws s3 ls`, `java -version`.
#[must_use]
pub fn asks_only(script: &Script<'_>, call: &Call<'_>) -> bool {
    if let [_, word] = call.words {
        let word = script.str(word.place);
        if matches!(word, "--version" | "-version" | "-V" | "-v" | "--help" | "-h") {
            return true;
        }
    }
    let words = call.words[1..].iter().filter_map(|word| script.literal(word));
    let mut commands = words.filter(|word| !word.starts_with('-')).take(4);
    commands.any(|word| {
        matches!(
            &*word,
            "get"
                | "list"
                | "ls"
                | "describe"
                | "show"
                | "status"
                | "version"
                | "size"
                | "info"
                | "logs"
                | "top"
                | "config"
                | "explain"
                | "whoami"
                | "stats"
                | "history"
        )
    })
}

/// Whether a call asks for one thing by its name, without a word where that is not there: `kubectl get pod a 2>/dev/null`.
/// Who writes that reckons with it.
#[must_use]
pub fn asks_whether(script: &Script<'_>, call: &Call<'_>, redirections: &[Redirection]) -> bool {
    let words: Vec<&str> = call.words.iter().map(|word| script.str(word.place)).collect();
    let get = words.iter().position(|word| *word == "get");
    let is_named = get.and_then(|at| words.get(at + 2)).is_some_and(|word| !word.starts_with('-'));
    let is_hushed = |Redirection { operator, target }: &Redirection| {
        let before = Place { start: 0, end: operator.start };
        let is_of_errors = script.str(*operator) == "&>" || script.str(before).ends_with('2');
        is_of_errors && script.str(target.place) == "/dev/null"
    };
    is_named && redirections.iter().any(is_hushed)
}

/// Whether a call fails where what it makes is there, or what it takes away is not: `createdb`, `kubectl delete`, `mc mb`.
#[must_use]
pub fn may_be_done(script: &Script<'_>, call: &Call<'_>) -> bool {
    let makes = ["createdb", "createuser", "dropdb", "dropuser", "useradd", "adduser", "groupadd", "addgroup"];
    let mut words = call.words.iter().skip(1).take(3).map(|word| script.str(word.place));
    makes.contains(&call.name)
        || words
            .any(|word| matches!(word, "create" | "delete" | "mb" | "rb" | "rm" | "remove" | "uninstall" | "destroy"))
}

/// A command at the end of a pipe that ends well where nothing comes.
#[derive(Debug, Clone, Copy)]
pub enum Nothing<'s> {
    /// A program.
    Program(Call<'s>, &'s [Redirection]),
    /// `while read …`
    Loop,
}

impl Nothing<'_> {
    /// What to call it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Program(call, _) => call.name,
            Self::Loop => "while read",
        }
    }

    /// Whether it is a loop.
    #[must_use]
    pub fn is_loop(&self) -> bool {
        matches!(self, Self::Loop)
    }

    /// Whether it makes a content out of what it reads, which would be missed.
    #[must_use]
    pub fn decodes(&self) -> bool {
        matches!(self.name(), "base64" | "jq" | "openssl")
    }

    /// Whether it keeps what it reads, or works on it: in a file, elsewhere, in a database.
    #[must_use]
    pub fn keeps(&self, script: &Script<'_>) -> bool {
        let Self::Program(call, redirections) = self else {
            return true;
        };
        let is_file = |redirection: &Redirection| {
            let target = script.str(redirection.target.place);
            script.str(redirection.operator).starts_with('>')
                && !target.starts_with("/dev/")
                && !target.starts_with('&')
                && target.parse::<u32>().is_err()
        };
        matches!(
            call.name,
            "psql" | "mysql" | "mariadb" | "aws" | "gsutil" | "gcloud" | "mc" | "rclone" | "restic" | "split"
        ) || redirections.iter().any(is_file)
    }
}

/// A command, if it ends well where nothing comes.
#[must_use]
pub fn reading_nothing<'s>(script: &'s Script<'_>, command: &'s Command) -> Option<Nothing<'s>> {
    match &command.kind {
        Kind::While { condition, .. } => {
            let first = condition.items.first()?.first.stages.first()?;
            script.called(first).is_some_and(|call| call.name == "read").then_some(Nothing::Loop)
        }
        Kind::Simple(simple) => {
            let call = script.call(simple)?;
            takes_nothing(script, &call).then_some(Nothing::Program(call, &command.redirections))
        }
        _ => None,
    }
}

fn takes_nothing(script: &Script<'_>, call: &Call<'_>) -> bool {
    let any = |is_it: &dyn Fn(&str) -> bool| {
        call.words.iter().skip(1).any(|word| script.literal(word).is_some_and(|word| is_it(&word)))
    };
    let has = |wanted: &str| any(&|word| word == wanted);
    match call.name {
        "tail" | "tee" | "gzip" | "pigz" | "zstd" | "xz" | "bzip2" | "lz4" | "cat" | "wc" | "sort" | "uniq" | "cut"
        | "tr" | "sed" | "awk" | "gawk" | "base64" | "column" | "age" | "gpg" | "psql" | "mysql" | "mariadb" | "pv"
        | "dd" | "split" | "mbuffer" => true,
        "jq" => !any(&|word| word == "--exit-status" || is_short(word) && word.contains('e')),
        "xargs" => any(&|word| {
            word.starts_with("-I")
                || word.starts_with("-i")
                || word == "--no-run-if-empty"
                || is_short(word) && word.contains('r')
        }),
        "openssl" => has("enc") || has("base64"),
        "aws" | "gsutil" | "gcloud" => has("cp") && has("-"),
        "mc" => has("pipe"),
        "rclone" => has("rcat"),
        "restic" => has("--stdin"),
        _ => false,
    }
}

fn is_short(word: &str) -> bool {
    word.starts_with('-') && !word.starts_with("--")
}
