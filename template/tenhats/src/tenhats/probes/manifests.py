"""Hold the resources on standard input against the API of Kubernetes; runs where kubernetes-validate is.

For each it prints null if there is no schema, an empty list if it is valid, or the way to the fault and its
message. Properties that the API does not know are faults: kubectl refuses them as well.
"""

from __future__ import annotations

import importlib
import json
import sys


def main() -> None:
    """Read a list of resources from standard input and answer on standard output, as JSON."""
    kubernetes_validate = importlib.import_module("kubernetes_validate")
    newest = kubernetes_validate.latest_version()
    answers: list[list[object] | None] = []
    for resource in json.load(sys.stdin):
        try:
            kubernetes_validate.validate(resource, newest, strict=True)
            answers.append([])
        except kubernetes_validate.SchemaNotFoundError:
            answers.append(None)
        except kubernetes_validate.ValidationError as error:
            answers.append([list(error.absolute_path), error.message[:200]])
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
