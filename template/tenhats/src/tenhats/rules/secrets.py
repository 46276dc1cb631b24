"""What several rules say of a secret: that a file sets it to a value which everybody can read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tenhats.infrastructure.model import Value
from tenhats.rule import Findings

_SECRET = re.compile(
    r"(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|SECRET_KEY|TOKEN|API_?KEY|PRIVATE_KEY|ACCESS_KEY|ENCRYPTION_KEY)\Z",
    re.IGNORECASE,
)
_NO_SECRET = re.compile(
    r"(?:\$.*|<.*|\{.*|\*+|[x.]+|none|null|true|false|\d{0,3}|/.*|.*(?:your|change|replace|example|placeholder|dummy|mock|"
    r"fake|todo|insert|redacted|not-?set|unset).*)\Z",
    re.IGNORECASE | re.DOTALL,
)
# Known to everybody, so nothing leaks; it must only not be the one in production.
_KNOWN_TO_ALL = re.compile(
    r"(?:admin|root|postgres|postgresql|mysql|mongo|redis|rabbitmq|guest|minio|minioadmin|elastic|grafana|password|"
    r"passwd|pass|secret|test|testing|dev|devel|development|local|user|app|ci|build)"
    r"[\W_]?(?:admin|password|pass|pw|secret|user|key|token|dev|test|db|[0-9]{1,5})?\Z|.*[-_]dev(?:[-_].*)?\Z",
    re.IGNORECASE,
)
# The name of a secret that is kept somewhere else.
_NAMES_ONE = re.compile(
    r"[a-z0-9]{1,60}(?:[-_/.][a-z0-9]{1,60}){0,20}[-_/.](?:key|secret|password|token)s?\Z"
)


def holds_secret(value: Value) -> bool:
    """Whether a variable is a secret by its name, and set to more than a stand-in."""
    return bool(_SECRET.search(value.name)) and not _NO_SECRET.match(value.value)


def tell_of_secrets(values: Sequence[Value], findings: Findings, *, nothing: str) -> None:
    """Complain of each value that is a secret; one that everybody knows is advice."""
    # A password that is the name of the user or of the database is a stand-in.
    open_to_all = {(each.path, each.value) for each in values if not _SECRET.search(each.name)}
    for each in findings.over(values, nothing=nothing):
        if not holds_secret(each):
            continue
        message = f"{each.of} sets {each.name} to a value that stands here for everybody to read"
        is_no_secret = _KNOWN_TO_ALL.match(each.value) or _NAMES_ONE.match(each.value)
        if is_no_secret or (each.path, each.value) in open_to_all:
            findings.advise(
                each, message, f"see that no other place than your own machine uses it: ${{{each.name}}}"
            )
        else:
            findings.add(each, message, f"revoke it, and hand it over at run time: ${{{each.name}}}")
