"""Ways of writing that let an attacker in, which bandit does not know; each with its place in OWASP's Top 10.

Only what is dangerous as it stands is told of: a value of the request that goes straight into a call, a check
switched off by a constant. What flows through variables is for a reviewer. https://owasp.org/Top10/2021/
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tenhats.sources.names import dotted, imported, text_in

Names = dict[str, str]


@dataclass(frozen=True)
class Danger:
    """One dangerous way of writing: its name, OWASP's category, what is wrong, and what to do."""

    name: str
    owasp: str
    what: str
    fix: str
    fits: Callable[[ast.Call, str, Names], bool]


def dangers_in(tree: ast.Module) -> Iterator[tuple[Danger, int]]:
    """Each dangerous call of a module, with its line."""
    names = imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = dotted(node.func, names)
            yield from ((danger, node.lineno) for danger in DANGERS if danger.fits(node, called, names))


def _keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((each.value for each in call.keywords if each.arg == name), None)


def _is(node: ast.AST | None, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


_REQUEST = {"args", "form", "values", "json", "GET", "POST", "query_params", "cookies", "headers"}


def _of_request(node: ast.AST | None) -> bool:
    """Whether it is a value of the request itself: `request.args["next"]`, `request.GET.get("next")`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        node = node.func.value
    elif isinstance(node, ast.Subscript):
        node = node.value
    else:
        return False
    return (
        isinstance(node, ast.Attribute)
        and node.attr in _REQUEST
        and (dotted(node.value, {}).rpartition(".")[2] == "request")
    )


def _first(call: ast.Call) -> ast.expr | None:
    return call.args[0] if call.args else None


def _holds_request(node: ast.AST | None) -> bool:
    """Whether it is a value of the request, or a text put together with one."""
    if isinstance(node, ast.JoinedStr | ast.BinOp):
        return any(_of_request(each) for each in ast.walk(node))
    return _of_request(node)


def _unverified_jwt(call: ast.Call, called: str, _: Names) -> bool:
    if called not in {"jwt.decode", "jose.jwt.decode"}:
        return False
    options = _keyword(call, "options")
    off = isinstance(options, ast.Dict) and any(
        text_in(key) == "verify_signature" and _is(value, False)
        for key, value in zip(options.keys, options.values, strict=True)
    )
    return off or _is(_keyword(call, "verify"), False)


def _jwt_of_none(call: ast.Call, called: str, _: Names) -> bool:
    allowed = _keyword(call, "algorithms")
    return called in {"jwt.decode", "jose.jwt.decode"} and isinstance(allowed, ast.List | ast.Tuple) and any(
        (text_in(each) or "").lower() == "none" for each in allowed.elts
    )  # fmt: skip


def _literal_jwt_key(call: ast.Call, called: str, _: Names) -> bool:
    key = call.args[1] if len(call.args) > 1 else _keyword(call, "key")
    return called in {"jwt.encode", "jwt.decode", "jose.jwt.encode", "jose.jwt.decode"} and bool(text_in(key))


def _open_cors(call: ast.Call, called: str, names: Names) -> bool:
    about = " ".join([called, *(dotted(each, names) for each in call.args[:1])])
    if "CORS" not in about:
        return False
    origins = _keyword(call, "allow_origins") or _keyword(call, "origins")
    items = origins.elts if isinstance(origins, ast.List | ast.Tuple) else [origins]
    allowed = _keyword(call, "allow_credentials") or _keyword(call, "supports_credentials")
    return _is(allowed, True) and any(text_in(each) == "*" for each in items)


def _open_redirect(call: ast.Call, called: str, _: Names) -> bool:
    named = {"redirect", "HttpResponseRedirect", "RedirectResponse"}
    return called.rpartition(".")[2] in named and _of_request(_first(call) or _keyword(call, "url"))


_FETCHES = re.compile(r"(?:requests|httpx)\.(?:get|post|put|head|request)\Z|urllib\.request\.urlopen\Z")


def _fetches_what_is_asked(call: ast.Call, called: str, _: Names) -> bool:
    return bool(_FETCHES.match(called)) and _of_request(_first(call) or _keyword(call, "url"))


def _opens_what_is_asked(call: ast.Call, called: str, _: Names) -> bool:
    return called in {"open", "flask.send_file", "django.http.FileResponse"} and _holds_request(_first(call))


_CLEANS = {"secure_filename", "basename", "Path", "PurePath", "PurePosixPath", "get_valid_filename"}


def _keeps_a_name_as_sent(call: ast.Call, called: str, _: Names) -> bool:
    """A path put together with the `filename` of an upload, which may be `../../etc/cron.d/x`."""
    saves = isinstance(call.func, ast.Attribute) and call.func.attr == "save"
    path = _first(call)
    joined = isinstance(path, ast.JoinedStr | ast.BinOp) or (
        isinstance(path, ast.Call) and dotted(path.func, {}) == "os.path.join"
    )
    if not joined or path is None or not (called == "open" or saves):
        return False
    parts = list(ast.walk(path))
    cleaned = any(
        isinstance(each, ast.Call) and dotted(each.func, {}).rpartition(".")[2] in _CLEANS for each in parts
    )
    sent = any(
        isinstance(each, ast.Attribute) and each.attr == "filename" and isinstance(each.value, ast.Name)
        and re.search(r"file|upload|image|photo|document", each.value.id, re.IGNORECASE)
        for each in parts
    )  # fmt: skip
    return sent and not cleaned


def _template_of_request(call: ast.Call, called: str, _: Names) -> bool:
    template = _first(call)
    return called == "flask.render_template_string" and (
        isinstance(template, ast.JoinedStr) or _holds_request(template)
    )


_QUICK = re.compile(r"hashlib\.(?:sha224|sha256|sha384|sha512|sha3_256|sha3_512|blake2b|blake2s)\Z")
_PASSWORD = re.compile(r"(?:raw_|plain_|user_|new_)?(?:password|passwd|passphrase)\Z", re.IGNORECASE)


def _quick_digest_of_password(call: ast.Call, called: str, _: Names) -> bool:
    given = _first(call)
    if isinstance(given, ast.Call) and isinstance(given.func, ast.Attribute) and given.func.attr == "encode":
        given = given.func.value
    return bool(_QUICK.match(called)) and _named(given, _PASSWORD)


_LOGS = re.compile(
    r"(?:logging|logger|log|_logger|LOGGER)\.(?:debug|info|warning|error|critical|exception)\Z"
)
_PLACEHOLDER = re.compile(r"%[-+ #0]{0,4}\d{0,4}(?:\.\d{1,4})?([a-zA-Z])")
_SECRET = re.compile(
    r"(?:user_)?(?:password|passwd|api_key|private_key|access_token|refresh_token|client_secret)\Z"
)


def _logs_a_secret(call: ast.Call, called: str, _: Names) -> bool:
    if not _LOGS.match(called):
        return False
    said = [each.value for arg in call.args if isinstance(arg, ast.JoinedStr) for each in arg.values
            if isinstance(each, ast.FormattedValue)]  # fmt: skip
    # What is written as a number is none: Kafka calls the numbers of its calls `api_key`.
    written = _PLACEHOLDER.findall(text_in(_first(call)) or "")
    plain = [each for place, each in enumerate(call.args[1:]) if written[place : place + 1] != ["d"]]
    return any(_named(each, _SECRET) for each in (*call.args[:1], *plain, *said))


def _named(node: ast.AST | None, pattern: re.Pattern[str]) -> bool:
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return bool(pattern.match(name))


def _unchecked_tls(call: ast.Call, called: str, _: Names) -> bool:
    off = _is(_keyword(call, "ssl"), False) or _is(_keyword(call, "verify_ssl"), False)
    return called == "aiohttp.TCPConnector" and off


def _code_in_mongo(call: ast.Call, called: str, _: Names) -> bool:
    query = _first(call)
    asks = called.rpartition(".")[2] in {"find", "find_one", "count_documents"}
    return asks and isinstance(query, ast.Dict) and any(
        text_in(key) == "$where" and isinstance(value, ast.JoinedStr | ast.BinOp)
        for key, value in zip(query.keys, query.values, strict=True)
    )  # fmt: skip


_A01, _A02, _A03 = "A01:2021 Broken Access Control", "A02:2021 Cryptographic Failures", "A03:2021 Injection"
_A05, _A07 = "A05:2021 Security Misconfiguration", "A07:2021 Identification and Authentication Failures"
_A09, _A10 = "A09:2021 Security Logging and Monitoring Failures", "A10:2021 Server-Side Request Forgery"

DANGERS = (
    Danger(
        "jwt-unverified", _A07, "a token is read whose signature nobody has checked",
        'jwt.decode(token, key, algorithms=["RS256"], audience=…, issuer=…)', _unverified_jwt,
    ),
    Danger(
        "jwt-none", _A07, "a token that nobody has signed is accepted",
        'jwt.decode(token, key, algorithms=["RS256"])', _jwt_of_none,
    ),
    Danger(
        "jwt-literal-key", _A02, "the key of the tokens stands in the sources",
        'read it when the program starts: os.environ["JWT_KEY"]', _literal_jwt_key,
    ),
    Danger(
        "cors-open", _A05, "every site may read, with the user's cookies, what the user may read",
        'name the sites: allow_origins=["https://example.org"]', _open_cors,
    ),
    Danger(
        "open-redirect", _A01, "the request says where the user is sent, to whatever site",
        "redirect to a route of yours, or look the address up in a list", _open_redirect,
    ),
    Danger(
        "path-of-request", _A01, "the request says which file is opened",
        "look the name up, or resolve the path and see that it stays in its folder", _opens_what_is_asked,
    ),
    Danger(
        "upload-name", _A01, "a file is saved under the name that the sender gave it, `../` and all",
        "make a name of your own, or: werkzeug.utils.secure_filename(file.filename)", _keeps_a_name_as_sent,
    ),
    Danger(
        "fetch-of-request", _A10, "the request says which address the server asks",
        "take the address from a list of yours", _fetches_what_is_asked,
    ),
    Danger(
        "template-of-request", _A03, "a template is put together from values, which it will execute",
        'render_template("page.html", name=name)', _template_of_request,
    ),
    Danger(
        "mongo-where", _A03, "JavaScript for the database is put together from values",
        "use the operators of a query: {'age': {'$gt': age}}", _code_in_mongo,
    ),
    Danger(
        "quick-password-digest", _A02, "a digest as quick as this lets a stolen password be guessed",
        "argon2.PasswordHasher().hash(password), or hashlib.scrypt", _quick_digest_of_password,
    ),
    Danger(
        "secret-logged", _A09, "a secret is written into the log",
        "log who asked, not what was said", _logs_a_secret,
    ),
    Danger(
        "tls-unchecked", _A02, "whoever stands between may answer in the server's place",
        "leave the check of certificates on", _unchecked_tls,
    ),
)  # fmt: skip
