"""Tokens, scopes, sight and budgets over real HTTP."""

from datetime import datetime, timedelta, timezone

import httpx
import pytest
from server_kit import CROWDED, HR_ADMIN, QUIET, candidate_id, make_log, make_tenant

from workable_elt.simulator.server.access import READ_SCOPES
from workable_elt.simulator.server.app import api_routes
from workable_elt.simulator.server.clock import Clock
from workable_elt.simulator.server.runner import Simulator
from workable_elt.simulator.server.world import Tenant

READS = [endpoint for endpoint in api_routes().endpoints if endpoint.method == "GET"]


@pytest.mark.parametrize("header", [None, "Bearer wrong", "Basic {token}", "Bearer"])
def test_a_bad_token_is_401(server, header):
    headers = {"Authorization": header.format(token=server.token)} if header else {}
    answer = httpx.get(f"{server.base_url}/jobs", headers=headers)
    assert (answer.status_code, answer.json()) == (401, {"error": "Not authorized"})


@pytest.mark.parametrize("endpoint", READS, ids=lambda endpoint: endpoint.path)
def test_every_read_without_its_scope_is_403(visit, server, endpoint):
    without = server.control.add_token(scopes=READ_SCOPES - endpoint.scopes)
    answer = visit.get(endpoint.path.replace(":", ""), token=without)
    assert (answer.status_code, answer.json()) == (403, {"error": "Forbidden"})


@pytest.mark.parametrize("scope", ["r_candidates", "r_offers"])
def test_the_offer_needs_the_scope_of_the_quirk(visit, server, scope):
    server.control.set_quirks(offer_scope=scope)
    path = f"/candidates/{candidate_id(0)}/offer"
    with_it = server.control.add_token(scopes=[scope])
    without = server.control.add_token(scopes=READ_SCOPES - {scope})
    assert visit.get(path, token=with_it).status_code == 200
    assert visit.get(path, token=without).status_code == 403


def test_a_partner_token_must_name_its_client_and_may_not_read_members(visit, server):
    token = server.control.add_token(kind="partner", client_id="uid-9")
    assert visit.get("/jobs", token=token).status_code == 401
    named = {"X-WORKABLE-CLIENT-ID": "uid-9"}
    assert visit.get("/jobs", token=token, headers=named).status_code == 200
    assert visit.get("/members", token=token, headers=named).status_code == 403
    assert visit.get(f"/jobs/{CROWDED}/members", token=token, headers=named).status_code == 403


def test_narrowed_sight_hides_jobs_and_what_hangs_on_them(visit, server):
    token = server.control.add_token(kind="user", member_id=HR_ADMIN, shortcodes=[QUIET])
    assert [row["shortcode"] for row in visit.rows("/jobs", "jobs", token=token)] == [QUIET]
    seen = visit.ids("/candidates", "candidates", token=token)
    assert seen == [candidate_id(n) for n in range(130, 135)]
    assert visit.get(f"/jobs/{CROWDED}", token=token).status_code == 404
    assert visit.get(f"/candidates/{candidate_id(0)}", token=token).status_code == 404
    assert visit.get("/events", {"context": "all"}, token=token).json() == {"events": []}
    server.control.change_token(token, see_all=True)
    assert len(visit.rows("/jobs", "jobs", token=token)) == 3


def test_tokens_can_lose_scopes_expire_and_be_revoked(visit, server):
    token = server.control.add_token()
    now = server.control.now()
    server.control.change_token(token, scopes=["r_candidates"])
    assert visit.get("/jobs", token=token).status_code == 403
    server.control.change_token(token, expires_at=now + timedelta(hours=1))
    assert visit.get("/candidates", token=token).status_code == 200
    server.control.change_token(token, expires_at=now)
    assert visit.get("/candidates", token=token).status_code == 401
    server.control.change_token(token, expires_at=now + timedelta(days=1), revoked=True)
    assert visit.get("/candidates", token=token).status_code == 401


