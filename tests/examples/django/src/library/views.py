"""The HTTP interface: list the books, borrow one, give it back."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.views import View
from django.views.decorators.http import require_GET

from library.shelf import SHELF, LentError

LONGEST_NAME = 80


@require_GET
def list_books(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """List every book, and who has it."""
    return JsonResponse([asdict(book) for book in SHELF.books()], safe=False)


class Loan(View):
    """The loan of one book."""

    def put(self, request: HttpRequest, number: int) -> JsonResponse:
        """Borrow a book."""
        reader = _reader(request)
        if reader is None:
            return JsonResponse({"error": "say who you are, in 1 to 80 characters"}, status=400)
        try:
            return JsonResponse(asdict(SHELF.lend(number, reader)))
        except KeyError:
            return JsonResponse({"error": f"there is no book {number}"}, status=404)
        except LentError as lent:
            return JsonResponse({"error": f"somebody else has {lent}"}, status=409)

    def delete(self, request: HttpRequest, number: int) -> JsonResponse:  # noqa: ARG002
        """Give a book back."""
        try:
            return JsonResponse(asdict(SHELF.take_back(number)))
        except KeyError:
            return JsonResponse({"error": f"there is no book {number}"}, status=404)


def _reader(request: HttpRequest) -> str | None:
    """Return the name in the body, if there is a good one."""
    try:
        said = json.loads(request.body)
    except ValueError:
        return None
    reader = said.get("reader") if isinstance(said, dict) else None
    return reader if isinstance(reader, str) and 0 < len(reader) <= LONGEST_NAME else None
