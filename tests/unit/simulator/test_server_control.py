"""The control surface, and the runners."""

import json
from datetime import datetime, timezone

import httpx
import pytest
from server_kit import Visitor, candidate_id

from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator

MOMENT = datetime(2027, 1, 2, 3, 4, 5, tzinfo=timezone.utc)


@pytest.mark.parametrize("headers", [{}, {"X-Simulator-Secret": "guess"}])
def test_controls_need_the_secret(server, headers):
    assert httpx.get(f"{server.root}/_control/state", headers=headers).status_code == 401


def test_an_api_token_is_no_secret_and_the_secret_no_token(server):
    secret = server.world.control_secret
    as_token = {"Authorization": f"Bearer {secret}"}
    assert httpx.get(f"{server.base_url}/jobs", headers=as_token).status_code == 401
    as_secret = {"X-Simulator-Secret": server.token}
    assert httpx.get(f"{server.root}/_control/state", headers=as_secret).status_code == 401


def test_there_are_no_controls_below_the_api(visit, server):
    answer = visit.get(
        "/_control/state", headers={"X-Simulator-Secret": server.world.control_secret}
    )
    assert answer.status_code == 404


def test_the_clock_can_be_set_stopped_and_moved(own_server):
    own_server.control.set_clock(MOMENT, frozen=True)
    own_server.control.advance(60)
    assert own_server.control.now() == MOMENT.replace(minute=5)


@pytest.mark.parametrize(
    "broken",
    [
        lambda control: control.set_quirks(nonsense="yes"),
        lambda control: control.set_quirks(leavers="maybe"),
        lambda control: control.add_token(scopes=["r_everything"]),
        lambda control: control.add_token(account="nobody"),
        lambda control: control.change_token("unknown", revoked=True),
        lambda control: control.inject({"kind": "meteor"}),
        lambda control: control.truth(account="nobody"),
    ],
)
def test_bad_input_is_a_readable_400(server, broken):
    with pytest.raises(ValueError, match="400"):
        broken(server.control)


def test_requests_are_counted_by_endpoint_and_status(visit, server):
    server.control.reset_counters(recording=True)
    visit.get(f"/candidates/{candidate_id(0)}")
    visit.get("/candidates/nobody", {"x": "1"})
    visit.get("/no/such/path")
    visit.get("/jobs", token="wrong")
    counts = server.control.counters()
    assert counts["total"] == 4
    assert counts["requests"] == {
        "GET /candidates/:id": 2,
        "GET /jobs": 1,
        "GET unknown path": 1,
    }
    assert counts["statuses"]["GET /candidates/:id 404"] == 1
    assert counts["log"][1] == ["GET", "/spi/v3/candidates/nobody?x=1", 404]
    server.control.reset_counters()
    assert server.control.counters()["total"] == 0


def test_the_log_is_one_object_a_line(server):
    lines = server.control.log().splitlines()
    assert len(lines) == len(server.tenant.log.events)
    assert json.loads(lines[0])["event"] == "MemberAdded"


def test_only_loopback_is_bound(server):
    assert server.root.startswith("http://127.0.0.1:")


def test_switching_a_quirk_rewrites_rows_that_were_served_before(visit, server):
    assert "withdrew" not in visit.rows("/candidates", "candidates")[0]
    server.control.set_quirks(withdrew_in_list="present")
    assert visit.rows("/candidates", "candidates")[0]["withdrew"] is False


def test_changes_lie_after_all_that_was_answered_and_show_in_the_api():
    plan = CompanyPlan(candidates=80, jobs=5, employees=15, years=1, seed=4)
    with Simulator(plan) as simulator, Visitor(simulator) as visit:
        before = simulator.control.now()
        made = simulator.control.apply_changes(30, seed=1, kinds=["moved", "applied"], advance=60)
        assert {change["kind"] for change in made} == {"moved", "applied"}
        assert 60 <= (simulator.control.now() - before).total_seconds() < 70
        changed = {change["id"] for change in made}
        since = {"updated_after": before.isoformat(timespec="seconds"), "limit": 100}
        assert set(visit.ids("/candidates", "candidates", since)) == changed
        listed = visit.rows("/candidates", "candidates", {"limit": 100})
        assert listed == simulator.control.truth()["candidates"][:100]


def test_changes_show_in_other_records_that_repeat_a_name():
    plan = CompanyPlan(candidates=80, jobs=5, employees=15, years=1, seed=4)
    with Simulator(plan) as simulator, Visitor(simulator) as visit:
        visit.rows("/candidates", "candidates", {"limit": 100})
        (change,) = simulator.control.apply_changes(1, seed=2, kinds=["job_retitled"])
        title = visit.get(f"/jobs/{change['id']}").json()["title"]
        rows = visit.rows("/candidates", "candidates", {"shortcode": change["id"]})
        assert {row["job"]["title"] for row in rows} == {title}


def test_a_change_that_does_not_exist_is_a_readable_400(server):
    with pytest.raises(ValueError, match=r"400.*magic"):
        server.control.apply_changes(1, seed=1, kinds=["magic"])
