"""Parts are judged by what they hold before their names: what publishers' pages look like."""

from __future__ import annotations

import pytest

import newsscraper

SENTENCES = [
    "The harbour board voted on Tuesday to rebuild the northern breakwater, ending a dispute of six years.",
    "Engineers first warned about the cracks in 2017, when a winter storm pushed water through the outer wall.",
    "The new design raises the crest by two metres and adds a walkway that will be open to the public.",
    "Fishing crews say the works will cost them at least one season, and they want the port to waive its fees.",
    "The mayor told reporters that the money would come from a regional fund set up after the floods of 2019.",
    "Residents of the old quarter fear that lorries will use their narrow streets to reach the quay.",
    "A traffic study published last week counted four hundred heavy vehicles a day on the ring road.",
    "The council has promised to repair every facade that the vibration of the works may damage.",
]
HEADLINE = "Port board rebuilds the breakwater"
PROSE = [f"<p>{sentence}</p>" for sentence in SENTENCES]
URL = "https://www.example.com/2026/11/20/port-board-rebuilds-the-breakwater"


def lines_of(body: str) -> list[str]:
    html = f"<html lang=en><head><title>{HEADLINE} | Example Post</title></head><body>{body}</body></html>"
    return (newsscraper.extract(html, url=URL).text or "").split("\n\n")


def story(inside: str = "", after: str = "") -> str:
    return (
        f"<header class=top><a href=/>Example Post</a><nav><a href=/world>World</a></nav></header><main>"
        f"<h1>{HEADLINE}</h1><div class=x7k>{''.join(PROSE[:3])}{inside}{''.join(PROSE[3:])}{after}</div></main>"
        f"<footer><p>© 2026 Example Post. All rights reserved.</p></footer>"
    )


@pytest.mark.parametrize(
    "paragraph",
    [
        "<p class=paywall>%s</p>",
        "<p class='article-paragraph locked' aria-hidden=true>%s</p>",
        "<p class=story-teaser__text>%s</p>",
        "<p class='widget sidebar-text'>%s</p>",
        "<div class=paywall-body><p>%s</p></div>",
        "<blockquote class='modal-quote'>%s</blockquote>",
    ],
)
def test_a_paragraph_is_no_box_whatever_it_is_called(paragraph: str) -> None:
    told = "So said the man who has watched the wall from his window for forty years, and who will watch it go."
    assert lines_of(story(paragraph % told)) == [*SENTENCES[:3], told, *SENTENCES[3:]]


@pytest.mark.parametrize("label", ["paywall", "locked-heading paywall__title"])
def test_a_heading_is_no_pop_up(label: str) -> None:
    assert "What the divers found" in lines_of(story(f"<h2 class='{label}'>What the divers found</h2>"))


@pytest.mark.parametrize(
    "box",
    [
        "<div class=article-content__sign-in-group><p>Sign in to save this story and read it later on.</p></div>",
        "<div class='story-body__newsletter'><p>The week in the harbour, every Friday, for those who care.</p></div>",
        "<div class='code-block code-block-83'><p>Our shop has the map of the coast, printed on cloth.</p></div>",
        "<div class=q9><a href=/2026/storm><img src=a.jpg><h3>The storm of 2017 and what it left behind</h3></a>"
        "<p>Nine boats sank that night, and one was never found.</p></div>",
        "<div class=q9><h4><a href=/2026/storm>The storm of 2017 and what it left behind</a></h4></div>"
        "<div class=q9><h4><a href=/2026/fees>Who pays the fees of the port, and who does not</a></h4></div>",
        "<aside class=zz><h3><a href=/2026/a>Crews want fees to be waived</a></h3><p>They lose.</p></aside>",
    ],
)
def test_boxes_of_other_things_in_the_text_are_cut(box: str) -> None:
    assert lines_of(story(box)) == SENTENCES


