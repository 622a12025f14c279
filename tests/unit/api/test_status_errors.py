from __future__ import annotations

import httpx
import pytest
from canned import Script, client_for, ok

from workable_elt.api import (
    AuthenticationFailed,
    ForeignLink,
    NotFound,
    NotJson,
    RateLimited,
    RateLimiter,
    RequestBudget,
    RequestRejected,
    RetryPolicy,
    ScopeMissing,
    ServerFailed,
    TruncatedBody,
    UnexpectedShape,
)


def test_401_fails_at_once_and_says_how_to_renew_the_token() -> None:
    script = Script(httpx.Response(401, json={"error": "Not authorized"}))
    with pytest.raises(AuthenticationFailed, match="Settings > Integrations > Apps") as caught:
        client_for(script, account="acme-eu").get("/jobs")
    assert len(script.requests) == 1
    assert (caught.value.account, caught.value.endpoint, caught.value.status) == (
        "acme-eu",
        "/jobs",
        401,
    )


@pytest.mark.parametrize(
    ("path", "scope"),
    [("/jobs", "r_jobs"), ("/timeoff/balances", "r_timeoff"), ("/departments", "r_account")],
)
def test_403_names_the_scope_that_the_endpoint_needs(path: str, scope: str) -> None:
    script = Script(httpx.Response(403, json={"error": "Forbidden"}))
    with pytest.raises(ScopeMissing, match=scope) as caught:
        client_for(script).get(path)
    assert caught.value.scope == scope
    assert len(script.requests) == 1


def test_messages_hold_the_template_and_never_the_id_or_the_body() -> None:
    script = Script(httpx.Response(404, json={"error": "no candidate 2f41c0aa Jo Doe"}))
    with pytest.raises(NotFound) as caught:
        client_for(script).one("candidate_details", id="2f41c0aa")
    assert "/candidates/:id" in str(caught.value)
    assert "2f41c0aa" not in str(caught.value)
    assert "Jo Doe" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "parent"),
    [("timeoff_balances", {"employee_id": "2a"}), ("job_stages", {"shortcode": "4D1B"})],
)
def test_a_missing_child_list_is_asked_for_once_more(name: str, parent: dict[str, str]) -> None:
    script = Script(httpx.Response(404), ok([{"id": "1", "category_id": "1"}]))
    assert len(list(client_for(script).list(name, **parent).rows())) == 1
    script = Script(httpx.Response(404))
    with pytest.raises(NotFound):
        list(client_for(script).list(name, **parent))
    assert len(script.requests) == 2


def test_a_missing_child_is_asked_for_once_more() -> None:
    script = Script(httpx.Response(404), ok({"candidate": {"id": "2a"}}))
    assert client_for(script).one("candidate_details", id="2a") == {"id": "2a"}


def test_an_account_wide_list_that_is_missing_is_not_asked_for_again() -> None:
    script = Script(httpx.Response(404))
    with pytest.raises(NotFound):
        list(client_for(script).list("departments"))
    assert len(script.requests) == 1


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"error": "limit is not included in the list"}, ("limit",)),
        ({"error": ["limit is bad", "jo@example.org is bad"]}, ("limit",)),
        ({"error": ""}, ()),
        ({"error": None}, ()),
        ({"error": "x", "validation_errors": {"email": ["jo@example.org is taken"]}}, ("email",)),
        (["odd"], ()),
        (None, ()),
    ],
)
def test_a_rejected_request_names_fields_and_no_values(
    body: object, fields: tuple[str, ...]
) -> None:
    script = Script(httpx.Response(422, json=body))
    with pytest.raises(RequestRejected) as caught:
        client_for(script).get("/candidates", params={"limit": 7})
    assert caught.value.fields == fields
    assert "example.org" not in str(caught.value)
    assert len(script.requests) == 1


def test_a_rejection_whose_body_is_no_json_is_still_a_rejection() -> None:
    with pytest.raises(RequestRejected):
        client_for(Script(httpx.Response(400, text="<html>"))).get("/jobs")


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520, 408])
def test_a_failing_server_is_tried_again_within_bounds(status: int) -> None:
    script = Script(httpx.Response(status))
    with pytest.raises(ServerFailed) as caught:
        client_for(script, retry=RetryPolicy(attempts=4, spread=lambda low, high: 0.0)).get("/jobs")
    assert len(script.requests) == 4
    assert caught.value.status == status


