"""Which version may break what another promised."""

from __future__ import annotations

import pytest

from tenhats.contracts.versions import allows_breaks, in_address, next_breaking

pytestmark = pytest.mark.req("003-contracts/FR-003")


@pytest.mark.parametrize(
    ("address", "version"),
    [
        ("https://example.org/order/v2/item.json", "v2"),
        ("https://example.org/order-1.2.0.schema.json", "1.2.0"),
        ("https://example.org/v1/order/v2", "v2"),
        ("urn:example:order:3.1", "3.1"),
        ("https://example.org/2026/order.json", None),
        ("order.json", None),
        ("", None),
    ],
)
def test_an_address_names_a_version(address: str, version: str | None) -> None:
    """The last one in it; a year or a bare number is none."""
    assert in_address(address) == version


@pytest.mark.parametrize(
    ("version", "following"),
    [("1.2.3", "2.0.0"), ("0.4.1", "0.5.0"), ("v7", "8.0.0"), (None, "2.0.0"), ("soon", "2.0.0")],
)
def test_the_next_version_that_may_break_is_named(version: str | None, following: str) -> None:
    """And it may."""
    assert next_breaking(version) == following
    assert allows_breaks(version, following)
    assert not allows_breaks(version, version)
