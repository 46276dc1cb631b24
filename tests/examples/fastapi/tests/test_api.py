"""The service, by its front door."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from pytest_benchmark.fixture import BenchmarkFixture

from orders.api import create_app

LINE = {"sku": "A-1", "quantity": 2, "price": 1.5}


def order(**more: object) -> dict[str, Any]:
    """An order as a customer sends it."""
    return {"customer": "Ada", "lines": [LINE], **more}


@pytest.fixture
def client() -> TestClient:
    """A client of a service with an empty book."""
    return TestClient(create_app())


@pytest.mark.req("001-orders/FR-001", "001-orders/US1.1")
def test_places_an_order(client: TestClient) -> None:
    """It is answered with its number and its total."""
    answer = client.post("/orders", json=order())
    assert answer.status_code == 201
    assert answer.json() == {"number": 1, "total": 3.0, "state": "placed", **order()}


@pytest.mark.req("001-orders/US1.2")
def test_reads_an_order(client: TestClient) -> None:
    """As it was placed."""
    placed = client.post("/orders", json=order()).json()
    answer = client.get("/orders/1")
    assert (answer.status_code, answer.json()) == (200, placed)


@pytest.mark.req("001-orders/FR-002")
@pytest.mark.parametrize(
    "wrong", [{"lines": []}, {"customer": ""}, {"lines": [{**LINE, "quantity": 0}]}, {"gift": True}]
)
def test_refuses_what_the_contract_forbids(client: TestClient, wrong: dict[str, Any]) -> None:
    """And keeps nothing of it."""
    assert client.post("/orders", json=order(**wrong)).status_code == 422
    assert client.get("/orders/1").status_code == 404


@pytest.mark.req("001-orders/FR-003")
def test_knows_no_order_of_another_number(client: TestClient) -> None:
    """Neither to read nor to cancel."""
    assert client.get("/orders/7").status_code == 404
    assert client.post("/orders/7/cancel").json() == {"detail": "there is no order 7"}


@pytest.mark.req("001-orders/FR-004", "001-orders/US1.3")
def test_cancels_an_order(client: TestClient) -> None:
    """Whoever reads it later sees that."""
    client.post("/orders", json=order())
    assert client.post("/orders/1/cancel").json()["state"] == "cancelled"
    assert client.get("/orders/1").json()["state"] == "cancelled"


@pytest.mark.req("001-orders/FR-005")
def test_drops_the_oldest() -> None:
    """Once the book is full."""
    client = TestClient(create_app(most=2))
    numbers = [client.post("/orders", json=order()).json()["number"] for _ in range(3)]
    assert numbers == [1, 2, 3]
    assert [client.get(f"/orders/{number}").status_code for number in numbers] == [404, 200, 200]


@pytest.mark.req("001-orders/FR-001")
@given(st.lists(st.integers(1, 999), min_size=1, max_size=5))
def test_a_total_is_the_sum_of_its_lines(quantities: list[int]) -> None:
    """Whatever is ordered."""
    lines = [{**LINE, "quantity": each} for each in quantities]
    total = TestClient(create_app()).post("/orders", json=order(lines=lines)).json()["total"]
    assert total == 1.5 * sum(quantities)


@pytest.mark.req("001-orders/SC-001")
def test_speed(benchmark: BenchmarkFixture, client: TestClient) -> None:
    """The time that an order takes is measured."""
    assert benchmark(client.post, "/orders", json=order()).status_code == 201
