"""One module a persona: pure functions from facts to findings. Importing this registers them all."""

from tenhats.rules import (
    architect,
    data_engineer,
    devops_engineer,
    documentation_engineer,
    implementation_developer,
    ml_engineer,
    performance_engineer,
    security_engineer,
    specification_engineer,
    specification_engineer_completeness,
    specification_engineer_consistency,
    specification_engineer_links,
    specification_engineer_numbers,
    specification_engineer_prose,
    test_engineer,
    test_engineer_proof,
)

__all__ = [
    "architect",
    "data_engineer",
    "devops_engineer",
    "documentation_engineer",
    "implementation_developer",
    "ml_engineer",
    "performance_engineer",
    "security_engineer",
    "specification_engineer",
    "specification_engineer_completeness",
    "specification_engineer_consistency",
    "specification_engineer_links",
    "specification_engineer_numbers",
    "specification_engineer_prose",
    "test_engineer",
    "test_engineer_proof",
]
