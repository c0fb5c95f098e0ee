"""Environments of their own for packages that cannot stand beside ours, or are only compared with."""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path


def environment(folder: Path, packages: Sequence[str]) -> Path:
    """Return the interpreter of the environment in `folder`, made with these packages where it is not."""
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    ready, wanted = folder / "ready", "\n".join(packages)
    if not ready.exists() or ready.read_text("utf-8") != wanted:
        print(f"making an environment in {folder} for {', '.join(packages)}", file=sys.stderr)
        venv.EnvBuilder(with_pip=True, clear=True).create(folder)
        for names in (("--upgrade", "pip"), packages):
            install = [str(python), "-m", "pip", "install", "--quiet", *names]
            subprocess.run(install, check=True, stdout=sys.stderr)
        ready.write_text(wanted, "utf-8")
    return python
