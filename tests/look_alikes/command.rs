//! Of rules on commands.

use batchlint::lint::lint;
use batchlint::rules;
use batchlint::text::Source;

use super::config;

/// Scripts of which a rule says nothing.
pub(super) const SCRIPTS: &[(&str, &[&str])] = &[
    (
        "failure-masked",
        &[
            "set -e\n/work\necho done",
            "set -euo pipefail; /work; echo done",
            "/work && echo done",
            "/work || exit 1; echo done",
            "if /work; then echo done; else echo failed; exit 1; fi; exit 0",
            "/work\nrc=$?\necho \"ended with $rc\"\nexit $rc",
            "/work\nif [ $? -ne 0 ]; then exit 1; fi\necho done",
            "out=$(/work)\n[ -n \"$out\" ] || exit 1\necho done",
            "trap 'exit 1' ERR\n/work\necho done",
            "/work || true; echo done",
            "echo start; date; ls /data; echo done",
            "/work\n/more-work",
            "/server & echo started",
            "work() { /a; }\nset -o errexit\nwork\necho done",
            "/work; [ -s /out ] || { echo nothing; exit 3; }; echo done",
            "set -e; for f in *; do /work $f; done; echo done",
            "mkdir -p /out; export A=b; echo done",
            "/work; exit $?",
            "exec /work\necho never",
            "kubectl get pods; kubectl describe node a; echo done",
            "java -version; python --version; echo done",
            "pg_isready -h db; ping -c 1 db; echo done",
            "for i in 1 2 3; do /work && break; sleep 5; done; echo done",
            "/work && exit 0\necho tried; sleep 5\nexit 1",
            ". ./functions.sh; run_all; echo done",
            "source /lib.sh\nsetup\necho done",
            "while :; do /work; sleep 60; done",
            "until nc -z db 1; do /try; sleep 1; done; echo done",
            "run() { exit 0; }\nwhile true; do /work && run; sleep 1; done",
            "set -e\nset +e\n/work\nset -e\necho done",
            "set +o errexit\n/work\necho done",
            "kubectl delete pod a; exit 0",
            "createdb app; true",
            "mc mb a/b; exit 0",
            "pg_dump a | gzip > /out/a.gz\nls /out; echo done",
            "for file in /in/*; do name=$(basename $file .sql); echo $name; done; echo done",
            "out=$(/work 2>&1)\nstate=$(echo \"$out\" | grep -o ok)\nif [ \"$state\" != ok ]; then echo bad; fi\necho done",
        ],
    ),
    (
        "failure-discarded",
        &[
            "/work",
            "/work; echo done",
            "/work; echo done; exit 0",
            "/work; /more; exit 0",
            "/work; exit 1",
            "set -e; /work; exit 0",
            "/work || exit 1; exit 0",
            "if /work; then exit 0; fi; exit 1",
            "kubectl delete pod a; exit 0",
            "createdb app; true",
            "ls /data; exit 0",
            "trap 'exit 1' ERR; /work; exit 0",
            "/work && exit 0; exit 1",
            "set +e; /work; exit 0",
        ],
    ),
    (
        "deletes-after-failure",
        &[
            "set -e\n/work\nrm -rf /data/*\n/fill",
            "/work || exit 1\nrm -rf /data/*\n/fill",
            "/work && rm -rf /data/*\n/fill",
            "/work\n[ $? -eq 0 ] || exit 1\ndropdb a\n/fill",
            "/work\nif [ ! -s /a ]; then exit 1; fi\ndropdb a\n/fill",
            "/work\n[ -s /a ] && dropdb a\n/fill",
            "/work\nrm -rf /data/*",
            "/work\nrm -rf /tmp/a\n/fill",
            "/work\nrm -f /data/a\n/fill",
            "ls /in\ndropdb a\n/fill",
            "apk add rsync\nrsync --delete a b",
            "sgdisk --zap-all $disk\nblkdiscard $disk\ndd if=/dev/zero of=/dev/sda",
            "for i in 1 2; do /work && exit 1; done\ndropdb a\n/fill",
            "/work &\ndropdb a\n/fill",
            "trap 'exit 1' ERR\n/work\ndropdb a\n/fill",
            "/work\nrsync -a a b",
            "/work\nuntil pg_isready; do sleep 1; done\ndropdb a",
            "/work\npsql -c 'select 1'\naws s3 sync a b",
            "check() { /a || exit 1; }\n/work\ncheck\ndropdb a",
        ],
    ),
    (
        "error-only-printed",
        &[
            "if ! /work; then echo 'ERROR'; exit 1; fi",
            "if ! /work; then echo 'ERROR'; failed=1; fi; exit $failed",
            "if ! /work; then echo 'ERROR' >&2; false; fi",
            "if ! /work; then echo 'ERROR: skipped'; fi",
            "if ! /work; then echo 'WARNING: it failed'; fi",
            "if ! /work; then echo 'it failed, trying the other'; fi",
            "if ! /work; then echo 'nothing to do'; fi",
            "if ! /work; then echo 'ERROR'; fi\n/more",
            "if ! /work; then echo 'ERROR' >> /out/errors; fi",
            "while sleep 1; do if /work; then break; else echo 'ERROR'; fi; done",
            "for i in 1 2 3; do if /work; then break; else echo 'ERROR'; fi; done",
            "tell() { if ! /work; then echo 'ERROR'; fi; }\ntell",
            "trap /tell EXIT\nif ! /work; then echo 'ERROR'; fi",
            "if ! /work; then echo 'ERROR'; fi; [ -s /out ]",
            "if [ \"$rc\" != 0 ]; then echo 'ERROR'; fi; test $rc = 0",
            "if ! /work; then echo 'ERROR'; curl -f http://alert; fi",
        ],
    ),
    (
        "count-printed-twice",
        &[
            "n=$(grep -c x /a || true)",
            "n=$(grep -c x /a)",
            "n=$(grep x /a || echo 0)",
            "n=$(grep -qc x /a || echo 0)",
            "n=$(grep -o x /a || echo 0)",
            "n=$(grep -rc x /a || echo 0)",
            "n=$(grep -e c /a || echo 0)",
            "n=$(grep -c x /a || echo none)",
            "n=$(grep x /a | wc -l || echo 0)",
            "set -o pipefail; n=$(/work | wc -l || echo 0)",
            "grep -c x /a || echo 0",
            "n=$(grep -c x /a > /out || echo 0)",
            "n=$(grep -c x /a; echo 0)",
        ],
    ),
    (
        "redirect-to-program",
        &[
            "echo 3 > /proc/sys/vm/drop_caches",
            "echo 3 | sudo tee /proc/a",
            "sudo sh -c 'echo 3 > /proc/a'",
            "echo 3 > sudo",
            "echo 3 > sudo.txt /a",
            "cat < tee /a",
            "echo '> sudo /a'",
            "echo 3 > /etc/sudoers.d/a b",
            "echo 3 \\> sudo /a",
            "echo 3 # > sudo /a",
            "echo 3 > $sudo /a",
        ],
    ),
    (
        "errexit-unset",
        &[
            "set -e\n/work\n/more",
            "/work && /more",
            "/work || exit 1\n/more",
            "if /work; then /more; fi",
            "/work",
            "echo start\n/work",
            "export A=b\ncd /tmp\n/work",
            "/work &\n/more",
            "trap 'exit 1' ERR\n/work\n/more",
            "/work\n[ $? -eq 0 ] || exit 1\n/more",
            "/work\necho done",
            "exec /work",
            "oc get nodes\n/work",
            "if [ -z \"$A\" ]; then oc label nodes a=b; exit 1; fi\n/work",
            "if [ -z \"$A\" ]; then for n in a b; do /work $n; /more $n; done; exit 3; fi\n/work",
            "out=$(psql -c 'select 1' 2>&1)\nif [[ \"$out\" == *ERROR* ]]; then exit 1; fi\n/work",
        ],
    ),
    (
        "pipe-failure-lost",
        &[
            "set -eo pipefail\npg_dump a | gzip > a.gz",
            "set -o pipefail; pg_dump a | gzip > a.gz",
            "echo text | tee /out",
            "cat /in | sort > /out",
            "set -e\nif pg_dump a | grep -q x; then echo y; fi",
            "kubectl get pods | grep web",
            "kustomize build | kubectl apply -f -",
            "kubectl get pods | head -1",
            "set -e\nkubectl get nodes | sort",
            "set -e\ncount=$(kubectl get nodes | wc -l)\n[ $count -lt 3 ] && exit 1\n/work",
            "set -e\nname=$(kubectl get pods | awk '{print $1}')\nif [ -z \"$name\" ]; then exit 1; fi\n/work $name",
            "for pod in $(kubectl get pods | awk '{print $1}'); do echo $pod; done",
            "pg_dump a | gzip > a.gz || exit 1",
            "pg_dump a > a.sql && gzip a.sql",
            "ls /data | while read f; do /work $f; done",
            "set -e\n! pg_dump a | tee log",
            "set -e\npg_dump a | gzip > a.gz\n[ ${PIPESTATUS[0]} -eq 0 ]",
            "set -e\nx=$(openssl rand -base64 24 | tr -d '/+=')\n/work $x",
            "set -e\nip=$(getent hosts db | awk '{print $1}')\n/work $ip",
            "set -e\nn=$(kubectl -n a get cluster main --no-headers 2>/dev/null | wc -l)\nif [ $n -gt 0 ]; then exit 1; fi",
        ],
    ),
    (
        "curl-without-fail",
        &[
            "curl -f -X POST http://a/b",
            "curl -fsS -d @x http://a/b",
            "curl --fail-with-body -d x http://a/b",
            "curl -s -o /dev/null -w '%{http_code}' -X POST http://a | grep -q 200",
            "code=$(curl -s -X POST http://a)\n[ \"$code\" = ok ]",
            "until curl -s http://a; do sleep 1; done",
            "curl -X POST http://a || exit 1",
            "curl -sX POST http://a | jq -e .ok",
            "curl -o /tmp/a http://a\n/work /tmp/a",
            "curl $CURL_OPTIONS -X POST http://a",
            "curl \"${OPTIONS[@]}\" -X POST http://a",
            "curl -I http://a",
            "curl ftp://a/b",
            "curl -K /etc/curlrc -d x http://a",
            "wget -q -O- http://a",
            "curl --version",
            "curl -sS -X GET http://a -o /x\n/parse /x",
            "/work\ncurl -X POST http://127.0.0.1:15020/quitquitquit",
            "set -e\n/work\ncurl -sS -XPOST localhost:4191/shutdown",
            "curl() { command curl -f \"$@\"; }\ncurl -X POST http://a",
            "echo '--fail' > ~/.curlrc\ncurl -X POST http://a",
            "curl -s -d x http://a > /tmp/r\ngrep -q ok /tmp/r",
            "curl -s -d x http://a -o /tmp/r\ngrep ok /tmp/r || exit 1",
            "curl -d x http://localhost:15020/quitquitquit",
            "curl example.com",
            "curl https://example.com/",
            "curl -sS -m 5 -o /dev/null https://example.com:8443",
            "curl -H 'Accept: text/html' http://[::1]:80/",
        ],
    ),
    (
        "status-read-late",
        &[
            "/work\nif [ $? -ne 0 ]; then exit 1; fi",
            "/work\nrc=$?\necho ended\n[ $rc -eq 0 ]",
            "/work\necho \"ended with $?\"",
            "/work; /more; [ $? -eq 0 ]",
            "/work\nout=$(/more)\n[ $? -eq 0 ]",
            "echo start\nKEEP=7\n[ $? -eq 0 ]",
            "/work\ncd /tmp\n[ $? -eq 0 ]",
            "/work & \nKEEP=7\n[ $? -eq 0 ]",
            "/work || x=1\n[ $? -eq 0 ]",
            "/work\necho \"$?\" > /status\n/more",
            "/work\nexit $?",
            "KEEP=7\nif /work; then echo y; fi",
            "set -e\n/work\necho done\nexit $?",
        ],
    ),
    (
        "wait-without-end",
        &[
            "for i in $(seq 30); do nc -z db 5432 && break; sleep 2; done",
            "n=0\nuntil nc -z db 5432; do n=$((n+1)); [ $n -gt 30 ] && exit 1; sleep 2; done",
            "n=0\nuntil nc -z db 5432; do let n+=1; [ $n -gt 30 ] && exit 1; sleep 2; done",
            "timeout 60 sh -c 'until nc -z db 5432; do sleep 2; done'",
            "until nc -z db 5432; do [ $SECONDS -gt 60 ] && exit 1; sleep 2; done",
            "end=$(date +%s)\nwhile [ $(date +%s) -lt $end ]; do sleep 1; done",
            "/server &\nwhile kill -0 $!; do sleep 1; done",
            "while read line; do sleep 1; echo $line; done < /in",
            "until nc -z db 5432; do :; done < /dev/null | true",
            "while true; do /work; sleep 5; done",
            "while [ $n -lt 3 ]; do n=`expr $n + 1`; sleep 1; done",
            "echo 'until x; do sleep 1; done'",
            "for ((i = 0; i < 3; i++)); do sleep 1; done",
            "while [ -d /proc/$pid ]; do sleep 1; done",
            "try() { n=$((n+1)); [ $n -lt 30 ] || exit 1; }\nuntil nc -z db 1; do try; sleep 1; done",
            "until nc -z db 1; do sleep 1; done &\n/work",
        ],
    ),
    (
        "never-ends",
        &[
            "sleep 3600",
            "sleep infinity & /work",
            "timeout 60 sleep infinity",
            "tail -n 5 /log",
            "tail -f /log & /work",
            "tail -f /log | grep -m1 done",
            "/work && echo sleep infinity",
            "while true; do /work && break; sleep 1; done",
            "/server",
            "echo 'tail -f /dev/null'",
            "sleep infinity; exit 1",
            "tail /file-with-f",
            "tail -f /log --pid $PID",
            "/work & tail -f --pid=$! /log",
            "[ -n \"$DEBUG\" ] && sleep infinity",
            "/work || sleep infinity",
            "[[ -z $DEBUG ]] || tail -f /dev/null",
            "(sleep 60; kill 1) & sleep infinity",
        ],
    ),
    (
        "comment-in-command",
        &[
            "# restic backup --tag a\nrestic backup",
            "restic backup \\\n  --tag a # daily",
            "restic backup \\\n  --tag a\n# --tag b",
            "restic backup # --tag a \\\nrestic prune",
            "restic backup \\\n  # the last",
            "echo a \\\n  # nothing more\n\n/work",
            "echo '#' \\\n  --a",
            "echo a\\#b \\\n  --a",
            "cat <<A \\\n  --a\n# text \\\nA",
            "echo a # comment",
            "#!/bin/sh\n/work",
            "echo ${#a} \\\n  --b",
        ],
    ),
    (
        "xargs-on-nothing",
        &[
            "find . | xargs -r rm",
            "find . | xargs --no-run-if-empty rm",
            "find . | xargs -I{} rm {}",
            "find . | xargs rm -f",
            "find . | xargs rm -rf",
            "find . | xargs echo",
            "find . | xargs rm; /work",
            "find . | xargs rm || true",
            "find . | xargs -0r rm",
            "find . | xargs -n 1 -r kubectl delete pod",
            "find . | xargs ls",
            "xargs rm < /list",
            "find . -print0 | xargs -0 -r -n 10 rm",
            "echo a b | xargs rm",
            "printf '%s\\n' a b | xargs kubectl delete pod",
            "seq 3 | xargs rm",
            "[ -n \"$X\" ] && echo \"$X\" | xargs kubectl delete pod",
        ],
    ),
];

