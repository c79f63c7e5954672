//! Scripts that are long, deep, or full of what is found in scripts.

use crate::parts::{container, job};
use crate::shapes::{Shape, numbered, repeat};

pub(crate) const SCRIPTS: &[(&str, Shape)] = &[
    ("commands of a script", |size| script(&numbered(size, |n| format!("work --number {n}\n")))),
    ("failures that a script hides", |size| script(&format!("{}echo done\n", repeat("/work\n", size)))),
    ("fixes of a script", |size| script(&repeat("curl -d a https://example.com\n", size))),
    ("pipes of a script", |size| script(&format!("set -e\n{}", repeat("a | gzip > b\n", size)))),
    ("a pipe of a script", |size| script(&format!("a{} | gzip > b\n", repeat(" | c", size)))),
    ("a command joined to others", |size| script(&format!("a{} || b\n", repeat(" && c", size)))),
    ("words of a script", |size| script(&format!("work{}\n", repeat(" $a", size)))),
    ("a word of a script", |size| script(&format!("work {}\n", repeat("\"$a\"b", size)))),
    ("arrays of a script", |size| script(&repeat("a[1]=(b)\n", size))),
    ("subscripts that do not end", |size| script(&repeat("a[b;", size))),
    ("commands in words of a script", |size| script(&repeat("a=$(b | base64 -d)\n", size))),
    ("commands in each other's words", |size| {
        script(&format!("{}a{}\n", repeat("$(", size / 2), repeat(")", size / 2)))
    }),
    ("groups in groups", |size| script(&format!("{}a{}\n", repeat("{ ", size / 2), repeat("; }", size / 2)))),
    ("parentheses", |size| script(&repeat("((", size))),
    ("pairs of parentheses", |size| script(&repeat("((a);\n", size))),
    ("conditions", |size| script(&repeat("if a; then b; fi\n", size))),
    ("conditions in conditions", |size| script(&repeat("if a; then\n", size))),
    ("waits", |size| script(&repeat("until a; do sleep 1; done\n", size))),
    ("waits in waits", |size| script(&repeat("until a; do sleep 1\n", size))),
    ("statuses read late", |size| script(&repeat("work\na=1\n[ $? ]\n", size))),
    ("requests", |size| script(&repeat("curl -X POST a\n", size))),
    ("lists that go to xargs", |size| script(&format!("set -e\n{}", repeat("a | xargs rm\n", size)))),
    ("comments in commands", |size| script(&repeat("a \\\n# b\n-c\n", size))),
    ("a comment in a folded script", |size| {
        container(&format!(
            "        command:\n        - sh\n        - -c\n        - >\n          # a\n{}",
            repeat("          b --c\n", size)
        ))
    }),
    ("here-documents", |size| script(&repeat("a <<A\nb\nA\n", size))),
    ("here-documents that do not end", |size| script(&repeat("a <<A\n", size))),
    ("here-documents on a line", |size| script(&format!("a{}\nA\n", repeat(" <<A", size)))),
    ("functions", |size| script(&numbered(size, |n| format!("f{n}() {{ f{}; }}\n", n + 1)))),
    ("calls of a function", |size| script(&format!("f() {{ a; }}\n{}", repeat("f\n", size)))),
    ("arms of a case", |size| script(&format!("case a in\n{}esac\n", repeat("a) b;;\n", size)))),
    ("escapes of a script", |size| script(&repeat("\\$", size))),
    ("quotes of a script", |size| script(&repeat("'a'\"b\"", size))),
    ("dollars of a script", |size| script(&repeat("$$", size))),
    ("variables that Kubernetes fills in", |size| {
        format!("{}        env: [{{name: A, value: b}}]\n", script(&repeat("echo $(A)\n", size)))
    }),
    ("references that do not end", |size| script(&repeat("$(", size))),
    ("shells in a script", |size| script(&repeat("bash -c 'a; echo b'\n", size))),
    ("a script in a script", |size| script(&format!("bash -c '{}'\n", repeat("a\n          ", size)))),
    ("carriage returns", |size| container(&format!("        command: [sh, -c, \"{}\"]\n", repeat("a\\r\\n", size)))),
    ("operators without a shell", |size| container(&format!("        command: [a{}]\n", repeat(", '&&'", size)))),
    ("words behind a script", |size| container(&format!("        command: [sh, -c, a{}]\n", repeat(", b", size)))),
    ("programs that start others", |size| {
        container(&format!("        command: [nice{}, sh, -c, a]\n", repeat(", nice", size)))
    }),
    ("a script by many names", |size| {
        let first = format!(
            "      - name: c\n        image: a\n        command: [sh, -c, &a \"{}\"]\n",
            repeat("b;", size / 2)
        );
        let others = numbered(size / 2, |n| format!("      - {{name: c{n}, image: a, command: [sh, -c, *a]}}\n"));
        job(&format!("      containers:\n{first}{others}"))
    }),
    ("scripts of containers", |size| {
        let one = |n| format!("      - {{name: c{n}, image: a, command: [sh, -c, 'a; echo b']}}\n");
        job(&format!("      containers:\n{}", numbered(size, one)))
    }),
];

/// A Job with that script, line by line.
fn script(text: &str) -> String {
    let lines: String = text.lines().map(|line| format!("          {line}\n")).collect();
    container(&format!("        command:\n        - bash\n        - -c\n        - |\n{lines}"))
}
