"""Running the simulator in a thread, in a process of its own, and until interrupted."""

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from server_kit import make_tenant

from workable_elt.simulator import server as server_package
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.quirks import QUIRKS, Quirks, UnknownQuirkError
from workable_elt.simulator.server.runner import Simulator, SimulatorProcess

SMALL = CompanyPlan(candidates=60, jobs=4, employees=15, years=1, seed=7)
SERVE = """
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator

plan = CompanyPlan(candidates=60, jobs=4, employees=15, years=1, seed=7)
simulator = Simulator(plan, token="secret-token", subdomain="elsewhere")
print(simulator.base_url, flush=True)
try:
    simulator.serve()
except KeyboardInterrupt:
    print("ended", flush=True)
finally:
    simulator.stop()
"""


def get(base_url, path, token, **params):
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.get(f"{base_url}{path}", headers=headers, params=params)


def test_stopping_frees_the_port():
    with Simulator(tenants=[make_tenant()]) as simulator:
        port = int(simulator.root.rpartition(":")[2])
        assert get(simulator.base_url, "/jobs", simulator.token).status_code == 200
    with pytest.raises(httpx.ConnectError):
        get(simulator.base_url, "/jobs", simulator.token)
    with Simulator(tenants=[make_tenant()], port=port) as again:
        assert again.base_url == simulator.base_url


def test_a_taken_port_is_an_os_error():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match=r".+"):
            Simulator(tenants=[make_tenant()], port=taken.getsockname()[1])


def test_a_misspelt_quirk_is_refused():
    with pytest.raises(UnknownQuirkError):
        Simulator(tenants=[make_tenant()], quirks={"leaver": "absent"})


def test_several_plans_make_several_accounts():
    other = CompanyPlan(candidates=60, jobs=4, employees=15, years=1, seed=8)
    with Simulator({"one": SMALL, "two": other}) as simulator:
        tokens = {t.account: t.value for t in simulator.world.access.tokens.values()}
        assert list(tokens) == ["one", "two"]
        first = {
            name: get(simulator.base_url, "/candidates", token).json()["candidates"][0]
            for name, token in tokens.items()
        }
        assert {name: row["account"]["subdomain"] for name, row in first.items()} == {
            "one": "one",
            "two": "two",
        }


def test_a_process_of_its_own_serves_and_ends():
    quirks = Quirks(total_key="totalCount", employees_without_member_id="all")
    with SimulatorProcess(SMALL, quirks=quirks) as simulator:
        body = get(simulator.base_url, "/employees", simulator.token).json()
        assert body["totalCount"] >= 15
        assert simulator.control.counters()["total"] == 1
    with pytest.raises(httpx.ConnectError):
        get(simulator.base_url, "/jobs", simulator.token)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")
def test_serving_ends_quietly_on_an_interrupt():
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        base_url = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/spi/v3", base_url), process.stderr.read()
        accounts = get(base_url, "/accounts", "secret-token").json()["accounts"]
        assert [account["subdomain"] for account in accounts] == ["elsewhere"]
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
        process.wait()
    assert (process.returncode, out, err) == (0, "ended\n", "")


def test_every_switch_of_the_server_is_read_somewhere():
    folder = Path(server_package.__file__).parent
    source = "\n".join(path.read_text() for path in folder.glob("*.py"))
    unread = [q.name for q in QUIRKS.values() if q.layer == "server" and q.name not in source]
    assert unread == []
