//! What is known of programs by their names.

use super::script::{Call, Script};

/// Whether a program only shows, waits, or sets something, so that nothing is lost where it fails.
#[must_use]
pub fn is_harmless(name: &str) -> bool {
    matches!(
        name,
        "" | "." | ":" | "[" | "[[" | "alias" | "break" | "cat" | "cd" | "chmod" | "chown" | "clear" | "continue"
            | "date" | "declare" | "df" | "dirname" | "du" | "echo" | "env" | "eval" | "exit" | "export" | "false"
            | "file" | "find" | "free" | "grep" | "egrep" | "head" | "hostname" | "id" | "kill" | "killall"
            | "ldconfig" | "let" | "ln" | "local" | "ls" | "lsblk" | "lscpu" | "mkdir" | "nproc" | "nvidia-smi"
            | "pkill" | "popd" | "printenv" | "printf" | "ps" | "pushd" | "pwd" | "read" | "readonly" | "return"
            | "rm" | "rmdir" | "sed" | "seq" | "set" | "shift" | "shopt" | "sleep" | "source" | "stat" | "sync"
            | "tail" | "tee" | "test" | "top" | "touch" | "trap" | "tree" | "true" | "type" | "ulimit" | "umask"
            | "uname" | "unset" | "uptime" | "wait" | "wc" | "which" | "whoami" | "yes"
    )
}

/// Whether a program only passes on or looks through what it reads.
#[must_use]
pub fn is_filter(name: &str) -> bool {
    matches!(
        name,
        "awk" | "gawk" | "mawk" | "base64" | "cat" | "column" | "cut" | "egrep" | "fgrep" | "fold" | "grep" | "head"
            | "jq" | "nl" | "paste" | "rev" | "rg" | "sed" | "sort" | "tac" | "tail" | "tee" | "tr" | "uniq" | "wc"
            | "xargs" | "yq"
    )
}

/// Whether a call only asks for what is there: `kubectl get`, `aws s3 ls`.
#[must_use]
pub fn only_asks(script: &Script<'_>, call: &Call<'_>) -> bool {
    let words = call.words[1..].iter().filter_map(|word| script.literal(word));
    let mut commands = words.filter(|word| !word.starts_with('-')).take(4);
    commands.any(|word| {
        matches!(
            &*word,
            "get" | "list" | "ls" | "describe" | "show" | "status" | "version" | "size" | "info" | "logs" | "top"
                | "config" | "explain" | "whoami" | "stats" | "history"
        )
    })
}
