"""The AMP twin of an article: what it alone lists of other articles is in the record, where the twin is read."""

from __future__ import annotations

from pathlib import Path

from tests.spiders import serving
from tests.spiders.crawling import crawl
from tests.spiders.test_incremental import Desk


class TwinDesk(Desk):
    """A newsroom whose AMP pages say the same as the plain ones, and list the newest articles below."""

    def __call__(self, target: str) -> serving.Answer | None:
        plain = target.removesuffix("/amp")
        story = next((story for story in self.stories if story.path == plain), None)
        if story is None:
            return super().__call__(target)
        page = serving.article_page(story, self.base)
        if target == plain:
            twin = f'<link rel="amphtml" href="{self.base}{plain}/amp"></head>'
            return serving.Answer(page.replace("</head>", twin, 1))
        others = "".join(
            f'<li><a href="{self.base}{other.path}">{other.title}</a> <span class="date">{age} days ago</span></li>'
            for age, other in enumerate(self.stories, 2)
            if other is not story
        )
        recent = f'<div class="amp-wp-recent-posts"><h3>Recent Posts</h3><ul>{others}</ul></div></body>'
        return serving.Answer(page.replace("<html", "<html amp", 1).replace("</body>", recent, 1))


def test_the_recent_posts_of_a_twin_that_was_read_are_in_the_record(tmp_path: Path) -> None:
    with serving.serve(lambda base: TwinDesk(base, count=5)) as site:
        done = crawl(tmp_path, site.url)
        read = {path.removesuffix("/amp") for path in site.fetched("/20") if path.endswith("/amp")}
    assert len(done.records) == 5
    assert read, "the first pairs show whether twins are worth a request"
    for record in done.records:
        ages = [post["raw"] for post in record["recent_posts"]]
        assert len(ages) == (4 if record["url"].removeprefix(site.url.rstrip("/")) in read else 0), record
