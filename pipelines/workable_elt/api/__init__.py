"""The HTTP layer: reads a Workable account over its REST API. Knows nothing of dlt.

from workable_elt.api import WorkableClient

with WorkableClient("acme", token) as client:
    for page in client.list("candidates", updated_after=since):
        ...
"""

from workable_elt.api.answer import Answer, RequestRecord, Stats
from workable_elt.api.auth import Secret
from workable_elt.api.cancellation import Allowance, stopped_by
from workable_elt.api.client import WorkableClient
from workable_elt.api.endpoints import BY_PATH, ENDPOINTS, Endpoint, Paging
from workable_elt.api.errors import (
    AccountNotFound,
    AuthenticationFailed,
    Cancelled,
    ConfigurationError,
    ConnectionBroken,
    ForeignLink,
    NotFound,
    NotJson,
    PagingStuck,
    RateLimited,
    RequestRejected,
    ResponseError,
    ScopeMissing,
    ServerFailed,
    StatusError,
    TimedOut,
    TransportError,
    TruncatedBody,
    UnexpectedShape,
    Unreachable,
    WorkableError,
)
from workable_elt.api.listing import Listing, Page
from workable_elt.api.probe import Grant, Probe
from workable_elt.api.ratelimit import RequestBudget
from workable_elt.api.retry import RetryPolicy
from workable_elt.api.throttle import RateLimiter
from workable_elt.api.timeouts import Timeouts

__all__ = [
    "BY_PATH",
    "ENDPOINTS",
    "AccountNotFound",
    "Allowance",
    "Answer",
    "AuthenticationFailed",
    "Cancelled",
    "ConfigurationError",
    "ConnectionBroken",
    "Endpoint",
    "ForeignLink",
    "Grant",
    "Listing",
    "NotFound",
    "NotJson",
    "Page",
    "Paging",
    "PagingStuck",
    "Probe",
    "RateLimited",
    "RateLimiter",
    "RequestBudget",
    "RequestRecord",
    "RequestRejected",
    "ResponseError",
    "RetryPolicy",
    "ScopeMissing",
    "Secret",
    "ServerFailed",
    "Stats",
    "StatusError",
    "TimedOut",
    "Timeouts",
    "TransportError",
    "TruncatedBody",
    "UnexpectedShape",
    "Unreachable",
    "WorkableClient",
    "WorkableError",
    "stopped_by",
]
