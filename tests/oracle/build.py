#!/usr/bin/env python3
"""Build the oracle for one Kubernetes version.

    python3 tests/oracle/build.py v1.36.2 /tmp/verdict-1.36     # writes /tmp/verdict-1.36/verdict

Needs Go and its module proxy; a minute or two, and 2 GB of Go's caches. For the version that verdict/go.mod names, the
modules are exactly those of go.mod and go.sum; for others, Kubernetes' own go.mod of that version decides.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

SOURCE = pathlib.Path(__file__).parent / "verdict"
TESTED = "1.25.16 1.26.15 1.28.15 1.29.15 1.30.14 1.31.14 1.32.13 1.33.13 1.34.4 1.35.4 1.36.2 1.37.1".split()


def go(folder, *arguments):
    environment = {**os.environ, "GOFLAGS": "-mod=mod"}
    run = subprocess.run(["go", *arguments], cwd=folder, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return run.stdout


def pinned():
    """The version that go.mod and go.sum are for."""
    return re.search(r"k8s.io/kubernetes (v\S+)", (SOURCE / "go.mod").read_text()).group(1)


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
    if len(sys.argv) != 3:
        sys.exit(__doc__ + "\nKnown to work: " + " ".join(TESTED))
    version, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SOURCE / "main.go", folder / "main.go")
    if version == pinned():
        for name in ("go.mod", "go.sum"):
            shutil.copyfile(SOURCE / name, folder / name)
    else:
        write_go_mod(version, folder)
        go(folder, "mod", "tidy")
    go(folder, "build", "-o", "verdict", ".")


if __name__ == "__main__":
    main()
