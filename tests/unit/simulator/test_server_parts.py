"""The parts of the simulator's server that need no company: clock, budgets, parameters, tokens."""

from datetime import datetime, timedelta, timezone

import pytest

from workable_elt.simulator.server.access import Access, Token, TokenKind
from workable_elt.simulator.server.clock import Clock
from workable_elt.simulator.server.errors import ApiError
from workable_elt.simulator.server.faults import Faults
from workable_elt.simulator.server.params import Params, parse_time
from workable_elt.simulator.server.ratelimit import RateLimiter
from workable_elt.simulator.server.routing import Routes, reply_empty

MOMENT = datetime(2015, 7, 8, 11, 56, 16, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "text",
    [
        "1436356576",
        "2015-07-08T11:56:16Z",
        "20150708T115616Z",
        "2015-07-08T11:56:16.000Z",
        "2015-07-08T13:56:16+02:00",
        "2015-07-08T13:56:16 02:00",
        "2015-07-08T11:56:16",
    ],
)
def test_a_time_is_read_in_every_documented_form(text):
    assert parse_time(text) == MOMENT


@pytest.mark.parametrize("text", ["2015-07-08", "20150708"])
def test_a_date_alone_is_its_midnight(text):
    assert parse_time(text) == datetime(2015, 7, 8, tzinfo=timezone.utc)


@pytest.mark.parametrize("text", ["soon", "2015-13-01", "20151301T000000Z", "12"])
def test_nonsense_is_no_time(text):
    with pytest.raises(ValueError, match=r".+"):
        parse_time(text)


@pytest.mark.parametrize("query", ["s=a&s=b", "s[]=a&s[]=b", "s%5B%5D=a&s%5B%5D=b"])
def test_a_list_may_be_repeated_or_bracketed(query):
    assert Params(query).many("s") == ["a", "b"]


def test_only_one_form_of_list_may_be_honoured():
    params = Params("s=a&s[]=b")
    assert (params.many("s", "repeat"), params.many("s", "brackets")) == (["a"], ["b"])


def test_a_comma_list_is_split():
    assert Params("s=a,b").joined("s") == ["a", "b"]


def test_an_absent_list_is_none():
    assert Params("t=1").many("s") is None


def test_a_frozen_clock_moves_only_when_told():
    clock = Clock(MOMENT, frozen=True)
    clock.advance(90)
    assert clock.now() == MOMENT + timedelta(seconds=90)
    assert clock.http_date() == "Wed, 08 Jul 2015 11:57:46 GMT"


def test_a_clock_set_anew_runs_on_from_there():
    clock = Clock(MOMENT)
    clock.set(MOMENT + timedelta(days=1))
    assert timedelta(0) <= clock.now() - MOMENT - timedelta(days=1) < timedelta(seconds=5)


def take(limiter, now, *, sliding=False, reset_is_refill=False):
    return limiter.take("client", 10, now, sliding=sliding, reset_is_refill=reset_is_refill)


def test_a_fixed_window_refills_on_multiples_of_ten_seconds():
    limiter = RateLimiter()
    remaining = [take(limiter, 1_000_008.0 + i / 10).remaining for i in range(10)]
    assert remaining == [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    assert not take(limiter, 1_000_009.9).allowed
    assert take(limiter, 1_000_010.0).remaining == 9


def test_a_sliding_window_refills_ten_seconds_after_each_request():
    limiter = RateLimiter()
    for i in range(10):
        take(limiter, 1_000_005.0 + i, sliding=True)
    assert take(limiter, 1_000_014.9, sliding=True).allowed is False
    assert take(limiter, 1_000_015.0, sliding=True).remaining == 0
    assert take(limiter, 1_000_015.5, sliding=True).allowed is False


def test_reset_says_now_plus_ten_or_the_true_refill():
    assert take(RateLimiter(), 1_000_008.0).reset == 1_000_018
    assert take(RateLimiter(), 1_000_008.0, reset_is_refill=True).reset == 1_000_010


def test_clients_have_budgets_of_their_own():
    limiter = RateLimiter()
    for _ in range(11):
        take(limiter, 1_000_000.0)
    other = limiter.take("other", 50, 1_000_000.0, sliding=False, reset_is_refill=False)
    assert (other.allowed, other.remaining) == (True, 49)


def bearer(value, **more):
    return {"authorization": f"Bearer {value}", **more}


def test_a_partner_token_needs_its_client_id():
    access = Access()
    token = access.add(Token("p", "acme", TokenKind.PARTNER, client_id="uid-1"))
    with pytest.raises(ApiError) as refused:
        access.authenticate(bearer("p"), MOMENT)
    assert refused.value.status == 401
    assert access.authenticate(bearer("p", **{"x-workable-client-id": "uid-1"}), MOMENT) == token


def test_an_expired_or_revoked_token_is_refused():
    access = Access()
    access.add(Token("t", "acme"))
    assert access.authenticate(bearer("t"), MOMENT).value == "t"
    access.change("t", expires_at=MOMENT)
    with pytest.raises(ApiError):
        access.authenticate(bearer("t"), MOMENT)
    assert access.authenticate(bearer("t"), MOMENT - timedelta(seconds=1)).value == "t"
    access.change("t", revoked=True)
    with pytest.raises(ApiError):
        access.authenticate(bearer("t"), MOMENT - timedelta(seconds=1))


def test_narrowed_sight_hides_other_jobs_and_what_has_no_job():
    access = Access()
    access.add(Token("t", "acme"))
    narrowed = access.change("t", shortcodes=["AAA"])
    assert [narrowed.sees_job(code) for code in ("AAA", "BBB", None)] == [True, False, False]
    assert access.change("t", see_all=True).sees_job("BBB")


def test_a_fixed_path_wins_over_a_variable_one():
    routes = Routes()
    routes.add("GET", "/employees/:id", lambda call: reply_empty())
    routes.add("GET", "/employees/orgchart", lambda call: reply_empty())
    routes.add("GET", "/employees/:id/documents", lambda call: reply_empty())
    found = {
        path: routes.find("GET", path)
        for path in ("/employees/orgchart", "/employees/1f", "/employees/1f/documents")
    }
    assert [(at.path, parts) for at, parts in found.values()] == [
        ("/employees/orgchart", []),
        ("/employees/:id", ["1f"]),
        ("/employees/:id/documents", ["1f"]),
    ]
    assert routes.find("POST", "/employees/1f") is None
    assert routes.find("GET", "/employees/") is None


def hits(faults, urls):
    return [faults.pick("GET", "/spi/v3" + path, query) is not None for path, query in urls]


def test_a_fault_skips_and_is_used_up():
    faults = Faults()
    faults.inject([{"kind": "status", "path": "/candidates", "skip": 1, "times": 2}])
    assert hits(faults, [("/candidates", "")] * 5) == [False, True, True, False, False]
    assert hits(faults, [("/jobs", "")]) == [False]


def test_drawn_faults_do_not_depend_on_the_order_of_requests():
    urls = [(f"/candidates/{n:x}", "") for n in range(200)]
    rule = [{"kind": "status", "probability": 0.3}]
    one, other = Faults(seed=5), Faults(seed=5)
    one.inject(rule)
    other.inject(rule)
    forward = dict(zip(urls, hits(one, urls), strict=True))
    backward = dict(zip(reversed(urls), hits(other, reversed(urls)), strict=True))
    assert forward == backward
    assert 30 <= sum(forward.values()) <= 90


def test_an_unknown_fault_is_refused():
    with pytest.raises(ValueError, match="unknown fault"):
        Faults().inject([{"kind": "meteor"}])