@pytest.mark.parametrize(
    "trouble",
    [
        httpx.Response(500),
        httpx.Response(200, text="<html><body>Just a moment</body></html>"),
        httpx.Response(200, text='{"jobs": [{"id": "1'),
        httpx.Response(200, text=""),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("peer closed connection"),
        httpx.ConnectError("refused"),
    ],
)
def test_a_passing_trouble_costs_a_retry_and_no_more(trouble: httpx.Response | Exception) -> None:
    script = Script(trouble, trouble, ok({"jobs": []}))
    client = client_for(script)
    assert client.get("/jobs").data == {"jobs": []}
    assert (client.stats.requests, client.stats.retries) == (3, 2)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<html>Acme Inc</html>", NotJson),
        ("Bad Gateway", NotJson),
        ('{"a": [', TruncatedBody),
        ("", TruncatedBody),
    ],
)
def test_a_body_that_stays_unreadable_is_told_apart(body: str, kind: type[Exception]) -> None:
    with pytest.raises(kind) as caught:
        client_for(Script(httpx.Response(200, text=body))).get("/jobs")
    assert "Acme Inc" not in str(caught.value)
    assert caught.value.__context__ is None


def test_pauses_double_up_to_a_bound_and_use_the_whole_interval() -> None:
    asked: list[tuple[float, float]] = []

    def spread(low: float, high: float) -> float:
        asked.append((low, high))
        return high

    policy = RetryPolicy(first_pause=0.5, longest_pause=5.0, spread=spread)
    assert [policy.pause(n) for n in range(1, 7)] == [0.5, 1.0, 2.0, 4.0, 5.0, 5.0]
    assert {low for low, _ in asked} == {0.0}


def test_retry_after_of_a_failing_server_is_honoured_up_to_the_longest_pause() -> None:
    policy = RetryPolicy(longest_pause=5.0, spread=lambda low, high: 0.25)
    assert policy.pause(1, asked=3.0) == 3.0
    assert policy.pause(1, asked=0.0) == 0.25
    assert policy.pause(1, asked=3600.0) == 5.0


class HandClock:
    """A clock that moves only when somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def wait(self, _: object, seconds: float) -> None:
        self.now += seconds


def test_429_is_waited_out_and_is_no_retry() -> None:
    clock = HandClock()
    limiter = RateLimiter(RequestBudget(), clock=clock, wait=clock.wait)
    script = Script(*[httpx.Response(429)] * 7, ok({"jobs": []}))
    client = client_for(script, limiter=limiter, retry=RetryPolicy(attempts=2))
    assert client.get("/jobs").data == {"jobs": []}
    assert (client.stats.rate_limited, client.stats.retries) == (7, 0)
    assert clock.now == pytest.approx(70.0)  # without any header: a whole window each


def test_429_for_ever_gives_up() -> None:
    clock = HandClock()
    limiter = RateLimiter(RequestBudget(), clock=clock, wait=clock.wait)
    script = Script(httpx.Response(429))
    with pytest.raises(RateLimited):
        client_for(script, limiter=limiter, retry=RetryPolicy(refusals=5)).get("/jobs")
    assert len(script.requests) == 5


def test_a_redirect_to_another_host_is_not_followed() -> None:
    script = Script(httpx.Response(302, headers={"location": "https://evil.example/spi/v3/jobs"}))
    with pytest.raises(ForeignLink, match="renamed"):
        client_for(script).get("/jobs")
    assert len(script.requests) == 1


@pytest.mark.parametrize("location", ["", "/login", "http://[broken", "http://127.0.0.1:1/sign-in"])
def test_a_redirect_out_of_the_api_is_not_followed(location: str) -> None:
    script = Script(httpx.Response(302, headers={"location": location}))
    with pytest.raises(UnexpectedShape, match="out of the API") as caught:
        client_for(script).get("/jobs")
    assert caught.value.account == "acme"
    assert len(script.requests) == 1


def test_a_redirect_on_the_same_host_is_followed_on_the_base_url() -> None:
    script = Script(
        httpx.Response(301, headers={"location": "/spi/v3/jobs/?a=1"}), ok({"jobs": []})
    )
    client_for(script).get("/jobs")
    assert str(script.requests[1].url) == "http://127.0.0.1:1/spi/v3/jobs/?a=1"


def test_redirects_in_circles_end() -> None:
    script = Script(httpx.Response(302, headers={"location": "/spi/v3/jobs"}))
    with pytest.raises(UnexpectedShape, match="circles"):
        client_for(script).get("/jobs")
    assert len(script.requests) == 4


def test_every_request_is_reported_with_its_template() -> None:
    records = []
    script = Script(httpx.Response(503), ok({"candidate": {"id": "2f41c0aa"}}))
    client = client_for(script, on_request=records.append)
    client.one("candidate_details", id="2f41c0aa")
    assert [(record.endpoint, record.status) for record in records] == [
        ("/candidates/:id", 503),
        ("/candidates/:id", 200),
    ]
