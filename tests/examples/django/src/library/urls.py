"""Which path leads where."""

from __future__ import annotations

from django.urls import path

from library.views import Loan, list_books

urlpatterns = [
    path("books", list_books),
    path("books/<int:number>/loan", Loan.as_view()),
]
