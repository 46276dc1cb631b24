"""The HTTP interface: place an order, read it, cancel it."""

from __future__ import annotations

import itertools
import threading
from decimal import Decimal

from fastapi import FastAPI, HTTPException

from orders.models import NewOrder, Order


class Book:
    """The orders of one process, the newest of them."""

    def __init__(self, most: int) -> None:
        """Begin an empty book for so many orders."""
        self._most = most
        self._orders: dict[int, Order] = {}
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def write(self, new: NewOrder) -> Order:
        """Give an order a number and keep it; the oldest makes room where there is none."""
        total = sum((line.price * line.quantity for line in new.lines), start=Decimal(0))
        with self._lock:
            number = next(self._numbers)
            order = Order(number=number, customer=new.customer, lines=new.lines, total=total)
            self._orders[number] = order
            while len(self._orders) > self._most:
                self._orders.pop(next(iter(self._orders)))
        return order

    def find(self, number: int) -> Order:
        """Return an order.

        Raises:
            KeyError: if there is none of this number.
        """
        return self._orders[number]

    def cancel(self, number: int) -> Order:
        """Cancel an order, and return it as it is now.

        Raises:
            KeyError: if there is none of this number.
        """
        with self._lock:
            order = self._orders[number].model_copy(update={"state": "cancelled"})
            self._orders[number] = order
        return order


def create_app(most: int = 10_000) -> FastAPI:
    """Make the service, with an empty book for so many orders."""
    app = FastAPI(title="Orders", version="1.0.0")
    book = Book(most)

    @app.post("/orders", status_code=201)
    def place_order(new: NewOrder) -> Order:
        """Place an order."""
        return book.write(new)

    @app.get("/orders/{number}", responses={404: {"description": "There is no such order"}})
    def read_order(number: int) -> Order:
        """Say what became of an order."""
        try:
            return book.find(number)
        except KeyError:
            raise HTTPException(404, f"there is no order {number}") from None

    @app.post("/orders/{number}/cancel", responses={404: {"description": "There is no such order"}})
    def cancel_order(number: int) -> Order:
        """Cancel an order."""
        try:
            return book.cancel(number)
        except KeyError:
            raise HTTPException(404, f"there is no order {number}") from None

    return app