def test_one_server_serves_several_accounts_by_token():
    log = make_log()
    log.account.subdomain = "other"
    log.events = log.events[:15]  # settings and jobs
    with Simulator(tenants=[make_tenant(), Tenant.from_log(log)]) as simulator:
        second = simulator.control.add_token(account="other")
        subdomains = [
            httpx.get(
                f"{simulator.base_url}/accounts", headers={"Authorization": f"Bearer {token}"}
            ).json()["accounts"][0]["subdomain"]
            for token in (simulator.token, second)
        ]
        assert subdomains == ["harbourinn", "other"]


@pytest.fixture
def limited(server):
    """The shared server with budgets, its clock standing 4 s into a block of ten."""
    world = server.world
    clock, world.clock = (
        world.clock,
        Clock(datetime(2026, 7, 20, 12, 0, 4, tzinfo=timezone.utc), frozen=True),
    )
    server.control.set_rate_limit(enabled=True)
    yield server
    world.clock = clock


def spend(visit, times, **how):
    return [visit.get("/stages", **how) for _ in range(times)]


def test_an_account_token_has_ten_requests_in_a_clock_aligned_block(visit, limited):
    answers = spend(visit, 11)
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    remaining = [int(answer.headers["X-Rate-Limit-Remaining"]) for answer in answers]
    assert remaining == [9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0]
    assert {answer.headers["X-Rate-Limit-Limit"] for answer in answers} == {"10"}
    limited.control.advance(5.9)
    assert visit.get("/stages").status_code == 429
    limited.control.advance(0.1)
    assert visit.get("/stages").headers["X-Rate-Limit-Remaining"] == "9"


def test_reset_says_now_plus_ten_or_the_end_of_the_window(visit, limited):
    now = int(limited.control.now().timestamp())
    assert int(visit.get("/stages").headers["X-Rate-Limit-Reset"]) - now in {10, 9, -10}
    limited.control.set_quirks(rate_limit_reset="window_end")
    assert int(visit.get("/stages").headers["X-Rate-Limit-Reset"]) == now + 6


def test_a_sliding_window_refills_ten_seconds_after_the_first_request(visit, limited):
    limited.control.set_quirks(rate_windows="sliding")
    spend(visit, 10)
    limited.control.advance(9.9)
    assert visit.get("/stages").status_code == 429
    limited.control.advance(0.1)
    assert visit.get("/stages").status_code == 200


@pytest.mark.parametrize("kind", ["user", "partner"])
def test_other_tokens_have_fifty_requests(visit, limited, kind):
    named = {"X-WORKABLE-CLIENT-ID": "uid"}
    token = limited.control.add_token(kind=kind, member_id=HR_ADMIN, client_id="uid")
    statuses = [answer.status_code for answer in spend(visit, 51, token=token, headers=named)]
    assert statuses == [200] * 50 + [429]
    assert visit.get("/stages").status_code == 200


@pytest.mark.parametrize(
    ("body", "text"),
    [("string", '{"error":"Too many requests"}'), ("empty", ""), ("html", "<html>")],
)
def test_a_429_has_the_body_and_the_retry_after_of_the_quirks(visit, limited, body, text):
    limited.control.set_quirks(rate_limit_body=body, retry_after_header="present")
    answer = spend(visit, 11)[-1]
    assert answer.text.startswith(text)
    assert (answer.text == "") == (text == "")
    assert answer.headers["Retry-After"] == "10"
    limited.control.set_quirks(retry_after_header="absent")
    assert "Retry-After" not in visit.get("/stages").headers


def test_budget_headers_may_be_absent(visit, limited):
    limited.control.set_quirks(rate_headers="absent_when_small")
    assert "X-Rate-Limit-Limit" not in visit.get("/accounts").headers
    assert "X-Rate-Limit-Limit" in visit.get("/candidates").headers
    limited.control.set_quirks(rate_headers="absent")
    assert "X-Rate-Limit-Limit" not in visit.get("/candidates").headers


def test_the_date_header_is_the_simulators_clock_or_absent(visit, limited):
    assert visit.get("/jobs").headers["Date"] == "Mon, 20 Jul 2026 12:00:04 GMT"
    limited.control.set_quirks(date_header="absent")
    assert "Date" not in visit.get("/jobs").headers


def test_a_refused_token_costs_nothing(visit, limited):
    for _ in range(20):
        assert visit.get("/stages", token="wrong").status_code == 401
    assert visit.get("/stages").headers["X-Rate-Limit-Remaining"] == "9"