/// Fields of containers of which a rule says nothing.
const CONTAINERS: &[(&str, &[&str])] = &[
    (
        "arguments-after-script",
        &[
            "command: [sh, -c, 'echo $1', _, a]",
            "command: [sh, -c, 'echo \"$@\"', sh, a, b]",
            "command: [sh, -c, 'exec /work \"$0\"', --all]",
            "command: [sh, -c, /work, sh]",
            "command: [bash, -c, /work, _]",
            "command: [bash, -c, /work, --]",
            "command: [bash, -c, 'shift; /work', a, b]",
            "command: [bash, -c, 'for a; do echo $a; done', _, b]",
            "command: [bash, -c, --, /work]",
            "command: [bash, -c, -e, /work]",
            "command: [bash, -euo, pipefail, -c, /work]",
            "command: [bash, /work.sh, a, b]",
            "command: [python, -c, 'print(1)', a]",
            "command: [bash, -c, 'echo ${2:-x}', _, a, b]",
            "command: [bash, -c, '/work --all', work.sh]",
        ],
    ),
    (
        "command-in-one-string",
        &[
            "command: [/opt/my app/run]",
            "command: ['C:\\Program Files\\app.exe']",
            "command: [/work]",
            "command: ['/work ']",
            "command: ['$(COMMAND) run']",
            "command: ['{{ .Values.command }} run']",
            "command: ['<your command>']",
            "command: [sh, -c, /work --all]",
            "args: [--message, a b]",
            "args: ['/work --all']",
            "command: ['']",
            "command: ['%APP% run']",
        ],
    ),
    (
        "script-without-c",
        &[
            "command: [sh, /work.sh]",
            "command: [bash, /scripts/work.sh, --all]",
            "command: [bash, -c, /a && /b]",
            "command: [bash, -lc, /a && /b]",
            "command: [bash, -euo, pipefail, -c, /a && /b]",
            "command: [bash, $(SCRIPT)]",
            "command: [bash, '{{ .Values.script }} a']",
            "command: [sh, './a b/work.sh']",
            "command: [sh, -c], args: [/a && /b]",
            "command: [sh]",
            "command: [sh, '/work.sh ']",
            "command: [echo, a && b]",
        ],
    ),
    (
        "shell-operator-without-shell",
        &[
            "command: [sh, -c, 'a && b']",
            "command: [sh, -c, a, '&&', b]",
            "command: [expr, '1', '>', '2']",
            "command: [test, a, '||', b]",
            "command: [jq, '.a | .b', '|']",
            "command: [/work, --filter, 'a && b']",
            "command: [ssh, host, a, '&&', b]",
            "command: [find, /, -exec, rm, '{}', ;]",
            "command: [/work, -e, '>', b]",
            "command: [/work, '=>', '>=', '->']",
            "command: [kubectl, exec, a, --, sh, -c, 'a && b', '&&']",
            "command: [cmd, /c, a, '&&', b]",
            "args: ['|', a]",
        ],
    ),
    (
        "carriage-return-in-script",
        &[
            "command: [sh, -c, \"a\\nb\\n\"]",
            "command: [/work, \"a\\r\\nb\"]",
            "command: [python, -c, \"a\\r\\nb\"]",
            "command: [pwsh, -c, \"a\\r\\nb\"]",
            "command: [sh, -c, \"printf '\\\\r\\\\n'\"]",
            "command: [sh, -c, \"printf 'a\\rb'\"]",
            "command: [sh, /work.sh, \"a\\r\\nb\"]",
            "args: [\"a\\r\\nb\"]",
            "command: [cmd, /c, \"a\\r\\nb\"]",
            "command: [sh, -c, 'a', \"b\\r\\n\"]",
        ],
    ),
    (
        "timeout-beyond-deadline",
        &[
            "command: [timeout, '599', /work]",
            "command: [sleep, '599']",
            "command: [kubectl, wait, pod/a, --timeout=590s]",
            "command: [helm, upgrade, a, b, --timeout, 9m]",
            "command: [sh, -c, 'sleep $TIME']",
            "command: [sh, -c, 'echo sleep 900']",
            "command: [/work, --timeout=900]",
            "command: [/work, --timeout=900s]",
            "command: [kubectl, wait, pod/a, --timeout=$(TIME)]",
            "command: [curl, --max-time, '900', http://a]",
            "command: [kubectl, wait, pod/a, --timeout=-1s]",
            "command: [sh, -c, 'timeout $TIME /work']",
        ],
    ),
    (
        "wait-without-end",
        &[
            "livenessProbe: {exec: {command: ['true']}}, command: [sh, -c, 'until nc -z db 1; do sleep 1; done']",
            "livenessProbe: {tcpSocket: {port: 1}}, command: [sh, -c, 'until nc -z db 1; do sleep 1; done']",
            "livenessProbe: {httpGet: {port: 1}}, command: [sh, -c, 'while ! nc -z db 1; do sleep 1; done; /work']",
            "livenessProbe: {grpc: {port: 1}}, command: [bash, -c, 'while true; do sleep 1; done']",
            "restartPolicy: Always, command: [sh, -c, 'until nc -z db 1; do sleep 1; done']",
            "restartPolicy: Never, command: [sh, -c, 'until nc -z db 1; do sleep 1; done']",
            "command: [timeout, '60', sh, -c, 'until nc -z db 1; do sleep 1; done']",
            "command: [python, -c, 'until nc -z db 1; do sleep 1; done']",
            "command: [sh, -c, /work, 'until nc -z db 1; do sleep 1; done']",
            "command: [echo, 'until nc -z db 1; do sleep 1; done']",
        ],
    ),
    (
        "continuation-folded",
        &[
            "command: [sh, -c, \"/work \\\n  --all\"]",
            "command: [sh, -c, '/work\n  --all']",
            "command: [sh, -c, '/work a\\ b\n  --all']",
            "command: [sh, -c, '/work \\\\\n  --all']",
            "command: [sh, -c, '/work \"a \\\n  b\"']",
            "command: [sh, -c, '/work \\\n\n  --all']",
            "command: [sh, -c, '# /work \\\n  --all']",
            "command: [/work, 'a \\\n  --all']",
            "command: [python, -c, 'a = 1 \\\n  + 2']",
            "command: [sh, /work.sh, 'a \\\n  --all']",
            "args: ['a \\\n  --all']",
        ],
    ),
    (
        "comment-in-command",
        &[
            "command: [sh, -c, \"# copies the archive to\n  the other region\"]",
            "command: [sh, -c, '# copies the archive to\n  the other region, once a day']",
            "command: [sh, -c, # copies the archive to\n  /work]",
            "command: [sh, -c, \"/work # copies the archive to\n  the other region\"]",
            "command: [sh, -c, \"/work # see\n  the runbook for what\n  this does\"]",
            "command: [sh, -c, \"# once\\n\\\n  /work\"]",
            "command: [sh, -c, \"# once\n\n  /work\"]",
            "command: [sh, -c, \"echo '# once\n  /work'\"]",
            "command: [sh, -c, \"/work a#once\n  /work\"]",
            "command: [sh, -c, \"# echoes of\n  echoes, and the like\"]",
        ],
    ),
];

