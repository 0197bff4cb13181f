"""Twisted's reactor around a fleet: started on asyncio, with one cache of names, stopped at the end."""

from __future__ import annotations

import asyncio
import contextlib
import resource
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from scrapy.utils.reactor import install_reactor

if TYPE_CHECKING:
    from scrapy.settings import Settings


def run_in_reactor(settings: Settings, work: Callable[[], asyncio.Future[None] | object]) -> None:
    """Start Twisted's reactor on asyncio, run a coroutine in it to its end, and stop it.

    Raises:
        BaseException: what the coroutine raises.
    """
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor", settings["ASYNCIO_EVENT_LOOP"])
    from twisted.internet import reactor as installed

    from newsscraper.fleet.names import CachingNames

    reactor: Any = installed
    raise_file_limit()
    reactor.installNameResolver(CachingNames(reactor.nameResolver))
    reactor.suggestThreadPoolSize(settings.getint("REACTOR_THREADPOOL_MAXSIZE"))
    failed: list[BaseException] = []

    async def to_the_end() -> None:
        try:
            await work()  # type: ignore[misc]
        except BaseException as error:
            failed.append(error)
        finally:
            reactor.callLater(0, reactor.stop)

    tasks: list[asyncio.Task[None]] = []
    reactor.callWhenRunning(lambda: tasks.append(asyncio.ensure_future(to_the_end())))
    reactor.run(installSignalHandlers=False)
    if failed:
        raise failed[0]


def raise_file_limit() -> None:
    """Let this process open as many files as it may be let: each site that runs has some ten open."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
