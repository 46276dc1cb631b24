"""buf, which is installed on the day that a project has a Protocol Buffers file, and not before.

Its wheel has 47 MB on disk: too much for the many who have none.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tenhats import processes
from tenhats.contracts import protobuf
from tenhats.contracts.protobuf import Said
from tenhats.errors import Unavailable
from tenhats.fact import Project
from tenhats.facts.on_demand import equipped, program


def ask_buf(project: Project, question: Sequence[str], folder: Path) -> list[Said]:
    """Ask buf about the Protocol Buffers files in a folder; it is kept from the network.

    Raises:
        Unavailable: if buf cannot be installed, or does not answer.
    """
    wanted = equipped(project, "protobuf", "buf, which reads .proto files")
    # Nobody answers there, so that a dependency that is not here is a complaint and not a download.
    nowhere = {"BUF_CACHE_DIR": str(wanted.folder / "cache"), "HTTPS_PROXY": "http://127.0.0.1:9"}
    done = processes.run([program(wanted, "buf"), *question], cwd=folder, env=nowhere, timeout=120.0)
    try:
        told = list(protobuf.said(f"{done.out}\n{done.err}"))
    except ValueError:
        told = []
    if done.code not in protobuf.EXPECTED or (done.code and not told):
        raise Unavailable(f"buf ended with {done.code}: {done.last_words}")
    return told
