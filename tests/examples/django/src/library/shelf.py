"""Which books there are, and who has them."""

from __future__ import annotations

from dataclasses import dataclass


class LentError(Exception):
    """The book is with somebody else."""


@dataclass
class Book:
    """One book; `reader` has it, or nobody."""

    number: int
    title: str
    reader: str | None = None


class Shelf:
    """The books of one process."""

    def __init__(self, titles: list[str]) -> None:
        """Put a book on the shelf for each title, numbered from 1."""
        self._books = {number: Book(number, title) for number, title in enumerate(titles, 1)}

    def books(self) -> list[Book]:
        """Return every book, in the order of their numbers."""
        return list(self._books.values())

    def lend(self, number: int, reader: str) -> Book:
        """Give a book to a reader.

        Raises:
            KeyError: if there is no such book.
            LentError: if somebody else has the book.
        """
        book = self._books[number]
        if book.reader not in {None, reader}:
            raise LentError(book.title)
        book.reader = reader
        return book

    def take_back(self, number: int) -> Book:
        """Put a book back on the shelf.

        Raises:
            KeyError: if there is no such book.
        """
        book = self._books[number]
        book.reader = None
        return book


SHELF = Shelf(["Emma", "Middlemarch", "Villette"])
