"""A server that answers from `replay_data`, as Workable was recorded to answer.

It knows nothing of our client or simulator. By default it ignores query parameters that it does
not know, as Workable does; `Strictness` makes it refuse whatever was never recorded, as a replay
of recordings or a gateway with an allow-list does. `hooks` replace single answers.
"""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from replay_data import BALANCES, SUBDOMAIN, Row, make_account

TOKEN = "tok-0123456789abcdef"
BARE = {
    "/departments", "/disqualification_reasons", "/legal_entities", "/permission_sets",
    "/employee_fields", "/work_schedules",
}  # fmt: skip
CURSOR = {"jobs", "candidates", "activities", "events", "members", "requisitions"}
OFFSET = {"/employees", "/timeoff/requests"}
_PAGED = {"limit", "since_id"}
RECORDED = {
    "/jobs": set(),
    "/candidates": {*_PAGED, "shortcode"},
    "candidates": _PAGED,
    "activities": _PAGED,
    "/members": {"limit"},
    "/events": _PAGED,
    "/employees": {"limit", "offset", "member_id"},
    "/employee_fields": {"member_id"},
    "employees": {"member_id"},
    "/timeoff/balances": {"employee_id", "member_id"},
    "/timeoff/requests": {"from_date", "to_date", "limit", "offset", "member_id"},
}
"""Query parameters of the recordings; endpoints that are not here had none."""
NEVER_RECORDED = {"/recruiters", "/custom_attributes", "/requisitions", "/subscriptions"}


@dataclass(frozen=True)
class Answer:
    """One HTTP answer; `body` is sent as it is when it is bytes, else as JSON."""

    body: Any = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Hook = Callable[[str, dict[str, str]], Answer]
"""Given path and query."""


@dataclass
class Asked:
    path: str
    query: dict[str, str]
    token: str
    status: int


class ReplayServer:
    """Serves an account on a port of this machine; a context manager.

    Args:
        account: see `replay_data.make_account`, which is the default.
        prefix: what stands before ``/spi/v3``.
        page: most rows a page, below what is asked for.
        refusal: status for whatever was not recorded; None ignores unknown parameters.
        forbidden: first parts of paths that answer 403.
        hooks: by path; they come before everything else but the token.
        total_key: how offset lists call their total.
    """

    def __init__(
        self,
        account: dict[str, Any] | None = None,
        *,
        prefix: str = "",
        page: int = 3,
        refusal: int | None = None,
        forbidden: tuple[str, ...] = (),
        hooks: dict[str, Hook] | None = None,
        total_key: str = "total_count",
    ) -> None:
        self.account = make_account() if account is None else account
        self.root = f"{prefix}/spi/v3"
        self.page, self.refusal, self.forbidden = page, refusal, forbidden
        self.hooks = hooks or {}
        self.total_key = total_key
        self.asked: list[Asked] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                answer = server.answer(self.path, self.headers.get("Authorization", ""))
                _send(self, answer, len(server.asked))

            def log_message(self, *_: object) -> None:
                """Keep the test's output clean."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,))
        self.base_url = f"http://127.0.0.1:{self._http.server_address[1]}{self.root}"

    def __enter__(self) -> ReplayServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def count(self, path: str) -> int:
        return sum(asked.path == path for asked in self.asked)

    def answer(self, url: str, authorization: str) -> Answer:
        parts = urlsplit(url)
        path = parts.path.removeprefix(self.root)
        several = parse_qs(parts.query, keep_blank_values=True)
        query = {name: values[-1] for name, values in several.items()}
        if authorization != f"Bearer {TOKEN}":
            answer = Answer({"error": "Not authorized"}, 401)
        elif not parts.path.startswith(f"{self.root}/"):
            answer = Answer(b"<html>nothing here</html>", 404)
        else:
            answer = self._authorized(path, query)
        self.asked.append(Asked(path, query, authorization, answer.status))
        return answer

    def _authorized(self, path: str, query: dict[str, str]) -> Answer:
        if path in self.hooks:
            return self.hooks[path](path, query)
        if path.startswith(self.forbidden):
            return Answer({"error": "Forbidden"}, 403)
        if self.refusal and not _was_recorded(path, query):
            return Answer({"error": "Not found"}, self.refusal)
        if path == "/timeoff/balances":
            return Answer({"balances": BALANCES.get(query.get("employee_id", ""), [])})
        if path not in self.account:
            return Answer({"error": "Not found"}, 404)
        return Answer(self.body(path, query))

    def body(self, path: str, query: dict[str, str]) -> Any:
        """Return what the account says under a path, in its envelope."""
        found, key = self.account[path], path.rsplit("/", 1)[1]
        if not isinstance(found, list) or path in BARE:
            return found
        if path in OFFSET:
            return self._offset_page(path, found, query)
        if path == "/candidates" and "shortcode" in query:
            path = f"/jobs/{query['shortcode']}/candidates"
            found = self.account.get(path, [])
        return self._cursor_page(path, key, found, query) if key in CURSOR else {key: found}

    def _offset_page(self, path: str, rows: list[Row], query: dict[str, str]) -> Any:
        offset = int(query.get("offset", 0))
        size = min(int(query.get("limit", 10)), self.page)
        return {self.total_key: len(rows), path.rsplit("/", 1)[1]: rows[offset : offset + size]}

    def _cursor_page(self, path: str, key: str, rows: list[Row], query: dict[str, str]) -> Any:
        limit = int(query.get("limit", 50))
        first = 0
        if "since_id" in query:  # inclusive, and a number to the base of 16
            since = int(query["since_id"], 16)
            rows = [row for row in rows if int(row["id"], 16) >= since]
        last = first + min(limit, self.page)
        envelope: dict[str, Any] = {key: rows[first:last]}
        if len(rows) > last:
            since = urlencode({"limit": limit, "since_id": rows[last]["id"]})
            link = f"https://{SUBDOMAIN}.workable.com/spi/v3{path}?{since}"
            envelope["paging"] = {"next": link}
        return envelope


def _was_recorded(path: str, query: dict[str, str]) -> bool:
    if path in NEVER_RECORDED or path.endswith("/files"):
        return False
    last = path.rsplit("/", 1)[1]
    kind = "employees" if path.startswith("/employees/") else last
    allowed = RECORDED.get(kind if path.count("/") > 1 and kind in RECORDED else path, set())
    hr = path in OFFSET
    limits = {"10", "20", "50", "100"} if hr else {"50", "100"}
    return {name.removesuffix("[]") for name in query} <= allowed and (
        query.get("limit", "50") in limits
    )


def _send(handler: BaseHTTPRequestHandler, answer: Answer, number: int) -> None:
    body = answer.body
    headers = {"Content-Type": "application/json; charset=utf-8", **answer.headers}
    if not isinstance(body, bytes):
        body = json.dumps(body).encode()
        if len(body) > 900:  # small answers were recorded without rate headers and unpacked
            reset = int(time.time()) + (-10 if number % 3 == 0 else 10)
            headers |= {
                "x-rate-limit-limit": "5000",
                "x-rate-limit-remaining": str(4999 - number % 50),
                "x-rate-limit-reset": str(reset),
                "etag": 'W/"1"',
                "cache-control": "max-age=0, private, must-revalidate",
            }
            if "gzip" in handler.headers.get("Accept-Encoding", ""):
                body = gzip.compress(body)
                headers["Content-Encoding"] = "gzip"
    handler.send_response(answer.status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
