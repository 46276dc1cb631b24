"""Requirement prose: what is a smell, what is none, in which language, and in linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenhats.prose import ears
from tenhats.prose.kinds import ADVISE, BLOCK, KINDS, LEVELS, OFF
from tenhats.prose.language import language_of
from tenhats.prose.lexicon import LANGUAGES, lexicon
from tenhats.prose.literals import blanked
from tenhats.prose.smells import smells_of

pytestmark = pytest.mark.req("002-judging-specifications/FR-002")


ENGLISH = {
    "weak-modal": ("The system should log each error.", "should"),
    "permission": ("The system MUST log errors and MAY send them by mail.", "MAY"),
    "escape-clause": ("The system MUST retry where possible.", "where possible"),
    "vague": ("The system MUST show an appropriate error.", "appropriate"),
    "unmeasured": ("The system MUST answer quickly.", "quickly"),
    "adverb": ("The system MUST usually answer.", "usually"),
    "indefinite": ("The system MUST keep several copies.", "several"),
    "size": ("The system MUST accept large files.", "large"),
    "comparative": ("The system MUST be made faster.", "faster"),
    "superlative": ("The system MUST choose the best server.", "best"),
    "extreme": ("The system MUST choose the fastest server.", "fastest"),
    "unspecific": ("The system MUST print a detailed report.", "detailed"),
    "absolute": ("The system MUST always answer.", "always"),
    "ability": ("The system MUST be able to print a report.", "be able to"),
    "purpose": ("The system MUST keep a copy in order to repair the disk.", "in order to"),
    "temporal": ("The system MUST eventually delete the file.", "eventually"),
    "open-list": ("The system MUST read CSV, JSON etc.", "etc"),
    "examples": ("The system MUST read formats such as CSV.", "such as"),
    "and-or": ("The system MUST mail and/or call the owner.", "and/or"),
    "passive": ("The report MUST be sent on Monday.", "be sent"),
    "pronoun": ("If the server drops the request, it MUST be logged by the proxy.", "it"),
    "negative": ("The system MUST NOT print the password.", "MUST NOT"),
    "implementation": ("The system MUST keep orders in PostgreSQL.", "PostgreSQL"),
}


def kinds(text: str, level: str | None = None) -> dict[str, str]:
    return {each.kind: each.words for each in smells_of(text) if level in {None, each.level()}}


def test_every_kind_has_a_rule_a_level_a_source_and_an_example() -> None:
    """A kind without a source would be our taste; the example is one of its kind."""
    assert set(ENGLISH) == set(KINDS)
    for name, kind in KINDS.items():
        assert name in kinds(ENGLISH[name][0])
        assert kind.level in LEVELS
        assert kind.code in {"SPC010", "SPC011", "SPC012", "SPC013"}
        assert any(book in kind.source for book in ("GtWR R", "ISO 29148", "Femmer", "EARS"))
        assert kind.wrong
        assert kind.fix


@pytest.mark.parametrize("kind", ENGLISH)
def test_a_smell_is_found_where_it_stands(kind: str) -> None:
    """With its words as they are written, and its place."""
    text, words = ENGLISH[kind]
    found = next(each for each in smells_of(text) if each.kind == kind)
    assert found.words == words
    assert text[found.start :].startswith(words)
    assert found.level() == KINDS[kind].level
    assert f"“{words}”" in found.message


@pytest.mark.parametrize("kind", ENGLISH)
@pytest.mark.parametrize("marks", ["``", '""', "“”", "„“", "«»", "「」", "''"])
def test_what_is_quoted_or_code_is_not_judged(kind: str, marks: str) -> None:
    """A word that the system prints is not a word about the system."""
    _, words = ENGLISH[kind]
    assert words not in kinds(f"The system MUST print {marks[0]}{words}{marks[1]} on line 1.").values()


@pytest.mark.parametrize(
    "name",
    [
        "easy_install",
        "docs/easy/fast.md",
        "fast.py",
        "FAST-01",
        "https://example.org/should/easy",
        "easyMode",
        "<should>",
        "[NEEDS CLARIFICATION: how fast should it be?]",
        "[the page](easy.html)",
        "ETC",
    ],
)
def test_names_are_not_judged(name: str) -> None:
    """An id, a path, an address, an identifier, a placeholder, an abbreviation in capitals."""
    assert smells_of(f"The system MUST read {name} first.") == ()


@pytest.mark.parametrize(
    "text",
    [
        "The library MUST refuse a name of more than 100 characters.",
        "The system MUST answer quickly, within 50 ms.",
        "The system MUST be faster than version 1.",
        "The system MUST roll two dice and keep the higher value.",
        "The system MUST fail fast on a wrong checksum.",
        "Each entry MUST be advanced once.",
        "The call MUST be best-effort: a failure is logged.",
        "The system MUST delete the partially written file.",
        "The page MUST have a link to purchase more credits.",
        "The page MUST have an expandable menu and quick filters.",
        "The system MUST clear the cache.",
        "System MUST ensure users can access only ideas of the same owner.",
        "No employer may view another employer's companies.",
        "No command of the shell or of the app may delete an order.",
        "Only admins may delete an order. The system MUST log each deletion.",
        "The system MUST offer the sizes small, medium and large.",
        "If the disk should fail, the system MUST stop.",
        "The order MUST be sent by the warehouse.",
        "The value MUST continue to be determined by the config.",
        "The system MUST return the most recent entry.",
        "Quick Wins MUST be offered by the list.",
        "The system MUST offer the levels Beginner, Advanced and Expert.",
        "The system MUST print the effective configuration.",
        "The system MUST let the driver react.",
        "The steps are: clear `public/`, run all tests.",
        "The system MUST split the page to improve readability.",
        "If the user has enough credits, the system MUST begin.",
        "The system MUST keep each record; two records may exist for an account.",
        "The system MUST correctly refuse a blank name.",
        "The system MUST be case sensitive.",
        "When required fields are missing, the system MUST exit with code 2.",
        "The system MUST warn of entries that may be stale.",
        "Functions that can run without a disk MUST have a test.",
        "The system MUST keep each record; two records may therefore exist for an account.",
        "The system MUST return the entry the user should read.",
        "An admin of the same or higher level MUST grant the role.",
        "When the file may be stale, the system MUST read it anew.",
        "The system MUST NOT move a file. Some files are safe to copy.",
        "The system MUST refuse a blank name with a clear error naming the field.",
        "The system MUST list every name. ~~It should be quick.~~",
        "When the user signs out, the system MUST close the session.",
        "",
        "   ",
    ],
)
def test_plain_requirements_are_not_smells(text: str) -> None:
    """A number, a comparison, a verb, a prohibition: none of these is vague."""
    assert [each for each in smells_of(text) if each.level() == BLOCK] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The system MUST warn the owner and may stop.", "weak-modal"),
        ("The system MUST warn the owner. It should stop too.", "weak-modal"),
        ("The system MUST warn the owner, the printer should stop.", "weak-modal"),
        ("The system MUST retry when required.", "escape-clause"),
        ("The system MUST handle paths correctly.", "adverb"),
        ("The system MUST handle paths correctly across systems.", "adverb"),
        ("A second file should exist.", "weak-modal"),
        ("The system MUST keep the higher value.", "comparative"),
        ("The system MUST best-effort delete the file.", "escape-clause"),
        ("The system MUST delete the file on a best-effort basis.", "escape-clause"),
        ("Users may delete files, and the system MUST log that.", "weak-modal"),
        ("The system MUST keep enough copies.", "unmeasured"),
        ("The system MUST clear its cache and be clear.", "vague"),
        ("The system MUST retry, if needed, within 2 seconds.", "escape-clause"),
        ("The system MUST log errors. The log lists hosts, users etc.", "open-list"),
        ("Easy to read reports MUST be printed.", "vague"),
        ("The system MUST do:\n- Clear messages\n- Short ones", "vague"),
        ("The system MUST use the most efficient server.", "superlative"),
        ("The system MUST optimize the queries without a limit of time.", "unmeasured"),
        ("The system MUST do:\n- be clear\n- be short", "vague"),
    ],
)
def test_what_looks_like_an_exception_blocks_none_the_less(text: str, kind: str) -> None:
    """A second duty, a bare way out, a label that begins a line: these are no explanations."""
    assert kind in kinds(text, BLOCK)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It MUST be possible to print the report of the owner.", None),
        ("The driver opens the door so that he is able to leave the train.", None),
        ("The driver calls the inspector before he leaves the train.", "he"),
        ("If the server drops the request, it MUST be logged.", "it"),
    ],
)
def test_a_pronoun_is_told_of_if_it_can_mean_two_things(text: str, words: str | None) -> None:
    """Not where it means nothing, nor where only one role can be meant."""
    assert kinds(text).get("pronoun") == words


def test_what_is_explained_or_in_parentheses_only_advises() -> None:
    """The reader is not left to guess."""
    for text in (
        "The system MUST handle an empty set gracefully (return an empty list).",
        "The system MUST return appropriate codes: 200, 404.",
        "The system MUST stop (the user should know why).",
        "The page MUST load within 1 s | a smooth start",
        "The system MUST handle SIGTERM gracefully by closing connections.",
        "The system MUST handle an empty set gracefully without raising an error.",
        "The system MUST handle an empty set gracefully - no error, no warning.",
        "Das System MUSS eine leere Liste robust ohne Fehler lesen.",
        "Le système DOIT gérer une liste vide correctement sans erreur.",
        "El sistema DEBE leer una lista vacía correctamente sin errores.",
    ):
        assert smells_of(text)
        assert kinds(text, BLOCK) == {}


@pytest.mark.parametrize(
    "text",
    [
        "The database MUST use an index for fast querying.",
        "The page MUST use `scale()` for proper rendering on large displays of 4 k.",
        "The pipeline MUST run the checks side by side to minimize the time.",
        "The chart MUST scale its bars by amount to ensure proper proportions.",
    ],
)
def test_what_a_duty_is_good_for_only_advises(text: str) -> None:
    """The duty is met or not, whatever the word means."""
    assert kinds(text, ADVISE)
    assert kinds(text, BLOCK) == {}


@pytest.mark.parametrize(
    "text",
    [
        "The system MUST minimize the time.",
        "The pipeline MUST be designed to minimize the time.",
        "The pipeline MUST stop and to minimize the time.",
        "The page MUST be designed to ensure readable text.",
        "The system MUST shorten names for small screens.",
        "The system MUST answer for typical requests.",
        "The system MUST load pages on demand for faster execution.",
        "The system MUST have room for appropriate things.",
        "The system MUST prepare for quick, silent loading.",
    ],
)
def test_what_only_looks_like_a_purpose_blocks(text: str) -> None:
    """The duty itself, the things that it is about, a comparison with nothing, another phrase."""
    assert kinds(text, BLOCK)


@pytest.mark.parametrize(
    ("text", "advised"),
    [
        ("The report MUST say why the choice is the strongest.", True),
        ("The guide MUST say how the draft could better fit the form.", True),
        ("Das System MUSS melden, ob die Antwort angemessen ist.", True),
        ("The system MUST say why, and be quick.", False),
        ("The report MUST say whether it is new. It MUST be quick.", False),
    ],
)
def test_what_a_question_inside_asks_for_only_advises(text: str, *, advised: bool) -> None:
    """The answer decides it, whatever it will be; a comma or a full stop ends the question."""
    assert (kinds(text, BLOCK) == {}) is advised
    assert smells_of(text)


def test_a_pronoun_inside_a_question_is_as_open_as_outside() -> None:
    """No answer says what it stands for."""
    found = smells_of("If the server drops the request, the proxy MUST say why it is late.")
    assert [(each.kind, each.aside) for each in found] == [("pronoun", False)]


def test_an_open_end_needs_no_words_before_it() -> None:
    """Dots alone leave a list open."""
    assert kinds("1, 2, ...") == {"open-list": "..."}
    assert kinds(", …") == {"open-list": "…"}


def test_a_success_criterion_may_say_what_users_can() -> None:
    """“Users can …” obliges nobody in a requirement, but measures something in a criterion."""
    text = "Users can sign in within 2 minutes."
    assert [each.kind for each in smells_of(text)] == ["weak-modal"]
    assert smells_of(text, obliges=False) == ()


def test_a_team_chooses_the_level_of_a_kind() -> None:
    """Any of the three; what stands aside never blocks by default."""
    found = smells_of("The report MUST be sent on Monday.")[0]
    assert found.level() == ADVISE
    assert found.level({"passive": BLOCK}) == BLOCK
    assert found.level({"passive": OFF}) == OFF


@pytest.mark.req("002-judging-specifications/SC-001")
@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("de", "Das System muss bei Bedarf schnelle Antworten mit passenden Daten liefern usw.", 4),
        ("de", "Das System sollte die Daten speichern.", 1),
        ("de", "Das System MUSS die Daten lesen und sollte die Daten speichern.", 1),
        ("fr", "Le système doit afficher rapidement un message approprié si nécessaire, etc.", 4),
        ("fr", "Le système devrait enregistrer les données.", 1),
        ("es", "El sistema debe mostrar rápidamente un mensaje adecuado si es necesario, etc.", 4),
        ("es", "El sistema debería guardar los datos.", 1),
        ("ja", "システムは必要に応じて適切なエラーを素早く表示しなければならない。詳細は未定。", 4),
        ("zh", "系统必须在必要时快速显示适当的错误信息,等等。", 4),
        ("zh", "系統必須在必要時迅速顯示適當的錯誤訊息,等等。", 4),
        ("ko", "시스템은 필요한 경우 적절한 오류를 빠르게 표시해야 한다. 세부 사항은 미정.", 4),
    ],
)
def test_each_language_has_its_words(language: str, text: str, words: int) -> None:
    """And what is quoted is not judged in any of them."""
    assert language_of(text) == language
    blocking = [each for each in smells_of(text) if each.level() == BLOCK]
    assert len(blocking) == words, blocking
    assert smells_of(f"「{text}」") == ()
    assert smells_of(f"`{text}`") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Das System MUSS eine oder mehrere Dateien lesen und das Bild hochladen.",
        "Das System lädt das Bild hoch und MUSS die Breite relativ zur Höhe angeben.",
        "Le système DOIT lire un ou plusieurs fichiers et au moins un nom en haut de la page.",
        "Le système DOIT considérer le champ comme obligatoire et trier le long de la ligne.",
        "El sistema DEBE leer uno o varios archivos y dar de baja o de alta a un cliente bajo demanda.",
        "システムは、同等のクエリと多分岐の木を読まなければならない。",
        "系统必须比较两个值,并把文件分成三部分,其值相当于零。",
        "시스템은 같은 좌석을 두 번 예약하는 요청을 거부해야 한다.",
    ],
)
def test_words_that_only_look_vague_in_a_language_are_left_alone(text: str) -> None:
    """“one or more”, a verb's prefix, a word inside another, “compare”, “the same”."""
    assert [each for each in smells_of(text) if each.level() == BLOCK] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Das System MUSS dem Benutzer klare Meldungen anzeigen.", "klare"),
        ("Le système DOIT gérer gracieusement les erreurs de la page.", "gracieusement"),
        ("El sistema DEBE guardar los datos de forma segura.", "de forma segura"),
        ("システムはエラーを明確に表示しなければならない。", "明確に"),
        ("系统必须显示明确的错误信息。", "明确的"),
        ("시스템은 오류를 명확히 표시해야 한다.", "명확히"),
    ],
)
def test_words_that_people_really_write_are_found(text: str, words: str) -> None:
    """Each of them was met in a public specification, in other sentences."""
    assert [each.words for each in smells_of(text) if each.level() == BLOCK] == [words]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("O sistema não deve permitir a edição dos dados", "pt"),
        ("Il sistema deve mostrare gli errori e non può ripartire", "it"),
        ("Het systeem moet de gegevens niet wissen", "nl"),
        ("System måste visa alla fel på skärmen och logga varje händelse fast", None),
        ("Complete sync in 5 minutes per document (import + embeddings, e.g. anchors)", "en"),
        ("Users get a naïve réponse", "en"),
        ("Система должна показать ошибку", None),
        ("System MUST greet", "en"),
        ("System MUST render 日本 correctly in the header of the page", "en"),
        ("", "en"),
    ],
)
def test_languages_are_told_apart(text: str, language: str | None) -> None:
    """A language that has no lists here is not judged by those of another."""
    assert language_of(text) == language
    assert language in {*LANGUAGES, "pt", "it", "nl", None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lists_know_only_kinds_that_there_are(language: str) -> None:
    """And each language has words of every kind that blocks."""
    listed = set(lexicon(language).kind_of.values())
    assert listed <= set(KINDS)
    assert {"weak-modal", "escape-clause", "vague", "unmeasured", "adverb", "open-list"} <= listed


def test_there_are_no_lists_for_other_languages() -> None:
    """They are named when they are missed."""
    with pytest.raises(KeyError, match="pt"):
        lexicon("pt")


@pytest.mark.parametrize(
    ("sentence", "pattern"),
    [
        ("The system shall stop.", "ubiquitous"),
        ("When the door opens, the system shall stop.", "event"),
        ("While the door is open, the system shall wait.", "state"),
        ("If the disk is full, then the system shall stop.", "unwanted"),
        ("Where a printer is fitted, the system shall print.", "optional"),
        ("While it rains, when the door opens, the system MUST stop.", "complex"),
    ],
)
def test_ears_patterns_are_recognised(sentence: str, pattern: str) -> None:
    """The five of Mavin 2009, and their combination."""
    assert ears.shape_of(sentence) == ears.Shape(pattern, obliges=True)
    assert not ears.shape_of(sentence.replace("shall", "can").replace("MUST", "can")).obliges


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("The system should stop.", "The system MUST stop."),
        (
            "The system should log the user out when the session ends.",
            "When the session ends, the system MUST log the user out.",
        ),
        ("The system may stop if the disk is full", "If the disk is full, then the system MUST stop."),
        ("Users can sort tasks.", "The system MUST let users sort tasks."),
        (
            "When a file is chosen, an admin may delete it.",
            "When a file is chosen, the system MUST let an admin delete it.",
        ),
        ("Should log each error.", "The system MUST log each error."),
        ("**Logging**: the system should log.", "The system MUST log."),
        ("The system should decide if the file is stale.", "The system MUST decide if the file is stale."),
        ("The system should wait even when it rains.", "The system MUST wait even when it rains."),
        ("This may require more work.", None),
        ("The file may be shown.", None),
        ("Colours can be important.", None),
        ("The file can be shown.", "The file MUST be shown."),
        ("The guide is so complete that users can begin.", None),
        ("These formats should be read:", None),
        ("The system should log. | P0", None),
        ("Greetings are made.", None),
        ("", None),
        ("x should " * 100, None),
    ],
)
def test_the_nearest_ears_sentence_is_offered(sentence: str, wanted: str | None) -> None:
    """The condition first, MUST for the weaker word; nothing where that would be a guess."""
    assert ears.nearest(sentence) == wanted


