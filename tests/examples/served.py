"""Three services of FastAPI, Flask and Django: the gates judge each as it is, and spoiled in one place.

Each gets the tooling and the linter's settings that a project gets, and makes its own environments.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.examples.conftest import HERE
from tests.world import ROOT, RealProject, commit_all, findings, verdicts

JUDGED = "ARC,SPC,TST,DEV,SEC,PRF,OPS009,OPS010"
API = "src/orders/api.py"
MODELS = "src/orders/models.py"
CONTRACTS = {
    "fastapi": "specs/001-orders/contracts/openapi.yaml",
    "flask": "specs/001-links/contracts/openapi.yaml",
    "django": "specs/001-library/contracts/openapi.yaml",
}
Served = Callable[[str], RealProject]


@pytest.fixture(scope="session")
def served(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Makes a project of a service, once; its libraries are those that `pyproject.toml` pins."""
    made: dict[str, RealProject] = {}
    pins = tmp_path_factory.mktemp("pins") / "constraints.txt"
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    group = text.partition("\nexamples = [")[2].partition("\n]")[0]
    pins.write_text(re.sub(r'\[\w+\]|[" ,]', "", group), encoding="utf-8")

    def make(name: str) -> RealProject:
        if name not in made:
            folder = Path(shutil.copytree(HERE / name, tmp_path_factory.mktemp(name) / name))
            shutil.copytree(template / "template" / "tenhats", folder / "tenhats")
            for each in ("ruff.toml", ".gitignore"):
                shutil.copy2(template / "template" / each, folder / each)
            commit_all(folder, "start")
            made[name] = RealProject(folder)
        return made[name]

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("UV_CONSTRAINT", str(pins))
        monkeypatch.setenv("PIP_CONSTRAINT", str(pins))
        yield make


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_good_service_has_no_finding(served: Served, name: str) -> None:
    """Nothing is advised either of its contract, and the operations were all compared."""
    report = served(name).gates("--only", JUDGED)
    by_code = {each["code"]: each for each in report["rules"]}

    assert set() == findings(report)
    assert verdicts(report, "unchecked") <= {"SEC002"}
    assert {"SPC007", "SPC023", "SPC026", "SEC007", "TST014"} <= verdicts(report, "passed")
    assert 3 <= by_code["SPC026"]["looked_at"]
    assert ("passed" if name == "fastapi" else "not applicable") == by_code["SPC025"]["verdict"]


@pytest.mark.parametrize(
    ("name", "path", "old", "new", "code", "at", "words"),
    [
        (
            "fastapi", MODELS, "max_length=12", "max_length=10", "SPC025", (MODELS, "sku: str"),
            "OrderLine.sku has maxLength 10; the contract says maxLength 12",
        ),
        (
            "fastapi", MODELS, "    total: Price\n", "    total: Price\n    gift: bool = False\n", "SPC025",
            (MODELS, "gift: bool"), "Order.gift is in the code, and not in the contract",
        ),
        (
            "fastapi", MODELS, "PlainSerializer(float, return_type=float)", "Field()", "SPC025",
            (MODELS, "total: Price"), "Order.total is string; the contract says number",
        ),
        (
            "fastapi", API, 'status_code=201', 'status_code=200', "SPC026", (API, '@app.post("/orders",'),
            "POST /orders answers with 200; the contract says 201",
        ),
        (
            "fastapi", API, '"/orders/{number}/cancel"', '"/orders/{number}/stop"', "SPC026",
            (CONTRACTS["fastapi"], "post:"),
            "POST /orders/{number}/cancel is in the contract, and not in the application",
        ),
        (
            "fastapi", API, "place_order(new: NewOrder)", "place_order(new: NewOrder, dry: bool = False)",
            "SPC026", (API, '@app.post("/orders",'),
            "POST /orders: the query parameter dry is in the code, and not in the contract",
        ),
        (
            "fastapi", API, '"/orders", status_code', '"/v1/orders", status_code', "SPC026",
            (API, '@app.post("/v1/orders",'), "POST /v1/orders is in the application, and in no contract",
        ),
        (
            "flask", "src/links/web.py", '@app.delete("/links/<name>")', '@app.delete("/link/<name>")',
            "SPC026", (CONTRACTS["flask"], "delete:"),
            "DELETE /links/{name} is in the contract, and not in the application",
        ),
        (
            "flask", "src/links/web.py", '@app.get("/links")', '@app.route("/links", methods=["GET", "PUT"])',
            "SPC026", ("src/links/web.py", "@app.route"),
            "PUT /links is in the application, and in no contract",
        ),
        (
            "django", "src/library/urls.py", '"books/<int:number>/loan"', '"book/<int:number>/loan"',
            "SPC026", (CONTRACTS["django"], "put:"),
            "PUT /books/{number}/loan is in the contract, and not in the application",
        ),
        (
            "django", "src/library/views.py", "    def delete(self", "    def patch(self", "SPC026",
            ("src/library/views.py", "class Loan"),
            "PATCH /books/{number}/loan is in the application, and in no contract",
        ),
        (
            "fastapi", "tests/test_api.py", '@pytest.mark.req("001-orders/FR-004", "001-orders/US1.3")\n', "",
            "TST001", ("specs/001-orders/spec.md", "**FR-004**"), "001-orders/FR-004",
        ),
        (
            "flask", "specs/001-links/plan.md", "## Threats", "## Notes", "SEC007",
            (CONTRACTS["flask"], ""), "001-links",
        ),
    ],
)  # fmt: skip
def test_what_is_spoiled_is_noticed(
    served: Served, name: str, path: str, old: str, new: str, code: str, at: tuple[str, str], words: str
) -> None:
    """The rule that it concerns says what is wrong, at the right place."""
    with served(name).changed() as project:
        project.replace(path, old, new)
        report = project.gates("--only", code)
        text = project.read(at[0])

    told = [each for rule in report["rules"] for each in rule["findings"]]
    found = next((each for each in told if words in each["message"]), None)
    assert found, told
    assert at[0] == found["path"]
    assert at[1] in text.splitlines()[found["line"] - 1]
