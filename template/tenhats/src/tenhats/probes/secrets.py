"""Look for secrets in the files named on standard input and print what is found, as JSON.

detect-secrets is asked as a library: its command verifies what it finds over the network and looks
only at files that git tracks. Its entropy detectors are left out: digests and pins are no secrets.
"""

from __future__ import annotations

import json
import sys

_DETECTORS = (
    "ArtifactoryDetector", "AWSKeyDetector", "AzureStorageKeyDetector", "BasicAuthDetector",
    "CloudantDetector", "DiscordBotTokenDetector", "GitHubTokenDetector", "GitLabTokenDetector",
    "IbmCloudIamDetector", "IbmCosHmacDetector", "JwtTokenDetector", "KeywordDetector",
    "MailchimpDetector", "NpmDetector", "OpenAIDetector", "PrivateKeyDetector",
    "PypiTokenDetector", "SendGridDetector", "SlackDetector", "SoftlayerDetector",
    "SquareOAuthDetector", "StripeDetector", "TelegramBotTokenDetector", "TwilioKeyDetector",
)  # fmt: skip
_HEURISTICS = (
    "is_indirect_reference", "is_likely_id_string", "is_lock_file", "is_not_alphanumeric_string",
    "is_potential_uuid", "is_prefixed_with_dollar_sign", "is_sequential_string", "is_swagger_file",
    "is_templated_secret",
)  # fmt: skip


def transient() -> dict[str, list[dict[str, str]]]:
    """The settings of detect-secrets: these detectors, and no filter that asks the network."""
    filters = [
        "detect_secrets.filters.allowlist.is_line_allowlisted",
        *(f"detect_secrets.filters.heuristic.{name}" for name in _HEURISTICS),
    ]
    return {
        "plugins_used": [{"name": name} for name in _DETECTORS],
        "filters_used": [{"path": path} for path in filters],
    }


def main() -> None:
    """Read a list of paths from standard input and answer on standard output."""
    from detect_secrets.core.scan import scan_file
    from detect_secrets.settings import transient_settings

    found = []
    with transient_settings(transient()):
        for path in json.load(sys.stdin):
            found += [
                {
                    "path": secret.filename,
                    "line": secret.line_number,
                    "code": secret.type,
                    "message": "this line looks like it holds a secret",
                }
                for secret in scan_file(path)
            ]
    print(json.dumps(found))


if __name__ == "__main__":
    main()
