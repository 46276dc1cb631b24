"""Markdown as a specification's reader sees it: which lines are text, and which are not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tenhats.formats.markdown import Line, heading_of, read_page, without_code

pytestmark = pytest.mark.req("001-reading-specifications/FR-005")


def seen(text: str) -> list[str]:
    return [line.text.strip() for line in read_page(text).lines if line.text.strip()]


def test_lines_are_numbered_from_one() -> None:
    """Line numbers are those of an editor, with and without a byte order mark."""
    assert [(line.number, line.text) for line in read_page("a\nb").lines] == [(1, "a"), (2, "b")]
    assert [(line.number, line.text) for line in read_page("\ufeffa\nb").lines] == [(1, "a"), (2, "b")]


def test_windows_line_ends_are_left_out() -> None:
    """A carriage return is no part of a line, and closes a fence like any other line end."""
    assert seen("a\r\n```\r\ncode\r\n```\r\nb\r\n") == ["a", "b"]


FENCES = ("```", "~~~", "`````", "```python", "   ```", "- ```", "1. ```", "```{.py}", "- a\n\n     ```")


@pytest.mark.parametrize("fence", FENCES)
def test_fenced_code_is_left_out(fence: str) -> None:
    """Every kind and length of fence hides what is in it."""
    closing = "~~~" if "~" in fence else "`" * fence.count("`")
    indent = "    " if fence[0] in "-1" else ""
    before = [line for line in ("a", *fence.split("\n")[:-1]) if line]
    assert seen(f"a\n{fence}\n{indent}**FR-001**: MUST\n{indent}{closing}\nb") == [*before, "b"]


def test_a_fence_ends_with_its_list_item() -> None:
    """Code that is not indented as its item is, is text, and the next fence opens a new one."""
    assert seen("- ```\n- **FR-001**: MUST\n- b") == ["- **FR-001**: MUST", "- b"]
    assert read_page("- ```\n  a\n- b").unclosed is None
    assert read_page("- ```\n- b\n```\nc").unclosed == 3


def test_indented_code_opens_no_fence() -> None:
    """Four spaces make code of three backticks; in a list item they may be its indentation."""
    assert seen("a\n\n    ```\n\nb") == ["a", "```", "b"]
    assert seen("1. a\n\n    ```\n    b\n    ```\nc") == ["1. a", "c"]


def test_a_quotation_goes_on_with_its_paragraph() -> None:
    """As Markdown has it, without the mark; a list or a blank line ends it."""
    assert [line.quoted for line in read_page("> a\nb\n- c").lines] == [True, True, False]
    assert [line.quoted for line in read_page("- > a\n- b\n\nc").lines] == [True, False, False, False]


def test_a_comment_within_a_paragraph_ends_with_it() -> None:
    """One that nobody closes before the blank line is text, as a browser shows it."""
    assert seen("a <!-- b\n\n- **FR-001**: c") == ["a <!-- b", "- **FR-001**: c"]
    assert seen("a <!-- b\nc --> d") == ["a", "d"]


PIECES = (
    "```", "~~~", "````", "```py", "> a", "> ```", ">", "- a", "  b", "  ```", "- ```", "1. a", "2. b",
    "   ```", "    ```", "     ```", "", "text", "# h", "    x", "> - a", "- > a", "a ``` b", "```a`b",
    "~~~ x ~", "---", "***", "- - a", "  - a", "    - a", "      c", "<!-- a -->",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=9))
def test_fences_and_quotations_are_those_of_commonmark(pieces: list[str]) -> None:
    """The lines of code and of quotations are those that a Markdown parser finds."""
    text = "\n".join(pieces) + "\n"
    told = {"fence": set[int](), "blockquote_open": set[int](), "html_block": set[int]()}
    for token in MarkdownIt("commonmark").parse(text):
        if token.type in told and token.map:
            told[token.type] |= set(range(token.map[0] + 1, token.map[1] + 1))
    page = read_page(text)
    said = {number for number, piece in enumerate(pieces, 1) if piece.strip(" >")}
    visible = {line.number for line in page.lines}
    assert said - visible == told["fence"] & said
    assert {line.number for line in page.lines if line.quoted} & said == told[
        "blockquote_open"
    ] & said & visible


def test_a_shorter_fence_does_not_close_a_longer_one() -> None:
    """A fence within a fence is code."""
    assert seen("````\n```\ncode\n```\nstill code\n````\nb") == ["b"]
    assert seen("~~~\n```\nstill code\n~~~\nb") == ["b"]


def test_backticks_within_a_line_open_no_fence() -> None:
    """Three backticks around words in one line are a code span."""
    assert seen("```code``` and text\nb") == ["```code``` and text", "b"]


@pytest.mark.req("001-reading-specifications/US2.2")
def test_an_unclosed_fence_is_told_of() -> None:
    """Its line is known, and nothing after it is read."""
    page = read_page("a\n```\n- **FR-001**: x")
    assert (page.unclosed, [line.text for line in page.lines]) == (2, ["a"])
    assert read_page("a\n```\ncode\n```").unclosed is None


def test_an_unclosed_comment_is_told_of() -> None:
    """A comment that nobody closes swallows a page as an unclosed fence does."""
    assert read_page("a\n<!-- note\n- **FR-001**: x").unclosed == 2
    assert read_page("a\n<!-- one\n--> <!-- two\n- **FR-001**: x").unclosed is not None
    assert read_page("a\n<!-- note\n-->\n- **FR-001**: x").unclosed is None


def test_comments_are_left_out() -> None:
    """On one line, on several, and twice on a line."""
    assert seen("a <!-- b --> c <!-- d --> e") == ["a  c  e"]
    assert seen("a <!-- b\nc\nd --> e") == ["a", "e"]
    assert seen("<!--\n```\n-->\nb") == ["b"]


def test_a_comment_in_a_code_span_is_text() -> None:
    """A page may speak of comments."""
    assert seen("write `<!--` to hide\nb") == ["write `<!--` to hide", "b"]


def test_front_matter_is_left_out() -> None:
    """Only at the top, and only if it is closed."""
    assert seen("---\nstatus: x\n---\na") == ["a"]
    assert seen("---\na") == ["---", "a"]
    assert seen("a\n---\nb\n---") == ["a", "---", "b", "---"]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    """What stands between two horizontal rules is text."""
    assert seen("---\n\nb\n\n---\nc") == ["---", "b", "---", "c"]


def test_quoted_lines_are_marked() -> None:
    """A quotation stands on the page, but is nobody's own word."""
    assert [line.quoted for line in read_page("> a\n  > b\n\nc").lines] == [True, True, False, False]


