"""Finding `gan-augment`: the command of the npm package of the same name."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import List, Optional

from .errors import BinaryNotFoundError

#: Environment variable that holds the command, such as 'node /opt/gan-augment/dist/cli/main.js'.
VARIABLE = "GAN_AUGMENT"

_hint = (
    "Install it with Node.js 20.19 or newer: 'npm install --global gan-augment rxjs apache-arrow "
    "--onnxruntime-node-install=skip'; or set the environment variable GAN_AUGMENT to its command, "
    "such as 'node /opt/gan-augment/dist/cli/main.js'. On a cluster, on every machine: of Spark by "
    "spark.executorEnv.GAN_AUGMENT."
)


def find_command() -> List[str]:
    """Find the command that runs `gan-augment`.

    It is looked for in this order: the environment variable `GAN_AUGMENT`, `node_modules/.bin` of
    the working directory and of those above it, PATH, and what npx has without installing anything.

    Returns:
        The command and its first arguments.

    Raises:
        BinaryNotFoundError: if it is in none of these places, or the variable names no program.
    """
    said = os.environ.get(VARIABLE)
    if said:
        return _command_of(said)
    local = _in_node_modules(Path.cwd())
    if local is not None:
        return [local]
    installed = shutil.which("gan-augment")
    if installed is not None:
        return [installed]
    cached = _by_npx()
    if cached is not None:
        return cached
    raise BinaryNotFoundError(
        f"gan-augment was not found: {VARIABLE} is not set, and it is not in node_modules/.bin of "
        f"{Path.cwd()} or above, nor on PATH, nor known to npx. {_hint}"
    )


def _command_of(said: str) -> List[str]:
    # The path of a program may hold blanks.
    if shutil.which(said) is not None:
        return [said]
    command = shlex.split(said, posix=os.name == "posix")
    if command and shutil.which(command[0]) is not None:
        return command
    raise BinaryNotFoundError(f"{VARIABLE} names no program that can be run: {said}. {_hint}")


def _in_node_modules(directory: Path) -> Optional[str]:
    name = "gan-augment.cmd" if os.name == "nt" else "gan-augment"
    for each in (directory, *directory.parents):
        path = each / "node_modules" / ".bin" / name
        if path.exists():
            return str(path)
    return None


def _by_npx() -> Optional[List[str]]:
    npx = shutil.which("npx")
    if npx is None:
        return None
    command = [npx, "--no", "gan-augment"]
    asked = subprocess.run(
        [*command, "--version"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return command if asked.returncode == 0 else None
