"""The ten personas and the four practices that each of them promises."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Persona:
    """One of the ten: a prompt file, a rule prefix, a nox session."""

    prefix: str
    name: str
    title: str
    practices: tuple[str, str, str, str]

    @property
    def prompt(self) -> str:
        """The path of the persona's prompt, from the project's root."""
        return f"personas/{self.name}.md"


PERSONAS = (
    Persona(
        "ARC",
        "architect",
        "Architect",
        (
            "Creates comprehensive system specifications before implementation",
            "Defines clear API contracts and interfaces",
            "Establishes project structure following Python best practices",
            "Documents architectural decisions (ADRs)",
        ),
    ),
    Persona(
        "SPC",
        "specification-engineer",
        "Specification Engineer",
        (
            "Writes detailed feature specifications",
            "Creates data models and validation rules",
            "Defines API endpoints and contracts",
            "Maintains specification versioning",
        ),
    ),
    Persona(
        "TST",
        "test-engineer",
        "Test Engineer",
        (
            "Writes tests before implementation",
            "Creates comprehensive test suites",
            "Implements integration and end-to-end tests",
            "Maintains >80% code coverage",
        ),
    ),
    Persona(
        "DEV",
        "implementation-developer",
        "Implementation Developer",
        (
            "Implements features strictly according to specifications",
            "Follows PEP 8 and project coding standards",
            "Uses type hints comprehensively",
            "Writes self-documenting code",
        ),
    ),
    Persona(
        "DAT",
        "data-engineer",
        "Data Engineer",
        (
            "Designs efficient data pipelines",
            "Implements data quality checks",
            "Optimizes for memory and performance",
            "Creates reproducible data workflows",
        ),
    ),
    Persona(
        "MLE",
        "ml-engineer",
        "ML/AI Engineer",
        (
            "Creates reproducible ML pipelines",
            "Implements model monitoring",
            "Optimizes model performance",
            "Maintains model documentation",
        ),
    ),
    Persona(
        "OPS",
        "devops-engineer",
        "DevOps Engineer",
        (
            "Automates deployment pipelines",
            "Implements infrastructure specifications",
            "Manages secrets and configurations",
            "Ensures system reliability",
        ),
    ),
    Persona(
        "SEC",
        "security-engineer",
        "Security Engineer",
        (
            "Implements security requirements from specifications",
            "Conducts security reviews",
            "Manages dependencies vulnerabilities",
            "Implements secure coding practices",
        ),
    ),
    Persona(
        "PRF",
        "performance-engineer",
        "Performance Engineer",
        (
            "Identifies performance bottlenecks",
            "Implements caching strategies",
            "Optimizes algorithms and data structures",
            "Creates performance benchmarks",
        ),
    ),
    Persona(
        "DOC",
        "documentation-engineer",
        "Documentation Engineer",
        (
            "Maintains comprehensive documentation",
            "Creates code examples and tutorials",
            "Documents architectural decisions",
            "Ensures documentation stays current",
        ),
    ),
)

BY_PREFIX = {persona.prefix: persona for persona in PERSONAS}
BY_NAME = {persona.name: persona for persona in PERSONAS}
