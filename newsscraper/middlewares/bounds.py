"""Scrapy's redirects and decompression, with the reason counted where they give up."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.redirect import BaseRedirectMiddleware, MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from newsscraper.middlewares.reasons import Refused, count_failure, reason_for_exception

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_UNREADABLE = (OSError, EOFError, ValueError, zlib.error)
"""What the decompressors raise at broken bodies; brotli's and zstd's own errors are told by their module."""


def _refuse(crawler: Crawler, request: Request, slug: str) -> Refused:
    # What is raised from process_response does not come by the other middlewares: it is counted here.
    refused = Refused(slug, request.url)
    count_failure(crawler, request, refused.reason)
    return refused


class _Counted(BaseRedirectMiddleware):
    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        # A second visit may see another answer only where a cookie was set at the first.
        been_at = {request.url, *request.meta.get("redirect_urls", ())}
        if redirected.url in been_at and not self.crawler.settings.getbool("COOKIES_ENABLED"):
            raise _refuse(self.crawler, request, "redirect-loop")
        try:
            return super()._redirect(redirected, request, reason)
        except IgnoreRequest as error:
            raise _refuse(self.crawler, request, "too-many-redirects") from error


class BoundedRedirectMiddleware(_Counted, RedirectMiddleware):
    """Follow redirects, ``REDIRECT_MAX_TIMES`` at most."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Follow the redirect, or say why not.

        Raises:
            Refused: ``redirect-loop``, ``too-many-redirects`` or ``bad-redirect``.
        """
        try:
            return super().process_response(request, response)
        except ValueError as error:  # an address that cannot be read
            raise _refuse(self.crawler, request, "bad-redirect") from error


class BoundedMetaRefreshMiddleware(_Counted, MetaRefreshMiddleware):
    """Follow ``<meta http-equiv=refresh>``, bounded like redirects; one that leads nowhere is no redirect."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Follow the refresh.

        Raises:
            Refused: ``redirect-loop`` or ``too-many-redirects``.
        """
        try:
            return super().process_response(request, response)
        except ValueError:
            return response


class BoundedCompressionMiddleware(HttpCompressionMiddleware):
    """Decompress bodies up to ``DOWNLOAD_MAXSIZE``."""

    def __init__(self, *, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        self._crawler = crawler

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Decompress, or say why not.

        Raises:
            Refused: ``decompression-bomb`` or ``bad-compression``.
        """
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            raise _refuse(self._crawler, request, reason_for_exception(error).slug) from error
        except Exception as error:
            if isinstance(error, _UNREADABLE) or type(error).__module__.partition(".")[0] in {"brotli", "zstandard"}:
                raise _refuse(self._crawler, request, "bad-compression") from error
            raise
