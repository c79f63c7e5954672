//! Programs that start the one whose name follows: how a command line leads to its program.

use std::borrow::Cow;

use super::duration::seconds;
use super::outline::Outline;

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

/// By what stands in their manuals: coreutils, util-linux, busybox, and each program's own.
const STARTERS: [Starter; 34] = [
    starter("busybox", &[], 0),
    starter("catatonit", &[], 0),
    starter("chronic", &[], 0),
    starter("chroot", &["--groups", "--userspec"], 1),
    starter("command", &[], 0),
    starter("doas", &["-u", "-C"], 0),
    starter("dumb-init", &["-r", "--rewrite"], 0),
    starter("eatmydata", &[], 0),
    starter("env", &["-u", "--unset", "-C", "--chdir", "-a", "--argv0"], 0),
    starter("exec", &["-a"], 0),
    starter("fakeroot", &["-l", "-s", "-i", "-b"], 0),
    starter("flock", &["-w", "--timeout", "--wait", "-E", "--conflict-exit-code"], 1),
    starter("gosu", &[], 1),
    starter("ionice", &["-c", "-n", "--class", "--classdata"], 0),
    starter("linux32", &[], 0),
    starter("linux64", &[], 0),
    starter("nice", &["-n", "--adjustment"], 0),
    starter("nohup", &[], 0),
    starter("nsenter", &["-t", "--target", "-S", "--setuid", "-G", "--setgid", "-W", "--wdns"], 0),
    starter("numactl", &["-i", "-m", "-N", "-C", "-p"], 0),
    starter("proxychains4", &["-f"], 0),
    starter("s6-setuidgid", &[], 1),
    starter("setpriv", &SETPRIV, 0),
    starter("setsid", &[], 0),
    starter("setuidgid", &[], 1),
    starter("stdbuf", &["-i", "-o", "-e", "--input", "--output", "--error"], 0),
    starter("su-exec", &[], 1),
    starter("sudo", &["-u", "-g", "--user", "--group"], 0),
    starter("taskset", &[], 1),
    starter("time", &["-f", "-o"], 0),
    starter("timeout", &["-s", "-k", "--signal", "--kill-after"], 1),
    starter("tini", &["-e", "-p"], 0),
    starter("unbuffer", &[], 0),
    starter("xvfb-run", &["-n", "-s", "-e", "-f", "-p", "-w"], 0),
];

const SETPRIV: [&str; 13] = [
    "--reuid",
    "--regid",
    "--ruid",
    "--rgid",
    "--euid",
    "--egid",
    "--groups",
    "--ambient-caps",
    "--inh-caps",
    "--bounding-set",
    "--securebits",
    "--pdeathsig",
    "--selinux-label",
];

/// Behind the words that only start it: which word is the program, and the seconds that it has.
#[must_use]
pub fn program(words: &[Known<'_>]) -> (usize, Option<u64>) {
    let (at, limit, _) = followed(words);
    (at, limit)
}

/// The same, and the option of an `env` by which it splits a text: nobody knows the program then.
fn followed(words: &[Known<'_>]) -> (usize, Option<u64>, Option<usize>) {
    let (mut at, mut limit) = (0, None);
    while let Some(starter) = word(words, at).and_then(starts) {
        match behind(words, at + 1, starter) {
            Some(Behind::Program(behind)) => {
                if starter.name == "timeout" {
                    limit = word(words, behind - 1).and_then(seconds).or(limit);
                }
                at = behind;
            }
            Some(Behind::Split(option)) => return (at, limit, Some(option)),
            None => break,
        }
    }
    (at, limit, None)
}

/// What their names look like: most programs are told by theirs.
static OUTLINE: Outline = {
    let (mut outline, mut at) = (Outline::empty(), 0);
    while at < STARTERS.len() {
        outline = outline.with(STARTERS[at].name);
        at += 1;
    }
    outline
};

/// Whether a program, named without its folder, starts the one whose name follows.
pub(super) fn is_starter(name: &str) -> bool {
    starter_named(name).is_some()
}

fn starts(program: &str) -> Option<&'static Starter> {
    starter_named(base_name(program))
}

fn starter_named(name: &str) -> Option<&'static Starter> {
    if !OUTLINE.fits(name) {
        return None;
    }
    STARTERS.iter().find(|starter| starter.name == name)
}

/// What stands behind a starter and its options.
enum Behind {
    /// The program, at that word.
    Program(usize),
    /// A text that it takes apart, behind the option at that word or in it.
    Split(usize),
}

