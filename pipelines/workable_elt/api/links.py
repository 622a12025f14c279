"""Brings links of the server's making back onto the configured base URL.

``paging.next`` is absolute, names the account's public host, and moves `/candidates?shortcode=X`
to `/jobs/X/candidates` (ats.md section 1). Behind a proxy or the simulator that host is not ours.
Only path and query are taken from a link, so the token never travels to a host that a server
named; a link to a stranger's host is an error all the same, because nobody sends one in good faith.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, urlsplit

from workable_elt.api.auth import is_loopback, is_workable
from workable_elt.api.errors import ForeignLink, UnexpectedShape

QueryParams = tuple[tuple[str, str], ...]

_API_ROOT = re.compile(r"/spi/v\d+(?=/)")


def rebase_next(link: SplitResult, base_url: str, endpoint: str) -> tuple[str, QueryParams]:
    """Return path under the base URL, and query, of a ``paging.next`` link.

    Raises:
        ForeignLink: its host is neither the configured one nor under workable.com.
        UnexpectedShape: its path is not one of the API.
    """
    host = link.hostname
    if host and not _same_host(host, base_url) and not is_workable(host):
        raise ForeignLink(
            "paging.next leads to a foreign host.",
            endpoint=endpoint,
            hint="The token was not sent there. Check base_url and what stands between.",
        )
    return _path_under(link, base_url, endpoint), _query(link)


def rebase_redirect(location: str, base_url: str, endpoint: str) -> tuple[str, QueryParams]:
    """Return path under the base URL, and query, of a redirect on the same host.

    Raises:
        ForeignLink: the redirect leads to any other host.
        UnexpectedShape: it leads out of the API.
    """
    try:
        link = urlsplit(location)
        host = link.hostname
    except ValueError:
        link, host = urlsplit(""), None
    if host and not _same_host(host, base_url):
        raise ForeignLink(
            "the server redirects to another host.",
            endpoint=endpoint,
            hint="The token was not sent there. The account may have been renamed: check the "
            "subdomain or base_url.",
        )
    return _path_under(link, base_url, endpoint), _query(link)


def _same_host(host: str, base_url: str) -> bool:
    ours = urlsplit(base_url).hostname or ""
    return host == ours or (is_loopback(host) and is_loopback(ours))


def _path_under(link: SplitResult, base_url: str, endpoint: str) -> str:
    prefix = urlsplit(base_url).path
    if link.path.startswith(f"{prefix}/"):
        return link.path[len(prefix) :]
    root = _API_ROOT.search(link.path)
    if root is None:
        raise UnexpectedShape("a link leads out of the API.", endpoint=endpoint)
    return link.path[root.end() :]


def _query(link: SplitResult) -> QueryParams:
    return tuple(parse_qsl(link.query, keep_blank_values=True))