def test_the_fix_of_a_weak_modal_can_be_pasted() -> None:
    """It is the sentence itself."""
    found = smells_of("The system should stop when the door opens.")[0]
    assert found.fix == "write: When the door opens, the system MUST stop."


@given(st.text(alphabet="aA1 `\"“”„«»「」'‘’()[]<>/._-*\n,;:shouldetcmayeg.,適切な等等적절한…", max_size=200))
def test_nothing_raises_and_every_smell_stands_in_the_text(text: str) -> None:
    """Whatever is written; blanking keeps every column."""
    assert len(blanked(text)) == len(text)
    for each in smells_of(text):
        assert text[each.start :].lstrip().startswith(each.words)
        assert each.kind in KINDS


PIECES = (
    "a|`|\"|“|„x|'x|(|[|<|https://|a/|a.|a_|aB|FR-|it |should |more |can |must be x |"
    "as appropriate |etc, |適切な|적절한 |the a |..., |e.g. |-|when |**|they s |large |efficient "
)


@pytest.mark.parametrize("piece", PIECES.split("|"))
def test_the_time_grows_with_the_length_and_not_faster(piece: str) -> None:
    """200 kB of anything are judged at once; a quadratic step would take minutes."""
    text = "The system should " + piece * (200_000 // len(piece))
    started = time.process_time()
    found = list(smells_of(text))
    ears.nearest(text)
    assert time.process_time() - started < 8
    assert found
