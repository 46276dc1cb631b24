"""The service, by its front door."""

from __future__ import annotations

from itertools import count

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from pytest_benchmark.fixture import BenchmarkFixture

from links.web import create_app

DOCS = {"name": "docs", "address": "https://example.org/docs"}


@pytest.fixture
def client() -> FlaskClient:
    """A client of a service with an empty store."""
    return create_app().test_client()


@pytest.mark.req("001-links/FR-001", "001-links/FR-004", "001-links/US1.1")
def test_keeps_a_link(client: FlaskClient) -> None:
    """It is answered as it is kept, and listed."""
    answer = client.post("/links", json=DOCS)
    assert (answer.status_code, answer.json) == (201, DOCS)
    client.post("/links", json={**DOCS, "name": "about"})
    assert client.get("/links").json == ["about", "docs"]


@pytest.mark.req("001-links/US1.2")
def test_follows_a_link(client: FlaskClient) -> None:
    """To its address."""
    client.post("/links", json=DOCS)
    answer = client.get("/links/docs")
    assert (answer.status_code, answer.location) == (307, DOCS["address"])


@pytest.mark.req("001-links/FR-002")
@pytest.mark.parametrize(
    "wrong",
    [
        [],
        {**DOCS, "name": ""},
        {**DOCS, "name": 41 * "a"},
        {**DOCS, "address": "javascript:alert(1)"},
        {**DOCS, "address": "https://" + 2000 * "a"},
    ],
)
def test_refuses_what_the_contract_forbids(client: FlaskClient, wrong: object) -> None:
    """And keeps nothing of it."""
    assert client.post("/links", json=wrong).status_code == 400
    assert client.get("/links").json == []


@pytest.mark.req("001-links/FR-002")
def test_refuses_what_is_taken_or_too_much() -> None:
    """The first stays."""
    client = create_app(most=1).test_client()
    client.post("/links", json=DOCS)
    assert client.post("/links", json=DOCS).status_code == 400
    assert client.post("/links", json={**DOCS, "name": "b"}).status_code == 400


@pytest.mark.req("001-links/FR-002")
@given(st.text(max_size=60))
def test_a_name_is_kept_or_refused_whatever_it_is(name: str) -> None:
    """Nothing else can happen."""
    client = create_app().test_client()
    status = client.post("/links", json={**DOCS, "name": name}).status_code
    assert status == (201 if name in (client.get("/links").json or []) else 400)


@pytest.mark.req("001-links/FR-003")
def test_knows_no_other_name(client: FlaskClient) -> None:
    """Neither to follow nor to drop."""
    assert client.get("/links/docs").status_code == 404
    assert client.delete("/links/docs").status_code == 404


@pytest.mark.req("001-links/FR-005", "001-links/US1.3")
def test_drops_a_link(client: FlaskClient) -> None:
    """Nobody can follow it any more."""
    client.post("/links", json=DOCS)
    assert client.delete("/links/docs").status_code == 204
    assert client.get("/links").json == []


@pytest.mark.req("001-links/SC-001")
def test_speed(benchmark: BenchmarkFixture) -> None:
    """The time that a link takes is measured."""
    client = create_app(most=1_000_000).test_client()
    names = (f"n{number}" for number in count())
    answer = benchmark(lambda: client.post("/links", json={**DOCS, "name": next(names)}))
    assert answer.status_code == 201