@pytest.mark.parametrize(
    ("text", "level", "words"),
    [("# A", 1, "A"), ("### A b ###", 3, "A b"), ("   ## A", 2, "A"), ("##\tA", 2, "A"), ("#", 1, "")],
)
def test_headings_are_read(text: str, level: int, words: str) -> None:
    """Levels, decoration and indentation as CommonMark has them."""
    heading = heading_of(Line(4, text))
    assert heading is not None
    assert (heading.number, heading.level, heading.text) == (4, level, words)


@pytest.mark.parametrize("text", ["#A", "####### A", "    # A", "A #", ""])
def test_what_is_no_heading_is_none(text: str) -> None:
    """A hash without a space, seven of them, or an indented one is text."""
    assert heading_of(Line(1, text)) is None
    assert heading_of(Line(1, "# A", quoted=True)) is None
    assert heading_of(Line(1, "# A")) is not None


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("a `b` c", "a     c"),
        ("``a ` b`` c", "          c"),
        ("`a` b `c`", "    b    "),
        ("a ` b", "a ` b"),
        ("``a` b", "``a` b"),
        ("`a ``b`` c", "`a       c"),
    ],
)
def test_code_spans_are_blanked(text: str, bare: str) -> None:
    """A run of backticks closes with the next run of its length; every column is kept."""
    assert without_code(text) == bare


def test_indentation_counts_a_tab_as_four() -> None:
    """Tabs and spaces are compared."""
    assert [Line(1, text).indent for text in ("a", "  a", "\ta", " \ta")] == [0, 2, 4, 4]


@given(st.text(alphabet="`~<!->ab \n\r\t#*", max_size=200))
def test_any_text_is_read(text: str) -> None:
    """Whatever somebody writes, the lines that are read are lines of the text, in order."""
    page = read_page(text)
    numbers = [line.number for line in page.lines]
    assert numbers == sorted(set(numbers))
    assert all(1 <= number <= text.count("\n") + 1 for number in numbers)


@given(st.text(alphabet="`a ", max_size=60))
def test_blanking_keeps_every_column(text: str) -> None:
    """What is not code stays where it was."""
    bare = without_code(text)
    assert len(bare) == len(text)
    assert all(new in {old, " "} for old, new in zip(text, bare, strict=True))


COMMENTS = (
    "```", "~~~", "> a", "- a", "  b", "1. a", "   ```", "", "text", "# h", "    x", "<!-- a -->",
    "<!-- a", "a", "b -->", "  <!-- c", "- <!-- d", "> <!-- e", "  f -->", "text <!-- g", "h --> i",
)  # fmt: skip


@given(st.lists(st.sampled_from(COMMENTS), max_size=9))
def test_comments_are_those_of_commonmark(pieces: list[str]) -> None:
    """What a Markdown parser hands on as HTML is not read, and everything else is."""
    text = "\n".join(pieces) + "\n"
    blocks, within = set[int](), set[int]()
    for token in MarkdownIt("commonmark").parse(text):
        lines = range(token.map[0] + 1, token.map[1] + 1) if token.map else ()
        if token.type in {"html_block", "fence"}:
            blocks |= set(lines)
        elif any(child.type == "html_inline" for child in token.children or ()):
            within |= set(lines)
    read = {line.number: line.text for line in read_page(text).lines}
    for number, piece in enumerate(pieces, 1):
        if number in blocks:
            assert "-->" in piece or not read.get(number, "").strip(" >-")
        elif number not in within:
            assert read[number] == piece


NASTY = ["*", "(", " ", "|", "`", "`` ` ", "a`", "<!--", "<!-- -->", "~", "\t", "#", "1. ", "- ", "\\"]


@pytest.mark.parametrize("unit", NASTY)
def test_a_long_line_takes_no_longer_than_its_length(unit: str) -> None:
    """200 000 characters of anything are read in well under the time that a square would take."""
    line = unit * (200_000 // len(unit)) + "x"
    started = time.process_time()
    for before in ("", "# a", "- ", "<!--"):
        _ = read_page(before + line).headings
        without_code(before + line)
    assert time.process_time() - started < 8
