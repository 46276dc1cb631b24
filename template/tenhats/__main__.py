"""Start the gate tooling: make the tools' environment if there is none, then run in it.

`python tenhats gates` is what every nox session calls. This file needs only Python.
"""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).absolute().parent
sys.path.insert(0, str(HERE / "src"))


def main() -> int:
    """Run the tooling's command line in its own environment; return its exit code."""
    if sys.version_info < (3, 11):
        print(f"tenhats needs Python 3.11 or later; this is {sys.version.split()[0]}.")
        return 2

    import tomllib

    from tenhats.environments import Environment, NotMade, make

    root = HERE.parent
    pins = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))
    tools = Environment(
        root / ".tenhats" / "envs" / "tools",
        tuple(pins["project"]["dependencies"]),
        constraints=HERE / "constraints.txt",
        imports=HERE / "src",
    )
    try:
        make(tools, root=root, say=lambda line: print(f"tenhats: {line}", file=sys.stderr))
    except NotMade as error:
        print(f"tenhats: the gate tools could not be installed: {error}")
        print("tenhats: look at the network and at tenhats/pyproject.toml, then run again.")
        return 2
    except OSError as error:
        print(f"tenhats: {error.filename or tools.folder}: {error.strerror}. Make room and run again.")
        return 2
    except KeyboardInterrupt:
        print("tenhats: stopped")
        return 130

    # Compiled modules go to the workshop: never into the project, and always kept for the next run.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(root / ".tenhats" / "pycache")
    command = [str(tools.python), "-m", "tenhats", *sys.argv[1:]]
    os.chdir(root)
    if os.name == "posix":
        os.execv(command[0], command)
    child = subprocess.Popen(command)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # the console sent it to the child too, which ends its own children first


if __name__ == "__main__":
    raise SystemExit(main())
