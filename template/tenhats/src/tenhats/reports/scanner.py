"""The report for a code scanner: SARIF 2.1.0.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from urllib.parse import quote

from tenhats import __version__
from tenhats.verdicts import Outcome


def as_sarif(outcome: Outcome) -> str:
    """Every finding as a SARIF result, every rule that was asked as a SARIF rule."""
    rules = [
        {
            "id": judged.rule.code,
            "shortDescription": {"text": judged.rule.title},
            "fullDescription": {"text": judged.rule.page},
            "properties": {"persona": judged.rule.persona.name, "gate": judged.rule.gate.value},
        }
        for judged in outcome.judgements
    ]
    results = [
        {
            "ruleId": judged.rule.code,
            "level": "error",
            "message": {"text": f"{each.message}\nTo mend it: {each.fix}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(each.path)},
                        "region": {"startLine": max(each.line, 1)},
                    }
                }
            ],
        }
        for judged in outcome.judgements
        for each in judged.findings
    ]
    driver = {"name": "tenhats", "version": __version__, "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"
