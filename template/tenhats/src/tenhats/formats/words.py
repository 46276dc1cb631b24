"""What the words of the formats are called in the languages that people write them in.

English, German, French, Spanish, Portuguese, Italian, Russian, Japanese, Chinese and Korean: those of the
public specifications that were read, and their templates. All are looked for at once; no file says its
language.
"""

from __future__ import annotations

import re


def _word(latin: str, other: str) -> str:
    """Latin words end where a word ends; the others where the emphasis, a colon or a comma follows."""
    return rf"(?:(?:{latin})\b|(?:{other})(?=\*\*|__|[\s:：,，、は]))"


_GIVEN = _word(
    r"Given|Gegeben(?: sei(?:en)?)?|Angenommen|[ÉE]tant donn[ée]e?s?|Dad[oa]s?|Dat[oaie]|Дано|Допустим",
    r"前提条件|前提|給定|给定|假设|假設|假如|鉴于|鑑於|주어진 상황|주어진 조건|주어진|전제 조건|전제|조건",
)
_WHEN = _word(
    r"When|Wenn|Falls|Quand|Lorsque|Cuando|Quando|Когда|Если",
    r"もし|とき|操作|当|當|행동|언제|만약|만일|실행",
)
_THEN = _word(
    r"Then|Dann|Alors|Entonces|Então|Allora|Тогда|То",
    r"ならば|結果|期待結果|那么|那麼|则|則|결과|그러면|그때|기대 결과",
)

_AND = _word(
    r"And|But|Und|Aber|Et|Mais|Y|Pero|E|Mas|И|Но", r"かつ|そして|しかし|且|并且|並且|而且|但是|그리고|하지만"
)

_EMPHASIS = r"(?:\*\*|__)"

GIVEN = re.compile(rf"{_EMPHASIS}?{_GIVEN}", re.IGNORECASE)
WHEN = re.compile(rf"{_EMPHASIS}?{_WHEN}", re.IGNORECASE)
BOLD_GIVEN = re.compile(rf"{_EMPHASIS}{_GIVEN}", re.IGNORECASE)
BOLD_WHEN = re.compile(rf"{_EMPHASIS}{_WHEN}", re.IGNORECASE)
BOLD_THEN = re.compile(rf"{_EMPHASIS}{_THEN}", re.IGNORECASE)
THEN = re.compile(rf"(?:^|[\s*_,;，；、。]){_THEN}", re.IGNORECASE)
AND = re.compile(rf"{_EMPHASIS}?{_AND}", re.IGNORECASE)
STEP = re.compile(rf"{_EMPHASIS}?(?:{_WHEN}|{_THEN}|{_AND})", re.IGNORECASE)

_STORY = (
    r"User[ -]+Story|Story|US|HU|User[ -]?Szenario|Benutzergeschichte|Anwendergeschichte|Nutzergeschichte"
    r"|R[ée]cit utilisateur|Histoire utilisateur|Sc[ée]nario utilisateur|Historia de usuario|Historia"
    r"|Hist[óo]ria d[eo] usu[áa]rio|Storia utente|Пользовательская история|История пользователя"
    r"|ユーザーストーリー|ユーザストーリー|ストーリー|用户故事|用戶故事|使用者故事"
    r"|用户场景|故事|사용자 스토리|사용자 이야기|유저 스토리|스토리"
)
STORY = re.compile(
    rf"(?:\*\*)?(?:{_STORY})[\s-]{{0,2}}(?P<number>(?:[A-Z]{{1,3}}\.)?\d{{1,4}}(?:[.-]\d{{1,4}})*(?:[a-z](?![a-z])|-[A-Z](?=[:：]))?)"
    rf"(?![A-Za-z0-9_])(?:\*\*)?"
    r"\s*[:：.—–-]?\s*(?P<title>[^\n]*)$",
    re.IGNORECASE,
)
UNNUMBERED_STORY = re.compile(
    rf"(?:\*\*)?(?!Story\b|US\b|HU\b)(?:{_STORY})\s{{0,2}}[:：—–-]\s*(?P<title>\S[^\n]*)$", re.IGNORECASE
)
PRIMARY_STORY = re.compile(r"Primary User Story", re.IGNORECASE)
EDGE_CASES = re.compile(
    r"Edge Cases?\b|(?:Rand|Grenz|Sonder)f[äa]lle|Cas (?:limites?|particuliers)"
    r"|Casos? (?:l[íi]mites?|extremos?|(?:de )?bord[ea]|especiais)|Casi limite|Граничные случаи"
    r"|エッジケース|境界ケース|例外ケース|边界|邊界|边缘|邊緣|엣지 케이스|예외|경계",
    re.IGNORECASE,
)
INDEPENDENT_TEST = re.compile(
    r"(?:[-*][ \t]+)?(?:\*\*|__)?(?:Independent Test|Unabh[äa]ngiger Test|Test ind[ée]pendant"
    r"|Prueba independiente|Teste independente|独立テスト|独立测试|獨立測試|독립(?:적인)? 테스트)"
    r"(?:\*\*|__)?[ \t]*(?:[(（][^()（）\n]{0,80}[)）])?(?:\*\*|__)?[ \t]*[:：](?:\*\*|__)?[ \t]*"
    r"(?P<text>[^\n]*)$",
    re.IGNORECASE,
)
ACCEPTANCE = re.compile(
    r"Acceptance(?! tests?\b| testing)|Akzeptanz(?!test)|Abnahme(?!test)"
    r"|Crit[èe]res? d['’]acceptation|Sc[ée]narios? d['’]acceptation"
    r"|Criterios? de aceptaci[óo]n|Escenarios? de aceptaci[óo]n"
    r"|(?:Crit[ée]rios?|Cen[áa]rios?) de aceita[çc][ãa]o"
    r"|(?:Criteri|Scenari) di accettazione|(?:Критерии|Сценарии) при[её]мки"
    r"|受け?入れ?(?!テスト)|验收(?!测试)|驗收(?!測試)"
    r"|인수(?! 테스트)|수용 (?:기준|조건|시나리오)|승인 (?:기준|조건)",
    re.IGNORECASE,
)
SCENARIOS = re.compile(
    r"Scenarios?\b|Use Cases?\b|情境|场景|場景|シナリオ|시나리오|Escenarios?|Cen[áa]rios?|Szenari",
    re.IGNORECASE,
)
CHECKED = re.compile(
    r"Verification|Validation|Verified|Status\b|Review|Coverage|Met\b|Gap\b|Stakeholder|Traceab|Mapping"
    r"|Results?\b",
    re.IGNORECASE,
)
"""What the heading of a report says, which tells again what is asked elsewhere."""

