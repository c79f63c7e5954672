#!/usr/bin/env python3
"""Build an oracle for one Kubernetes version.

    python3 tests/oracle/build.py v1.36.2 /tmp/verdict-1.36     # writes /tmp/verdict-1.36/verdict
    python3 tests/oracle/build.py v1.36.2 /tmp/runs-1.36 runs   # writes /tmp/runs-1.36/runs

Needs Go and its module proxy; a minute or two, and 2 GB of Go's caches. For the version that its go.mod names, the
modules are exactly those of go.mod and go.sum; for others, Kubernetes' own go.mod of that version decides.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

SOURCES = pathlib.Path(__file__).parent
# The controllers run on virtual time, which only Go's tests have.
PROGRAMS = {"verdict": ("main.go", ["build"]), "update": ("main.go", ["build"]), "runs": ("sim_test.go", ["test", "-c", "-vet=off"])}
TESTED = "1.25.16 1.26.15 1.28.15 1.29.15 1.30.14 1.31.14 1.32.13 1.33.13 1.34.4 1.35.4 1.36.2 1.37.1".split()


def go(folder, *arguments):
    environment = {**os.environ, "GOFLAGS": "-mod=mod"}
    run = subprocess.run(["go", *arguments], cwd=folder, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return run.stdout


def pinned(program):
    """The version that go.mod and go.sum are for, if there are any."""
    if not (SOURCES / program / "go.mod").exists():
        return None
    return re.search(r"k8s.io/kubernetes (v\S+)", (SOURCES / program / "go.mod").read_text()).group(1)


def write_go_mod(version, folder):
    """A go.mod with what Kubernetes' own has and the module proxy does not know: where its parts are."""
    (folder / "go.mod").write_text("module verdict\n")
    info = json.loads(go(folder, "mod", "download", "-json", f"k8s.io/kubernetes@{version}"))
    kubernetes = pathlib.Path(info["GoMod"]).read_text()
    parts = re.findall(r"^\s*(k8s\.io/\S+) => \./staging/", kubernetes, re.M)
    others = re.findall(r"^\s*(\S+) => (\S+ v\S+)$", kubernetes, re.M)
    language = re.search(r"^go (\S+)", kubernetes, re.M).group(1)
    replaces = [f"{part} => {part} v0{version[2:]}" for part in parts]
    replaces += [f"{name} => {other}" for name, other in others if not name.startswith("k8s.io/")]
    lines = ["module verdict", "", f"go {language}", "", f"require k8s.io/kubernetes {version}", "", "replace ("]
    (folder / "go.mod").write_text("\n".join([*lines, *(f"\t{line}" for line in replaces), ")"]) + "\n")


def main():
    program = sys.argv[3] if len(sys.argv) == 4 else "verdict"
    if len(sys.argv) not in (3, 4) or program not in PROGRAMS:
        sys.exit(__doc__ + "\nKnown to work: " + " ".join(TESTED))
    version, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    text, build = PROGRAMS[program]
    shutil.copyfile(SOURCES / program / text, folder / text)
    if version == pinned(program):
        for name in ("go.mod", "go.sum"):
            shutil.copyfile(SOURCES / program / name, folder / name)
    else:
        write_go_mod(version, folder)
        go(folder, "mod", "tidy")
    go(folder, *build, "-o", program, ".")


if __name__ == "__main__":
    main()
