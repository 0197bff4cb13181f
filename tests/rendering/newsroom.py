"""A newsroom whose pages are empty shells: a script asks for each story and builds the page in the browser."""

from __future__ import annotations

import json
from datetime import timedelta

from tests.spiders import serving
from tests.spiders.serving import Answer

SHELL = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The Daily App</title>
<link rel="stylesheet" href="/app.css"><script src="/tracker/beacon.js" async></script></head>
<body><div id="root"></div><script src="/app.js" defer></script></body></html>"""
APP = """
const h = (tag, attributes, ...children) => {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...children);
  return element;
};
const link = story => h("h2", {}, h("a", {href: story.path}, story.title));
const get = path => fetch(path).then(answer => answer.json());

async function render() {
  const root = document.getElementById("root");
  if (location.pathname === "/") {
    const {stories} = await get("/api/stories?limit=" + 100);
    root.replaceChildren(h("nav", {}, h("a", {href: "/"}, "Home")), h("main", {}, ...stories.map(link)));
    return;
  }
  root.textContent = "Loading…";
  const forbidden = await fetch("/api/members").then(answer => answer.text(), () => "");
  const inside = await fetch("http://10.1.2.3/secret").then(answer => answer.text(), () => "");
  const story = await get("/api" + location.pathname);
  const more = new Promise(resolve => setTimeout(resolve, 150));
  document.title = story.title + " – The Daily App";
  const article = h("article", {}, h("h1", {}, story.title),
    h("time", {dateTime: story.published}, story.published.slice(0, 10)),
    h("p", {className: "agent"}, navigator.userAgent), h("img", {src: "/photo.jpg"}),
    ...story.paragraphs.slice(0, 2).map(text => h("p", {}, text)));
  root.replaceChildren(article);
  await more;
  article.append(...story.paragraphs.slice(2).map(text => h("p", {}, text)), forbidden, inside);
  new WebSocket(location.origin.replace("http", "ws") + "/live");
  history.replaceState({}, "", location.pathname + "?read=1");
}
render();
"""


class App:
    """Routes of the newsroom.

    Attributes:
        loaded: what was asked for besides pages, in order.
    """

    def __init__(self, base: str, *, count: int = 5) -> None:
        self.base = base
        self.stories = serving.stories(count, seed=6, step=timedelta(hours=20))
        for story in self.stories:
            story.path = f"/news/{story.slug}-{story.number}"
        self.truth = {base + story.path for story in self.stories}
        self.loaded: list[str] = []

    def __call__(self, target: str) -> Answer | None:
        path = target.partition("?")[0]
        self.loaded.append(path)
        if path == "/robots.txt":
            return Answer("User-agent: *\nDisallow: /api/members\n", "text/plain")
        if path == "/app.js":
            return Answer(APP, "text/javascript")
        if path == "/" or path in {story.path for story in self.stories}:
            return Answer(SHELL)
        if path == "/api/stories":
            return self._json({"stories": [{"path": story.path, "title": story.title} for story in self.stories]})
        for story in self.stories:
            if path == f"/api{story.path}":
                published = story.published.isoformat()
                told = {"title": story.title, "published": published, "paragraphs": story.paragraphs}
                return self._json(told)
        return None

    @staticmethod
    def _json(value: object) -> Answer:
        return Answer(json.dumps(value), "application/json")