REQUIREMENTS = re.compile(
    r"Requirements?\b|Anforderung|Exigences?|Requisitos?|Requerimientos?|Requisiti|Требовани"
    r"|要件|要求|需求|요구\s?사항",
    re.IGNORECASE,
)
NON_FUNCTIONAL = re.compile(
    r"Non[- ]?functional|Nicht[- ]?funktional|Non[- ]fonctionnel|N[oã]o? funciona(?:l|is)|Non funzional"
    r"|Нефункциональн|非機能|非功能|비기능",
    re.IGNORECASE,
)
GLOSSARY = re.compile(
    r"Glossary|Key Terms|Terminology|Definitions|Glossar\b|Begriffe|Glossaire|Glosario"
    r"|用語集?|术语|術語|词汇|용어",
    re.IGNORECASE,
)
RETOLD = re.compile(
    r"(?:^|Requirements? |FRs? |AC |Tests? |[\d.] |[^\w\s&] )Traceability\b(?! ?(?:&|and))"
    r"|(?:FRs?|NFRs?|Requirements?|AC)\b[^\n]{0,20}\b(?:Cover|Trace|Map)"
    r"|要件(?:の)?(?:カバレッジ|トレーサビリティ)"
    r"|需求(?:覆盖|追溯|跟踪)|요구\s?사항 (?:커버리지|추적)",
    re.IGNORECASE,
)
TASKS = re.compile(
    r"\b(?:Sub)?tasks?\b|\bImplementation (?:Plan|Checklist|Tasks)|Aufgaben|T[âa]ches|Tareas|Tarefas"
    r"|タスク|任务|任務|작업|태스크",
    re.IGNORECASE,
)
ALL = re.compile(
    r"(?:(?:All|Alle|Toutes|Todos|Todas)\b|すべて|全て|全部|所有|모두|전체)"
    r"(?:\s{0,2}(?:the |les |los |as |の|的)?\s{0,2}(?:functional )?(?:requirements?|criteria|Anforderungen"
    r"|exigences|requisitos|要件|需求|要求|요구\s?사항))?\s{0,2}(?:$|[(（,，;.。*_—–-])",
    re.IGNORECASE,
)
"""Everything there is, and not `All backend requirements`, which are only some."""
RETIRED = re.compile(
    r"[*_]{0,3}[(\[【（](?:RETIRED|WITHDRAWN|REMOVED|SUPERSEDED|OBSOLETE|ENTFALLEN|RETIR[ÉE]E?|RETIRAD[OA]|廃止|废止|廢止|폐기)"
    r"(?![A-Za-z])[^)\]】）\n]{0,80}[)\]】）]"
    r"|[*_]{0,3}(?:RETIRED|WITHDRAWN|SUPERSEDED|OBSOLETE)[*_]{0,3}"
    r"(?:[ \t]*[.:;,—–]|[ \t]*$|[ \t]+by[ \t]+[A-Z]{2,6}-?\d)",
    re.IGNORECASE,
)
