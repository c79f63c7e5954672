#!/usr/bin/env python3
"""Write fixtures/server/fields.txt: the fields of Job and CronJob as the Go types of each Kubernetes release have them.

Needs Go and its module proxy. A line is `type.field kind`, then the first and the last minor version where these are
not the oldest and the newest. The schema table is made from another source, and a test compares the two.

    python3 tests/oracle/fields.py
"""

import pathlib
import shutil
import subprocess
import tempfile

PATCHES = {25: 16, 26: 15, 27: 16, 28: 15, 29: 15, 30: 14, 31: 14, 32: 13, 33: 13, 34: 4, 35: 4, 36: 2, 37: 1}
HERE = pathlib.Path(__file__).parent
OUTPUT = HERE.parent.parent / "fixtures" / "server" / "fields.txt"


def fields_of(minor):
    version = f"v0.{minor}.{PATCHES[minor]}"
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(HERE / "fields" / "main.go", folder)
        requires = [f"k8s.io/api {version}", f"k8s.io/apimachinery {version}"]
        mod = ["module fields", "", "go 1.24.0", "", "require ("] + [f"\t{line}" for line in requires] + [")"]
        (pathlib.Path(folder) / "go.mod").write_text("\n".join(mod) + "\n")
        run = ["go", "run", "-mod=mod", "."]
        return subprocess.run(run, cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()


def main():
    versions = {}
    for minor in PATCHES:
        for line in fields_of(minor):
            versions.setdefault(line, []).append(minor)
    oldest, newest = min(PATCHES), max(PATCHES)
    lines = []
    for line, minors in sorted(versions.items()):
        assert minors == list(range(minors[0], minors[-1] + 1)), f"{line} left and came back"
        since = f" since 1.{minors[0]}" if minors[0] > oldest else ""
        until = f" until 1.{minors[-1]}" if minors[-1] < newest else ""
        lines.append(line + since + until)
    OUTPUT.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