@pytest.mark.parametrize(
    "card",
    [
        "<div class=k{n}><h3><a href=/2026/{n}>Another story of the harbour, number {n}</a></h3><p>In short.</p></div>",
        "<a href=/2026/{n}><h3>Another story of the harbour, number {n}</h3><p>In short, what it is about.</p></a>",
        "<article><div>Sport</div><h3><a href=/2026/{n}>Another story of the harbour, number {n}</a></h3>"
        "<p>In short. <a href=/2026/{n}>Read more</a></p></article>",
        "<ul><li><span>Sport</span><h4><a href=/2026/{n}>Another story of the harbour, number {n}</a></h4>"
        "<p>What it is about.</p></li><li><h4><a href=/2026/{n}>Story {n}, of the harbour</a></h4></li></ul>",
    ],
)
def test_teasers_side_by_side_are_cut_without_label_and_picture(card: str) -> None:
    assert lines_of(story("<div>" + "".join(card.format(n=n) for n in range(3)) + "</div>")) == SENTENCES


def test_a_list_of_links_and_a_name_behind_the_text_are_cut() -> None:
    tags = "<ul><li><a href=/tag/a>Harbour</a></li><li><a href=/tag/b>Council</a></li></ul><div>Ada Lund</div>"
    assert lines_of(story(after=tags)) == SENTENCES


def test_one_box_with_a_linked_headline_and_a_sentence_is_a_part_of_the_text() -> None:
    box = "<div><h3><a href=/2026/plan>What the plan of the harbour says</a></h3><p>It says little.</p></div>"
    assert "It says little." in lines_of(story(box))


def test_teasers_behind_the_text_are_told_without_a_label() -> None:
    teasers = "".join(
        f"<div class=k{n}><h3><a href=/2026/story-{n}>Another story of the harbour, number {n}</a></h3>"
        f"<p>What it is about, in one short line of {n} words.</p></div>"
        for n in range(4)
    )
    assert lines_of(story(after=teasers)) == SENTENCES


def test_a_text_of_linked_things_keeps_them() -> None:
    things = "".join(
        f"<div class=item><h3><a href=/pier-{n}><img src={n}.jpg>The pier of village number {n}</a></h3>"
        f"<p>{SENTENCES[n % 8]} It is the {n}th on our list.</p></div>"
        for n in range(8)
    )
    lines = lines_of(f"<main><h1>{HEADLINE}</h1><div class=text><p>{SENTENCES[0]}</p>{things}</div></main>")
    assert "The pier of village number 3" in lines
    assert sum("on our list" in line for line in lines) == 8


@pytest.mark.parametrize("label", ["infobox sidebar", "key-takeaways widget", "card product-card", "ad-free promo"])
def test_a_box_of_the_articles_own_prose_stays(label: str) -> None:
    inside = f"<p>{SENTENCES[0]} It took all night.</p><p>{SENTENCES[1]} So they said.</p><p>{SENTENCES[4]} Or so.</p>"
    lines = lines_of(story(f"<div class='{label}'>{inside}</div>"))
    assert f"{SENTENCES[1]} So they said." in lines


def test_a_body_of_short_items_wins_over_a_standfirst() -> None:
    items = "".join(f"<li>Boat {n}: {n} points, {n + 2} wins</li>" for n in range(30))
    page = (
        f"<main><div class=hero><h1>{HEADLINE}</h1></div><div class=intro><p>{SENTENCES[0]}</p></div>"
        f"<div class=wrap><div class=article-body><ul>{items}</ul></div></div></main>"
    )
    assert "Boat 17: 17 points, 19 wins" in lines_of(page)


def test_the_text_is_more_than_the_list_in_it() -> None:
    items = "".join(f"<li>{sentence}</li>" for sentence in SENTENCES)
    lines = lines_of(
        f"<main><h1>{HEADLINE}</h1><div><p>Eight things to know.</p><ol>{items}</ol><p>That is all.</p></div></main>"
    )
    assert lines == ["Eight things to know.", *SENTENCES, "That is all."]


def test_parts_of_a_body_are_joined_and_another_story_is_not() -> None:
    one = (
        f"<article><h1>{HEADLINE}</h1><div class='a text-block'>{''.join(PROSE[:3])}</div><figure><img src=a></figure>"
    )
    two = f"<div class='text-block a'>{''.join(PROSE[3:])}</div></article>"
    other = "".join(f"<p>{sentence} Elsewhere.</p>" for sentence in SENTENCES[:4])
    lines = lines_of(f"<main>{one}{two}<article><h2>Next</h2><div class='a text-block'>{other}</div></article></main>")
    assert lines == SENTENCES


