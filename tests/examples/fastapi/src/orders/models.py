"""What an order is, as `specs/001-orders/contracts/openapi.yaml` has it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

# A decimal would be written as a text; the contract promises a number.
Price = Annotated[Decimal, Field(ge=0), PlainSerializer(float, return_type=float)]


class OrderLine(BaseModel):
    """So many of one article, at a price each."""

    model_config = ConfigDict(extra="forbid")

    sku: str = Field(max_length=12, pattern="^[A-Z0-9-]+$")
    quantity: int = Field(ge=1, le=999)
    price: Price


class NewOrder(BaseModel):
    """What a customer sends."""

    model_config = ConfigDict(extra="forbid")

    customer: str = Field(min_length=1, max_length=80)
    lines: list[OrderLine] = Field(min_length=1, max_length=100)


class Order(BaseModel):
    """What the service answers."""

    number: int = Field(ge=1)
    customer: str
    lines: list[OrderLine]
    total: Price
    state: Literal["placed", "cancelled"] = "placed"
