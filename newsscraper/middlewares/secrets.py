"""Keeps passwords and keys that stand in addresses out of logs and summaries."""

from __future__ import annotations

import logging
import re
from typing import Any

_HIDDEN = "***"
_USERINFO = re.compile(r"(?P<scheme>\b[a-z][a-z0-9+.-]*://)[^/\s?#@'\"<>]+@", re.IGNORECASE)
_PARAMETER = re.compile(
    r"(?P<name>[?&;](?:[\w.-]*[_.-])?(?:access_?token|auth|api_?key|apikey|credential|jwt|key|pass|passwd|password|pwd|secret|"
    r"session|sessionid|sid|sig|signature|token)=)[^&\s#'\"<>]+",
    re.IGNORECASE,
)


def without_secrets(text: str) -> str:
    """Return the text with passwords, tokens and keys in its addresses replaced by ``***``.

    >>> without_secrets("GET https://me:pw@example.com/feed?id=3&token=abc&api_key=x HTTP/1.1")
    'GET https://***@example.com/feed?id=3&token=***&api_key=*** HTTP/1.1'
    """
    if "://" not in text and "=" not in text:
        return text
    text = _USERINFO.sub(rf"\g<scheme>{_HIDDEN}@", text)
    return _PARAMETER.sub(rf"\g<name>{_HIDDEN}", text)


class SecretsFilter(logging.Filter):
    """Takes secrets out of a record's message and traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record where needed; never drops one."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):
            return True
        clean = without_secrets(message)
        if clean != message:
            record.msg, record.args = clean, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = without_secrets(logging.Formatter().formatException(record.exc_info))
        return True


def hide_secrets_in_logs() -> None:
    """Make every log record of this process pass `SecretsFilter`, whoever writes it; calling it again changes nothing.

    Done where records are made, not in a handler: Scrapy replaces its handler whenever a crawler brings settings.
    """
    make = logging.getLogRecordFactory()
    if getattr(make, "hides_secrets", False):
        return
    clean = SecretsFilter()

    def make_clean(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        clean.filter(record)
        return record

    make_clean.hides_secrets = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(make_clean)
