"""(d) Real time at both rate limits: what share of the allowed requests is used, and refusals."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.benchmarks.accounts import Account, account
from tests.benchmarks.figures import Figure
from tests.benchmarks.scale import Scale

WINDOW = 10
KINDS = {10: "account", 50: "partner"}
_CLIENT = "bench"


def limits(scale: Scale, folder: Path) -> list[Figure]:
    """Load for two minutes at each limit, side by side: both processes mostly wait."""

    def at(limit: int) -> list[Figure]:
        return _work(limit, scale.limit_seconds, folder / f"limit-{limit}")

    with ThreadPoolExecutor(len(KINDS)) as pool:
        return [figure for figures in pool.map(at, KINDS) for figure in figures]


def _work(limit: int, seconds: int, folder: Path) -> list[Figure]:
    windows = seconds // WINDOW
    # The windows in which it begins and ends are cut short and not looked at.
    lasts = seconds + 2 * WINDOW
    # More than can be read in the time, so that there is work to the end.
    with account(limit * lasts // WINDOW + 300, folder, rate_limit=True) as one:
        control = one.simulator.control
        subdomain = one.simulator.subdomain
        token = control.add_token(account=subdomain, kind=KINDS[limit], client_id=_CLIENT)
        with _Sampler(one) as sampler:
            cost = one.call(
                "load", "--max-minutes", str(lasts / 60), token=token, client_id=_CLIENT
            )
        refused = _count(one, " 429")
    served = sampler.served(windows)
    allowed = limit * windows
    details = {"served": served, "allowed": allowed, "refused": refused, "ours": cost.to_json()}
    return [
        Figure(
            f"{seconds} s at {limit} requests in 10 s, share used",
            f"{served} requests",
            f"{allowed} allowed",
            served / allowed,
            "at least",
            0.95,
            details,
        ),
        Figure(f"the same, refused with 429 at {limit}", str(refused), None, refused, "at most", 0),
    ]


def _count(one: Account, ending: str) -> int:
    statuses: dict[str, int] = one.simulator.control.counters()["statuses"]
    return sum(count for name, count in statuses.items() if name.endswith(ending))


class _Sampler:
    """Counts what was served at the end of each of the server's windows."""

    def __init__(self, one: Account) -> None:
        self._one = one
        self._ahead = one.simulator.control.now().timestamp() - time.time()
        self._samples: list[int] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._sample)

    def __enter__(self) -> _Sampler:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._ended.wait(WINDOW - (time.time() + self._ahead) % WINDOW):
            self._samples.append(_count(self._one, " 200"))

    def served(self, windows: int) -> int:
        """Give the requests served in so many windows, from the first whole one on.

        Raises:
            ValueError: The work ended before.
        """
        begun = [total for total in self._samples if total]
        if len(begun) <= windows:
            raise ValueError(f"the work lasted for {len(begun)} windows, not for {windows}")
        return begun[windows] - begun[0]
