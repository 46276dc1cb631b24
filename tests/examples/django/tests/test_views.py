"""The service, by its front door."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_benchmark.fixture import BenchmarkFixture

from library.wsgi import application

BOOK = {"number": 1, "title": "Emma"}


@pytest.fixture
def client() -> Client:
    """A client of the service, with a full shelf."""
    assert application
    client = Client()
    for number in (1, 2, 3):
        client.delete(f"/books/{number}/loan")
    return client


def borrow(client: Client, reader: object, number: int = 1) -> tuple[int, Any]:
    """Borrow a book; the status, and what is said."""
    loan = {"reader": reader}
    answer = client.put(f"/books/{number}/loan", loan, content_type="application/json")
    return answer.status_code, answer.json()


def readers(client: Client) -> list[Any]:
    """Who has the books, by their numbers."""
    return [book["reader"] for book in client.get("/books").json()]


@pytest.mark.req("001-library/FR-001", "001-library/FR-002", "001-library/US1.1")
def test_lends_a_book(client: Client) -> None:
    """The list says who has it."""
    assert borrow(client, "Ada") == (200, {**BOOK, "reader": "Ada"})
    assert readers(client) == ["Ada", None, None]


@pytest.mark.req("001-library/FR-003")
@pytest.mark.parametrize("reader", [None, "", 81 * "a", ["Ada"]])
def test_refuses_a_loan_without_a_reader(client: Client, reader: object) -> None:
    """The book stays on the shelf."""
    assert borrow(client, reader)[0] == 400
    assert readers(client) == [None, None, None]


@pytest.mark.req("001-library/FR-003")
@given(st.binary(max_size=100))
def test_refuses_whatever_is_no_loan(body: bytes) -> None:
    """Nothing that is sent breaks it."""
    assert application
    answer = Client().put("/books/3/loan", body, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.req("001-library/FR-004", "001-library/US1.2")
def test_lends_no_book_twice(client: Client) -> None:
    """Whoever has it may ask again."""
    borrow(client, "Ada")
    assert borrow(client, "Ben")[0] == 409
    assert borrow(client, "Ada")[0] == 200


@pytest.mark.req("001-library/FR-005", "001-library/US1.3")
def test_takes_a_book_back(client: Client) -> None:
    """The next one may have it."""
    borrow(client, "Ada")
    assert client.delete("/books/1/loan").status_code == 200
    assert readers(client) == [None, None, None]


@pytest.mark.req("001-library/FR-006")
def test_knows_no_other_book(client: Client) -> None:
    """Neither to lend nor to take back."""
    assert borrow(client, "Ada", 9)[0] == 404
    assert client.delete("/books/9/loan").status_code == 404


@pytest.mark.req("001-library/SC-001")
def test_speed(benchmark: BenchmarkFixture, client: Client) -> None:
    """The time that the list takes is measured."""
    assert benchmark(client.get, "/books").status_code == 200