#[test]
fn look_alikes_are_left_alone() {
    let mut said = Vec::new();
    for (rule, scripts) in SCRIPTS {
        for script in *scripts {
            let container = format!("command: [bash, -c, {}]", serde_json::to_string(script).expect("a string"));
            said.extend(
                told(&container).into_iter().filter(|found| found == rule).map(|_| format!("{rule}: {script:?}")),
            );
        }
    }
    for (rule, containers) in CONTAINERS {
        for container in *containers {
            said.extend(
                told(container).into_iter().filter(|found| found == rule).map(|_| format!("{rule}: {container}")),
            );
        }
    }
    assert!(said.is_empty(), "{}", said.join("\n"));
}

/// What is to be done is told by what is around the fault: parts of a Job's spec, its container, and words of the help; or
/// with `!` before them words that are not in it.
const REMEDIES: &[(&str, &str, &str, &[&str])] = &[
    (
        "failure-discarded",
        "",
        "/work; exit 0",
        &["leave out", "retries (up to 6)", "write `backoffLimit: 0`", "!OnFailure"],
    ),
    ("failure-discarded", "backoffLimit: 2, ", "/work; exit 0", &["retries (up to 2)"]),
    ("failure-discarded", "backoffLimit: 0, ", "/work; exit 0", &["leave out", "!retries"]),
    (
        "failure-masked",
        "",
        "/work; date; exit 0",
        &["begin the script with `set -e`", "where `exit 0` is there against"],
    ),
    ("failure-masked", "", "/work; echo done", &["!retries"]),
    ("failure-discarded", "completionMode: Indexed, backoffLimitPerIndex: 1, ", "/work; exit 0", &["!retries"]),
    ("pipe-failure-lost", "", "set -e; pg_dump a | gzip > a.gz", &["write `set -o pipefail`", "!-eo", "!exit 1"]),
    (
        "pipe-failure-lost",
        "",
        "c=$(oc get a -o x | base64 -d)\n/work \"$c\"",
        &["begin the script with `set -eo pipefail`"],
    ),
    (
        "pipe-failure-lost",
        "",
        "c=$(oc get a -o x | base64 -d)\n/a\nif [ $? = 1 ]; then /b; fi\n/work \"$c\"",
        &["write `set -o pipefail`", "`|| exit 1` behind it"],
    ),
    (
        "pipe-failure-lost",
        "",
        "set -e\nn=$(kubectl get pvc | wc -l)\nm=$(kubectl get cluster a 2>/dev/null | wc -l)\n[ $n -gt 0 ] && exit 1\n/w $m",
        &["`kubectl get` of a name", "!grep"],
    ),
    ("pipe-failure-lost", "", "set -e\npg_dump a | gzip > a.gz\nx=$(/b | grep c | tail -1)\n/w $x", &["`grep` fails"]),
    (
        "pipe-failure-lost",
        "",
        "set -e\npg_dump a | gzip > a.gz\nif kubectl get a b 2>/dev/null | grep -v c | wc -l; then /w; fi",
        &["!of a name", "!grep"],
    ),
    ("curl-without-fail", "", "curl -X DELETE http://a/b", &["take 404 for done", "!add `--fail`"]),
    ("curl-without-fail", "", "curl -XDELETE http://a/b", &["take 404 for done"]),
    ("curl-without-fail", "", "curl -X POST http://a/DELETE", &["add `--fail`", "!404 for done"]),
    ("curl-without-fail", "", "/a; curl -d x http://a/b; /c", &["add `--fail`", "`|| exit 1` behind"]),
    ("curl-without-fail", "", "set -e; curl -d x http://a/b; /c", &["add `--fail`", "!exit 1"]),
    ("curl-without-fail", "", "/a; curl -d x http://a/b", &["add `--fail`", "!exit 1"]),
    (
        "never-ends",
        "",
        "/work; sleep infinity",
        &["activeDeadlineSeconds", "sleep 3600", "!Deployment", "!initContainers"],
    ),
    ("never-ends", "", "ls /data; sleep infinity", &["Deployment", "!initContainers"]),
];

