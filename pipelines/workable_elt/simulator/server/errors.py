"""Answers that are errors, with the bodies that Workable sends (ats.md, 5)."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """An error answer.

    Args:
        status: The HTTP status.
        body: The JSON body.
    """

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body


def unauthorized() -> ApiError:
    """Give the answer to a missing, unknown, expired or revoked token."""
    return ApiError(401, {"error": "Not authorized"})


def forbidden() -> ApiError:
    """Give the answer to a token that lacks the scope or is of the wrong kind."""
    return ApiError(403, {"error": "Forbidden"})


def not_found() -> ApiError:
    """Give the answer for an unknown path, record, or one that the token cannot see."""
    return ApiError(404, {"error": "Not found"})


def invalid(message: str, **validation_errors: list[str]) -> ApiError:
    """Give the answer to a request that is understood but not acceptable.

    Args:
        message: What is wrong; how it is wrapped is a quirk, see `shaped`.
        validation_errors: Messages by field, where there are any.
    """
    body: dict[str, Any] = {"error": message}
    if validation_errors:
        body["validation_errors"] = validation_errors
    return ApiError(422, body)


def conflict(**details: list[str]) -> ApiError:
    """Give the answer to a write that something else stands in the way of."""
    return ApiError(409, dict(details))


def shaped(error: ApiError, form: str) -> dict[str, Any]:
    """Give the body of an error in the form that the quirk ``error_body`` names.

    Args:
        error: The error.
        form: ``string``, ``array`` or ``empty``; only a 422 varies (ats.md, 5).
    """
    if error.status != 422 or form == "string":
        return error.body
    return {**error.body, "error": [error.body["error"]] if form == "array" else ""}
