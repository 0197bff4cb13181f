"""Scrapy's downloader, held to the number of requests at once that its settings allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import scrapy.core.downloader

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from scrapy import Request
    from scrapy.core.downloader import Slot
    from scrapy.http import Response
    from twisted.internet.defer import Deferred


class Downloader(scrapy.core.downloader.Downloader):
    """Never sends a host more requests at once than ``CONCURRENT_REQUESTS_PER_DOMAIN``.

    Scrapy 2.19 counts a request as under way only when its task first runs, so that it sends all that wait for a host
    when one answer arrives (with no delay), or two (with a delay, where the machine is busy).
    """

    def _wait_for_download(
        self, slot: Slot, request: Request, queue_dfd: Deferred[Response]
    ) -> Coroutine[Any, Any, None]:
        slot.transferring.add(request)
        return super()._wait_for_download(slot, request, queue_dfd)