#[test]
fn remedies_look_at_what_is_around_the_fault() {
    for (rule, spec, script, wanted) in REMEDIES {
        let script = serde_json::to_string(script).expect("a string");
        let help = helped(rule, spec, &format!("command: [bash, -c, {script}]"));
        for words in *wanted {
            let (is_there, words) = words.strip_prefix('!').map_or((true, *words), |words| (false, words));
            assert_eq!(help.contains(words), is_there, "{rule}: {words:?} in {help:?}, of {spec}{script}");
        }
    }
    let beside = helped("never-ends", "", "command: [/work]}, {name: b, image: 'b:1', command: [sleep, infinity]");
    assert!(beside.contains("move `b` to `initContainers`"), "{beside}");
    let collects = |more: &str| {
        let beside = "command: [/work], volumeMounts: [{name: l, mountPath: /l}]}, {name: b, image: 'b:1', command: [sh, -c, \
                      '/logs; exit 0'], ";
        rules_told("", &format!("{beside}{more}")).iter().any(|rule| rule.starts_with("failure-"))
    };
    assert!(!collects("volumeMounts: [{name: l, mountPath: /m}]"));
    assert!(collects("volumeMounts: [{name: m, mountPath: /m}]") && collects("tty: true"));
    let holds =
        told_of("never-ends", "command: [sh, -c, '/work; sleep infinity'], resources: {limits: {cpu: 2, a.b/c: 1}}");
    assert!(holds.ends_with("which holds `a.b/c: 1`, `cpu: 2`"), "{holds}");
    let by_words = helped("curl-without-fail", "", "command: [curl, -X, DELETE, 'http://a/b']");
    assert!(by_words.contains("take 404 for done"), "{by_words}");
}

