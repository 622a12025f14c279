"""What only a real socket can show: broken bodies, resets, trickles, refused connections."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from workable_elt.api import (
    ConnectionBroken,
    RequestRecord,
    RetryPolicy,
    TimedOut,
    Timeouts,
    TruncatedBody,
    Unreachable,
    WorkableClient,
    WorkableError,
)

ONCE = RetryPolicy(attempts=1)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@contextmanager
def server(answer: Callable[[socket.socket], object]) -> Iterator[str]:
    """Serve each connection by `answer`, after reading its request; gives the base URL."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(65536)
                answer(connection)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def read(url: str, **options: object) -> object:
    with WorkableClient("acme", "t", base_url=url, **options) as client:  # type: ignore[arg-type]
        return client.get("/jobs").data


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (lambda c: c.sendall(HEAD + b"Content-Length: 50\r\n\r\n{"), ConnectionBroken),
        (lambda c: c.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{"), ConnectionBroken),
        (lambda c: c.sendall(HEAD + b"Content-Length: 5\r\n\r\n[1, 2"), TruncatedBody),
        (
            lambda c: c.sendall(HEAD + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd"),
            TruncatedBody,
        ),
        (lambda c: c.sendall(b"SSH-2.0-OpenSSH_9.2\r\n"), ConnectionBroken),
        (lambda c: None, ConnectionBroken),
        (reset, ConnectionBroken),
    ],
)
def test_a_broken_answer_is_a_retryable_error(
    answer: Callable[[socket.socket], object], kind: type[WorkableError]
) -> None:
    with server(answer) as url, pytest.raises(kind) as caught:
        read(url, retry=ONCE)
    assert caught.value.retryable


def test_a_server_that_is_silent_times_out() -> None:
    with server(lambda c: time.sleep(0.5)) as url, pytest.raises(TimedOut):
        read(url, retry=ONCE, timeouts=Timeouts(read=0.1))


def test_a_body_that_trickles_ends_at_the_total_timeout() -> None:
    def trickle(connection: socket.socket) -> None:
        connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
        try:
            for _ in range(40):
                connection.sendall(b" ")
                time.sleep(0.05)
        except OSError:
            return

    began = time.monotonic()
    with server(trickle) as url:
        with pytest.raises(TimedOut, match="not complete"):
            read(url, retry=ONCE, timeouts=Timeouts(read=1, total=0.3))
        assert time.monotonic() - began < 1.5


def test_nobody_listening_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with pytest.raises(Unreachable, match="Connection refused"):
        read(url, retry=ONCE)


def test_an_unknown_host_says_so() -> None:
    with pytest.raises(Unreachable, match=r"Check the subdomain or base_url"):
        read("https://acme.invalid", retry=ONCE)


def test_a_certificate_that_does_not_fit_is_refused() -> None:
    # Plain text where TLS is expected: the handshake must fail, not fall back.
    with server(lambda c: c.sendall(HEAD)) as url, pytest.raises(Unreachable, match="TLS"):
        read(url.replace("http://", "https://"), retry=ONCE)


def test_bytes_are_counted_as_they_travelled() -> None:
    body = b'{"jobs": [], "paging": null}'
    records: list[RequestRecord] = []
    with server(
        lambda c: c.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    ) as url:
        assert read(url, on_request=records.append) == {"jobs": [], "paging": None}
    assert [record.size for record in records] == [28]
