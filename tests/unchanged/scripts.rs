//! What is read of scripts: recorded ones, those with a piece of another one in them, and those of all that a shell can
//! read, a piece each.

use std::fs;

use batchlint::command::{Script, Text, shell};
use serde_json::Value;

use crate::digest::Digests;
use crate::random::Random;
use crate::shared;
use crate::splice::splice;

const PIECES: [&str; 60] = [
    "set -euo pipefail",
    "set +e",
    "set -o pipefail -x",
    "echo \"${NAME:-none} ${#NAME} ${!NAME} ${NAME%%.*} ${NAME//a/'}'} ${1:?\"no \\} one\"}\"",
    "echo ${a[0]} ${a[@]} ${10} ${?} $$ $! $# $@ $* ${x:1:2} ${y^^} ${z@Q}",
    "echo $((1 + (2 * $n))) $[3 + 4] $'a\\'b\\n' $\"text\"",
    "x=$(date +%F); y=`hostname -f | tr \"\\`\" x`",
    "echo \"$(cat <<< \"$x\") `echo \\`id\\``\"",
    "cat <<EOF | sed 's/a/b/'\nhello $USER \\$x\nEOF",
    "cat <<-'END' > out.txt\n\ttext $kept\n\tEND",
    "cat << \"A\" << B\none\nA\ntwo\nB",
    "if ! grep -q x file; then exit 1; elif true; then :; else exit $?; fi",
    "for i in 1 2 3; do echo $i || break; done",
    "for ((i = 0; i < 3; i++)); do sleep 1; done",
    "while read -r line; do echo \"$line\"; done < <(ls)",
    "until curl -fsS http://localhost:8080/ready; do sleep 2; done",
    "case \"$1\" in a|b) run ;; (c*) other ;& *) exit 2 ;; esac",
    "select x in a b; do break; done",
    "f() { local x=1; return 3; }",
    "function g { echo g; }; g",
    "[[ $a == b* && ( -n $c || $d =~ ^x+$ ) ]] || exit",
    "[ -f x ] && rm -rf \"$DIR\"/tmp",
    "test -z \"$A\" -o \"$B\" = c",
    "(cd /tmp && tar czf - .) | aws s3 cp - s3://b/k",
    "{ echo a; echo b; } > >(tee log) 2>&1",
    "pg_dump db | gzip > dump.gz",
    "mysqldump x 2>/dev/null | gzip -c >> y &",
    "! true | false |& cat",
    "time -p make -j4",
    "exec java -jar app.jar \"$@\"",
    "exec 3<> file; exec 2>&-",
    "trap 'rm -f \"$t\"; exit 1' EXIT INT",
    "nohup run & wait $!",
    "timeout 30m backup --all",
    "timeout -k 5 --signal=TERM 90s sh -c 'sleep 100; echo done'",
    "bash -c \"echo \\$HOME && exit 0\" -- a",
    "env -i A=1 B='2 3' sh -ec 'run; exit 4'",
    "sudo -u app nice -n 5 run",
    "find . -name '*.log' -mtime +7 -exec rm {} \\;",
    "find . -print0 | xargs -0 -n1 rm",
    "curl -s https://example.com/x | sh",
    "wget -qO- http://x | tar xz",
    "kubectl delete job a --wait=false || true",
    "sleep infinity",
    "tail -f /dev/null",
    "while true; do run; sleep 3600; done",
    "echo done # a comment; exit 1",
    "# only a comment",
    "export PATH=$PATH:/opt/bin A B=2",
    "declare -a list=(a b [3]=c)",
    "A=1 B=2 run --flag=$A > /dev/null 2>&1 < in",
    "echo a\\\n  b",
    "echo {a,b}{1..3} ~/x *.txt a?b [!x]",
    "let x=1+2; ((x > 2)) && echo big",
    "eval \"$cmd\"; source ./env; . /etc/profile",
    "false; true",
    "cmd1 && cmd2 || cmd3; cmd4",
    "return 1",
    "exit 0",
    "coproc P { cat; }",
];

/// A few pieces, one behind the other.
fn made(random: &mut Random) -> String {
    let mut script = String::new();
    for _ in 0..1 + random.below(5) {
        script.push_str(PIECES[random.below(PIECES.len())]);
        script.push_str(["\n", "\n", "; ", " && ", " || ", " | ", " & ", "\r\n", "\n\n"][random.below(9)]);
    }
    script
}

#[test]
fn what_is_read_of_scripts() {
    let Some(commands) = shared::find("conformance/commands.jsonl") else { return };
    let (mut digests, mut texts) = (Digests::default(), Vec::new());
    for case in fs::read_to_string(commands).expect("recorded commands").lines() {
        let case: Value = serde_json::from_str(case).expect("a case");
        let container = &case["container"];
        let words = ["command", "args"].iter().flat_map(|name| container[name].as_array().into_iter().flatten());
        texts.extend(words.filter_map(Value::as_str).map(str::to_owned));
    }
    let mut add = |what: &str, text: &str| {
        let start = shell(&["bash", "-c", text].map(|word| Some(word.into()))).expect("a shell");
        let script = Script::read(Text::expanded(text, |_| true), &start);
        let inner = script.iter().flat_map(Script::inner).collect::<Vec<_>>();
        digests.add(what, &(&script, inner));
    };
    texts.iter().for_each(|text| add("scripts", text));
    for number in 0..3_000 {
        let mut random = Random::new(3, number);
        let text = random.pick(&texts).expect("there are some");
        add("scripts that were damaged", &splice(text, &texts, &mut random));
    }
    let pieces = PIECES.map(str::to_owned);
    for number in 0..3_000 {
        let mut random = Random::new(10, number);
        let script = made(&mut random);
        let script = if random.chance(40) { splice(&script, &pieces, &mut random) } else { script };
        add("scripts that were made", &script);
    }
    insta::assert_snapshot!(digests.table());
}