#[test]
fn every_rule_on_commands_has_ten_look_alikes() {
    let tables = || SCRIPTS.iter().chain(CONTAINERS);
    let few: Vec<_> = tables().filter(|(_, look_alikes)| look_alikes.len() < 10).map(|(rule, _)| rule).collect();
    assert!(few.is_empty(), "{few:?}");
    let without = rules::all().filter(|entry| entry.group == "command");
    let without: Vec<_> =
        without.filter(|entry| !tables().any(|(rule, _)| *rule == entry.name)).map(|entry| entry.name).collect();
    assert!(without.is_empty(), "{without:?}");
}

/// What is found in a container of a Job, without a deadline and with one.
fn told(container: &str) -> Vec<String> {
    let mut told = rules_told("", container);
    told.extend(rules_told("activeDeadlineSeconds: 600, ", container));
    told
}

/// The help of the only finding of a rule.
fn helped(rule: &str, spec: &str, container: &str) -> String {
    let report = lint(&Source::new("a.yaml", manifest(spec, container)), &config());
    let mut found = report.findings.into_iter().filter(|finding| finding.rule == rule);
    let (Some(finding), None) = (found.next(), found.next()) else { panic!("{rule} is found once: {container}") };
    finding.help.expect("it says what to do").to_string()
}

