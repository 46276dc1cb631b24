"""buf, which is installed on the day that a project has a Protocol Buffers file, and not before.

Its wheel has 47 MB on disk: too much for the many who have none.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tenhats import processes
from tenhats.contracts import protobuf
from tenhats.contracts.protobuf import Said
from tenhats.environments import Environment, NotMade, make
from tenhats.errors import Unavailable
from tenhats.fact import Project
from tenhats.facts.environment import pinned


def ask_buf(project: Project, question: Sequence[str], folder: Path) -> list[Said]:
    """Ask buf about the Protocol Buffers files in a folder; it is kept from the network.

    Raises:
        Unavailable: if buf cannot be installed, or does not answer.
    """
    wanted = Environment(project.workshop / "envs" / "protobuf", tuple(pinned("protobuf").values()))
    try:
        make(wanted, root=project.root, say=lambda line: print(f"tenhats: {line}", file=sys.stderr))
    except NotMade as error:
        msg = (
            f"buf, which reads .proto files, cannot be installed: {error}; look at the network, and run again"
        )
        raise Unavailable(msg) from None
    program = wanted.scripts / ("buf.exe" if os.name == "nt" else "buf")
    # Nobody answers there, so that a dependency that is not here is a complaint and not a download.
    nowhere = {"BUF_CACHE_DIR": str(wanted.folder / "cache"), "HTTPS_PROXY": "http://127.0.0.1:9"}
    done = processes.run([str(program), *question], cwd=folder, env=nowhere, timeout=120.0)
    try:
        told = list(protobuf.said(f"{done.out}\n{done.err}"))
    except ValueError:
        told = []
    if done.code not in protobuf.EXPECTED or (done.code and not told):
        raise Unavailable(f"buf ended with {done.code}: {done.last_words}")
    return told
