"""Keyed hashes that stand for personal values: equal values stay equal, nobody can look one up."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Any

from workable_elt.api import Secret

_NO_DIGIT = re.compile(r"\D+")
# Bookkeeping of a profile row (hris.md section 2); only its `value` is personal.
_ROW_KEYS = frozenset({"row_id", "history_of", "is_primary"})


class Pseudonyms:
    """Turns values into hexadecimal HMAC-SHA256 texts.

    Args:
        key: the secret; whoever has it can test whether a hash stands for a given value.
    """

    def __init__(self, key: Secret) -> None:
        self._key = key

    def of(self, name: str, value: Any) -> Any:
        """Return what stands for a value.

        Args:
            name: column or key that holds it; phones and e-mails are normalised by it first.
            value: a text or number, or a JSON value: its shape stays, its texts and numbers are
                replaced, so that staging still finds an e-mail within it.
        """
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, list):
            return [self.of(name, item) for item in value]
        if isinstance(value, dict):
            return {
                key: item if key in _ROW_KEYS else self.of(name if key == "value" else key, item)
                for key, item in value.items()
            }
        return self._digest(normalised(name, str(value)))

    def _digest(self, text: str) -> str:
        key = self._key.reveal().encode()
        return hmac.new(key, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def normalised(name: str, value: str) -> str:
    """Return the form of a value in which two spellings of one thing are equal.

    E-mail addresses are lower-cased, phone numbers are their digits, everything is trimmed.
    """
    text = value.strip()
    if "@" in text:
        return text.lower()
    if "phone" in name:
        return _NO_DIGIT.sub("", text) or text
    return text