/// The message of the only finding of a rule.
fn told_of(rule: &str, container: &str) -> String {
    let report = lint(&Source::new("a.yaml", manifest("", container)), &config());
    let mut found = report.findings.into_iter().filter(|finding| finding.rule == rule);
    found.next().expect("it is found").message.to_string()
}

fn manifest(spec: &str, container: &str) -> String {
    format!(
        "{{apiVersion: batch/v1, kind: Job, metadata: {{name: a}}, spec: {{{spec}template: {{spec: {{restartPolicy: Never, \
         containers: [{{name: a, image: registry.example.com/a:1, {container}}}]}}}}}}}}"
    )
}

fn rules_told(spec: &str, container: &str) -> Vec<String> {
    let report = lint(&Source::new("a.yaml", manifest(spec, container)), &config());
    report.findings.iter().chain(&report.suppressed).map(|finding| finding.rule.to_owned()).collect()
}

#[test]
fn the_remedy_of_a_script_without_errexit_fits_it() {
    for (script, remedy) in [
        ("/a\n/b", "begin the script with `set -e`"),
        ("/a && /b\n/c", "begin the script with `set -e`, and write `a && b` as two lines"),
        ("/a\n/b | sort > /c\n/d", "begin the script with `set -eo pipefail`"),
        (
            "/a\n/b\n[ $? -eq 0 ] || exit 1\n/c",
            "write `|| exit 1` behind what must not fail: `set -e` would end the script before it reads `$?`",
        ),
    ] {
        let container = format!("command: [bash, -c, {}]", serde_json::to_string(script).expect("a string"));
        let text = super::job("", &format!("containers: [{{name: a, image: 'a:1', {container}}}]"));
        let report = lint(&Source::new("a.yaml", text), &config());
        let found = report.findings.iter().find(|one| one.rule == "errexit-unset");
        let help = found.and_then(|one| one.help.as_ref()).expect("a remedy");
        assert_eq!(help.as_str(), remedy, "{script}");
    }
}