/// Where the program's name stands that a program starts.
fn behind(words: &[Known<'_>], mut at: usize, starter: &Starter) -> Option<Behind> {
    let mut operands = starter.operands;
    let program = |at: usize| (at < words.len()).then_some(Behind::Program(at));
    loop {
        let found = word(words, at);
        match found {
            Some("--") => return program(at + 1 + operands),
            Some(option) if starter.name == "env" && split_by(option).is_some() => return Some(Behind::Split(at)),
            Some(option) if option.starts_with('-') && (option.len() > 1 || starter.name == "env") => {
                at += 1 + usize::from(starter.valued.contains(&option));
            }
            Some(assignment) if starter.name == "env" && assignment.contains('=') => at += 1,
            _ if operands > 0 && at < words.len() => {
                operands -= 1;
                at += 1;
                // What follows is the program, whatever it looks like.
                if operands == 0 {
                    return program(at);
                }
            }
            _ => return program(at),
        }
    }
}

/// Texts that are split within each other.
const MOST_SPLITS: usize = 8;

/// A command line as `env -S` makes one of it: words that come out of a text stand where that stood. What comes with each
/// word, its place, is there as often as it has words.
///
/// GNU coreutils, src/env.c, `build_argv`; busybox' `env` has no such option.
#[must_use]
pub fn split_by_env<'w, T: Copy>(words: impl Iterator<Item = (T, Known<'w>)>) -> (Vec<T>, Vec<Known<'w>>) {
    let (mut places, mut words): (Vec<T>, Vec<Known<'w>>) = words.unzip();
    for _ in 0..MOST_SPLITS {
        let (starter, _, Some(at)) = followed(&words) else { break };
        let is_busybox = starter > 0 && word(&words, starter - 1).is_some_and(|word| base_name(word) == "busybox");
        let Some(attached) = word(&words, at).and_then(split_by).filter(|_| !is_busybox) else { break };
        let (text, taken) = if attached.is_empty() { (word(&words, at + 1), 2) } else { (Some(attached), 1) };
        let Some(pieces) = text.and_then(pieces) else { break };
        let place = places[at + taken - 1];
        places.splice(at..at + taken, pieces.iter().map(|_| place));
        words.splice(at..at + taken, pieces.into_iter().map(|piece| Some(Cow::Owned(piece))));
    }
    (places, words)
}

/// What an option of `env` has behind it in its own word, if it is the one that splits.
fn split_by(option: &str) -> Option<&str> {
    if let Some(long) = option.strip_prefix("--split-string") {
        return if long.is_empty() { Some("") } else { long.strip_prefix('=') };
    }
    let letters = option.strip_prefix('-')?;
    letters.trim_start_matches(['i', 'v', '0']).strip_prefix('S')
}

/// The words of a text without their quotes; `None` where an escape or a variable would have to be known.
fn pieces(text: &str) -> Option<Vec<String>> {
    let (mut pieces, mut piece, mut quote) = (Vec::new(), None::<String>, None);
    for char in text.chars() {
        match (quote, char) {
            (_, '\\' | '$') => return None,
            (Some(open), _) if char == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(char);
                piece.get_or_insert_default();
            }
            (None, '#') if piece.is_none() => break,
            (None, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}') => pieces.extend(piece.take()),
            _ => piece.get_or_insert_default().push(char),
        }
    }
    pieces.extend(piece);
    quote.is_none().then_some(pieces)
}

/// The word with that number, where it is known.
pub(super) fn word<'w>(words: &'w [Known<'_>], at: usize) -> Option<&'w str> {
    words.get(at)?.as_deref()
}

/// What stands behind the last slash of a path.
#[must_use]
pub fn base_name(path: &str) -> &str {
    memchr::memrchr(b'/', path.as_bytes()).map_or(path, |slash| &path[slash + 1..])
}

#[cfg(test)]
mod tests {
    use super::{Known, program, split_by_env};

    fn found(line: &[&str]) -> (String, Vec<usize>) {
        let words = line.iter().enumerate().map(|(at, word)| (at, Some((*word).into())));
        let (places, words): (Vec<usize>, Vec<Known<'_>>) = split_by_env(words);
        let (at, _) = program(&words);
        let rest: Vec<&str> = words[at..].iter().flatten().map(|word| &**word).collect();
        (rest.join("|"), places[at..].to_vec())
    }

    /// As `env` of GNU coreutils 9.1 and the other programs do it.
    #[test]
    fn what_starts_another_program_leads_to_it() {
        for (line, rest) in [
            (vec!["env", "-S", "bash -e", "/run.sh"], "bash|-e|/run.sh"),
            (vec!["/usr/bin/env", "-Sbash -e", "/run.sh"], "bash|-e|/run.sh"),
            (vec!["env", "-viS", "A=b  sh\t-c 'a | b'", "x"], "sh|-c|a | b|x"),
            (vec!["env", "--split-string=-u HOME nice -n 5 report \"a b\"c"], "report|a bc"),
            (vec!["env", "-S", "-S 'sh -e'", "x"], "sh|-e|x"),
            (vec!["nice", "env", "-u", "A", "-S", "report # all", "x"], "report|x"),
            (vec!["env", "-", "A=b", "report"], "report"),
            (vec!["setpriv", "--ruid", "1000", "--euid=1000", "report"], "report"),
            (vec!["chroot", "--userspec", "a:b", "/host", "report"], "report"),
            (vec!["nsenter", "-t", "1", "-m", "-u", "--", "sh", "-c", "a"], "sh|-c|a"),
            (vec!["taskset", "-c", "0,1", "report"], "report"),
            (vec!["s6-setuidgid", "app", "ionice", "-c3", "nice", "-10", "report"], "report"),
            (vec!["stdbuf", "--output", "L", "su-exec", "app:app", "report"], "report"),
        ] {
            assert_eq!(found(&line).0, rest, "{line:?}");
        }
        assert_eq!(found(&["env", "-S", "bash -e", "/run.sh"]).1, [2, 2, 3]);
    }

    #[test]
    fn what_nobody_can_split_stays_as_it_is() {
        for line in
            [["env", "-S", "sh -c \"echo $A\""], ["env", "-S", "a\\_b"], ["env", "-S", "echo 'a"], ["env", "-u", "-S"]]
        {
            assert_eq!(found(&line).1, [0, 1, 2], "{line:?}");
        }
        assert_eq!(found(&["busybox", "env", "-S", "sh -e", "/run.sh"]).0, "env|-S|sh -e|/run.sh");
        let nested = ["env", "-S", "-S", "-S", "-S", "-S", "-S", "-S", "-S", "-S", "-S", "-S", "-S", "a"];
        assert_eq!(found(&nested).0.split('|').next(), Some("env"));
    }
}