def test_what_is_hidden_behind_a_named_body_stays_hidden() -> None:
    hidden = "".join(f"<p>{sentence} In the other story.</p>" for sentence in SENTENCES)
    page = (
        f"<main><h1>{HEADLINE}</h1><div class=article-body>{''.join(PROSE)}<p>The end of it all came soon.</p></div>"
        f"<div class=next style='display:none'>{hidden[: len(''.join(PROSE))]}</p></div></main>"
    )
    assert not any("other story" in line for line in lines_of(page))


@pytest.mark.parametrize(
    "dialog",
    [
        "<button>Republish</button><div role=dialog style='display:none'><h2>Republish</h2>%s</div>",
        "<p>Nachdruck</p><div role=alertdialog hidden>%s</div>",
        "<p>転載</p><section role=dialog aria-modal=true>%s</section>",
        "<button>Republier</button><dialog id=licence>%s</dialog>",
    ],
)
def test_a_dialog_that_is_closed_is_no_text_however_long(dialog: str) -> None:
    terms = "".join(f"<p>{sentence} Under these terms.</p>" for sentence in SENTENCES)
    lines = lines_of(f"<main><h1>{HEADLINE}</h1>{''.join(PROSE)}{dialog % terms}</main>")
    assert lines == SENTENCES


@pytest.mark.parametrize(
    "folded",
    [
        "<h3><button aria-expanded=false>When does it begin?</button></h3><div hidden>%s</div>",
        "<div id=h1>When does it begin?</div><div role=region aria-labelledby=h1 style='display: none'>%s</div>",
        "<div class='hidden md:block'>%s</div>",
    ],
)
def test_what_a_reader_opens_is_text(folded: str) -> None:
    assert f"{SENTENCES[1]} In May." in lines_of(story(folded % f"<p>{SENTENCES[1]} In May.</p>"))


@pytest.mark.parametrize(
    ("ending", "kept"),
    [
        ("<p>(<a href='/login?to=comment'>Log in</a> to post comments)</p>", []),
        ("<p>(<a href='/benutzer/anmelden'>Anmelden</a>, um zu antworten)</p>", []),
        ("<table class=q><tr><td>Index entries for this article</td></tr></table>", []),
        (
            f"<h2>More ports to consider</h2><p>{SENTENCES[5]} In Ys too.</p><p>{SENTENCES[6]} In Ys too.</p>",
            ["More ports to consider", f"{SENTENCES[5]} In Ys too.", f"{SENTENCES[6]} In Ys too."],
        ),
        (
            "<h3>Bring a coat</h3><h3>Take the ferry</h3><h3>Be early</h3>",
            ["Bring a coat", "Take the ferry", "Be early"],
        ),
    ],
)
def test_the_end_is_told_by_what_follows(ending: str, kept: list[str]) -> None:
    assert lines_of(story(after="".join(f"<p>{s} Again.</p>" for s in SENTENCES) + ending))[16:] == kept


def test_a_paragraph_of_linked_places_is_text() -> None:
    places = ", ".join(
        f"<a href=/places/{name.lower()}>{name}</a>" for name in ("Brest", "Roscoff", "Morlaix", "Ushant")
    )
    assert "Brest, Roscoff, Morlaix, Ushant" in lines_of(story(f"<p>{places}</p>"))


def test_paragraphs_that_are_links_are_a_text_where_most_are() -> None:
    links = "".join(f"<p><a href=/2026/a{n}>{sentence}</a></p>" for n, sentence in enumerate(SENTENCES))
    lines = lines_of(
        f"<main><h1>{HEADLINE}</h1><div><p>{SENTENCES[0]} This week.</p>{links}<p>All of it is true.</p></div></main>"
    )
    assert SENTENCES[3] in lines


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        (f"<p class=paywall>{SENTENCES[0]}</p>", ""),
        ("<div class=paywall><p>Already a subscriber? Log in to continue reading.</p></div>", "paywall-stub"),
    ],
)
def test_a_paywall_is_said(inside: str, kind: str) -> None:
    html = (
        f"<html lang=en><title>{HEADLINE}</title><main><h1>{HEADLINE}</h1>{''.join(PROSE[1:4])}{inside}</main></html>"
    )
    warnings = newsscraper.extract(html, url=URL).extraction.warnings
    assert [warning.partition(":")[0] for warning in warnings] == ([kind] if kind else [])
