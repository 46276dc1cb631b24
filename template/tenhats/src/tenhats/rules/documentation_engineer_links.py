"""What the documentation engineer promises of links: each leads somewhere."""

from __future__ import annotations

from tenhats.facts.links import Links
from tenhats.gates import Gate
from tenhats.rule import Findings, rule


@rule("DOC010", gate=Gate.DOCUMENTATION, practice="Ensures documentation stays current")
def links_lead_somewhere(links: Links) -> Findings:
    """Every link leads to a file that is there, and to a heading that it has.

    A reader who follows a link and finds nothing does not come back. DOC001 sees to the pages of the site;
    this rule to the README, CONTRIBUTING, the changelog, the specifications, and every other page of
    Markdown that is read where it stands:

        [Set up](CONTRIBUTING.md#set-up)

    Looked at are relative links and images, definitions of references, and `href` and `src` in HTML. A
    heading's anchor is what GitHub, GitLab or Python-Markdown makes of it; `{#id}` and `<a id="…">` are
    anchors too. An anchor that differs by signs only, and a target that begins with `/`, are advice: hosts
    differ. Nothing is fetched: addresses of other places are not looked at. Nor are pages under a folder of
    tests, templates or snippets, nor those of a site that is made otherwise than by mkdocs.
    """
    findings = Findings()
    for each in findings.over(links.links, nothing="no page has a relative link"):
        if each.is_there and each.has_anchor:
            continue
        say = findings.add if each.certain else findings.advise
        fix = f"link to {each.near}" if each.near else "correct the link, or delete it"
        if not each.is_there:
            say(each, f"{each.target} leads nowhere: there is no {each.file}", fix)
        else:
            say(each, f"{each.file} has no heading or anchor #{each.target.partition('#')[2]}", fix)
    if links.unread:
        findings.could_not_see(f"{links.unread[0]} cannot be read")
    return findings
