"""The links of a Markdown page, and the anchors that a link can lead to.

Inline links and images, definitions of references, and what HTML on the page links to. Read from the lines
that a reader sees: what stands in code or in a comment is no link.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from tenhats.formats.markdown import Line, Page, heading_of, without_code

_INLINE = re.compile(
    r"\]\([ \t]{0,9}(?:<(?P<angled>[^<>\n./#]{0,500}[./#][^<>\n]{0,500})>"
    r"|(?P<bare>[^\s()<>]{0,500}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200}){0,2}))"
    r"(?:[ \t]{1,9}(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'|\([^()\n]{0,300}\)))?"
    r"[ \t]{0,9}\)"
)
_DEFINED = re.compile(
    r" {0,3}\[(?!\^)[^\[\]\n]{1,200}\]:[ \t]{0,9}(?:<([^<>\n]{1,500})>|([^\s<>]{1,500}))(?:\s|$)"
)
_HTML_LINK = re.compile(
    r"<(?:a|img|source)\s[^<>]{0,500}?(?<![\w-])(?:href|src)=[\"']([^\"'\n]{1,500})[\"']", re.IGNORECASE
)
_HTML_ID = re.compile(
    r"<[a-z][a-z0-9]{0,20}\s[^<>]{0,500}?(?<![\w-])(?:id|name)=[\"']?([^\"'\s<>]{1,200})", re.IGNORECASE
)
_HTML_HEADING = re.compile(r"<h([1-6])\b[^<>]{0,300}>(.{0,500}?)</h\1>", re.IGNORECASE | re.DOTALL)
_ID = re.compile(r"\{:?[ \t]{0,3}#([\w:.-]{1,200})[^{}\n]{0,200}\}|^\(([\w:.-]{1,200})\)=$")
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]{0,3}[#.][^{}\n]{0,200}\}[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:={1,200}|-{1,200})[ \t]*$")
_NESTED = re.compile(r"(?:[ \t]{0,12}(?:>|[-*+]|\d{1,9}[.)])[ \t]{1,4}){1,6}(?=#)")
_LIST_OR_ADMONITION = re.compile(r"[-*+][ \t]|\d{1,9}[.)][ \t]|!!!|\?\?\?|===[ \t]|\[\^")
_TAG = re.compile(r"(?<!\\)</?[A-Za-z][^<>]{0,300}>")
_PICTURE = re.compile(r"!\[([^\[\]]{0,200})\](?:\([^()\n]{0,500}\)|\[[^\[\]\n]{0,200}\])")
_LINKED = re.compile(r"\[([^\[\]]{0,300})\](?:\([^()\n]{0,500}\)|\[[^\[\]\n]{0,200}\])")
_EMPHASIS = re.compile(r"(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|[*~`]")
_EMOJI = re.compile(r":[a-z0-9_+-]{1,40}:")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:|//")
_PLACEHOLDER = re.compile(r"[{}<>$*|]|\.\.\.")
_CODE = 4


def links_of(page: Page) -> Iterator[tuple[int, str]]:
    """The line and the target, as it is written, of each link, picture and definition on the page."""
    for line in _prose(page):
        if "](" not in line.text and "]:" not in line.text and "=" not in line.text:
            continue
        text = without_code(line.text)
        yield from ((line.number, found["angled"] or found["bare"]) for found in _INLINE.finditer(text))
        if defined := _DEFINED.match(text):
            yield line.number, defined[1] or defined[2]
        yield from ((line.number, html.unescape(each)) for each in _HTML_LINK.findall(text))


def anchors_of(page: Page) -> frozenset[str]:
    """Every anchor on the page: those that are written down, and those that a heading gets.

    A heading gets one by GitHub's way, by GitLab's, and by that of Python-Markdown, which makes the site.
    All are in small letters.
    """
    text = "\n".join(line.text for line in page.lines)
    found = {each.lower() for each in _HTML_ID.findall(text)}
    for line in page.lines:
        found |= {(one or other).lower() for one, other in _ID.findall(line.text)}
    headings = [*_headings(page.lines), *(each for _, each in _HTML_HEADING.findall(text))]
    for way, joint in ((_github, "-"), (_gitlab, "-"), (_python_markdown, "_"), (_with_emoji, "-")):
        counted: dict[str, int] = {}
        for heading in headings:
            slug = way(heading)
            times = counted.get(slug, 0)
            counted[slug] = times + 1
            found.add(f"{slug}{joint}{times}" if times else slug)
    return frozenset(found)


def _prose(page: Page) -> Iterator[Line]:
    """The lines of the page without those that are indented so far that they are code."""
    after_blank, holds_more, in_code = True, False, False
    for line in page.lines:
        bare = line.text.strip()
        if bare and line.indent >= _CODE and not holds_more and (after_blank or in_code):
            in_code = True
            continue
        if bare:
            in_code = False
            if line.indent < _CODE:
                holds_more = bool(_LIST_OR_ADMONITION.match(bare))
            yield line
        after_blank = not bare


def _headings(lines: Iterable[Line]) -> Iterator[str]:
    before = ""
    for line in lines:
        text = _NESTED.sub("", line.text.replace("\t", " "), count=1)
        heading = heading_of(Line(line.number, text))
        if heading:
            yield heading.text
        elif before.strip() and _UNDERLINE.match(text):
            yield before.strip()
        before = "" if heading else text


def _words(heading: str) -> str:
    """A heading as it is read: without its links, its tags, its attributes. What stands in code is kept."""
    pieces = _ATTRIBUTES.sub("", heading).split("`")
    pieces[::2] = [_TAG.sub("", each) for each in pieces[::2]]
    text = _LINKED.sub(r"\1", _PICTURE.sub("", html.unescape("".join(pieces))))
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub("", text)).strip()


def _github(heading: str) -> str:
    kept = (
        each for each in _EMOJI.sub("", _words(heading)).strip().lower() if each in "-_ " or _is_word(each)
    )
    return "".join(kept).replace(" ", "-")


def _with_emoji(heading: str) -> str:
    """As GitHub does where an emoji is written by its name, which it keeps."""
    kept = (each for each in _words(heading).lower() if each in "-_ " or _is_word(each))
    return "".join(kept).replace(" ", "-")


def _gitlab(heading: str) -> str:
    return re.sub(r"-{2,}", "-", _github(heading))


def _python_markdown(heading: str) -> str:
    plain = unicodedata.normalize("NFKD", _words(heading)).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())


def _is_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in {"Mn", "Mc", "Pc"}


def bare(anchor: str) -> str:
    """The letters and digits of an anchor: hosts differ in what they make of the rest."""
    return "".join(each for each in anchor.lower() if each.isalnum())


def parted(target: str) -> tuple[str, str]:
    """The file and the fragment that a relative target names, as a browser reads them."""
    file, _, fragment = _ESCAPED.sub(r"\1", target).partition("#")
    return unquote(file.partition("?")[0]), unquote(fragment)


def is_of_elsewhere(target: str) -> bool:
    """Whether a target leads out of the project, or is none: an address, a placeholder."""
    return bool(
        re.match(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:|//|\\", target) or re.search(r"[{}<>$*|\s]|\.\.\.", target)
    )
