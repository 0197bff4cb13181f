"""Words as the page shows them: loose text, preformatted text, raised digits, rows, what nobody sees."""

from __future__ import annotations

import pytest

import newsscraper

SENTENCES = [
    "The harbour master counted nine boats that had come loose at night.",
    "Nobody in the café on the quay could say how they had got there.",
    "A diver went down at noon and came up with a lantern from 1881.",
    "The mayor thanked the crews and promised a new chain by spring.",
    "In the evening the last of the boats was tied up again at the pier.",
    "What it will cost, and who pays for it, is for the council to say.",
]
LOOSE = "A sentence without a paragraph of its own, as it stands on pages of old."


def text_of(body: str, language: str = "en") -> str:
    html = f"<html lang={language}><head><title>Nine boats adrift</title></head><body>{body}</body></html>"
    return newsscraper.extract(html, url="https://www.example.com/2026/11/nine-boats-adrift").text or ""


def lines_of(body: str) -> list[str]:
    return text_of(body).split("\n")


def story(inside: str) -> str:
    first, *rest = (f"<p>{sentence}</p>" for sentence in SENTENCES)
    return f"<article><h1>Nine boats adrift</h1>{first}{inside}{''.join(rest)}</article>"


@pytest.mark.parametrize(
    "page",
    [
        story(f"<h2>By night</h2>{LOOSE}"),
        story(f"<blockquote><p>It was dark.</p></blockquote>{LOOSE}"),
        story(f"<ul><li>The Marie</li><li>The Ys</li></ul>{LOOSE}"),
        f"<div><h1>Nine boats adrift</h1>{LOOSE}" + "".join(f"<p>{s}</p>" for s in SENTENCES) + "</div>",
        f"<td><h1>Nine boats adrift</h1>{SENTENCES[0]}<br><br>{LOOSE}<br><br>{' '.join(SENTENCES[1:])}</td>",
        f"<main><h1><span>Nine boats adrift</span></h1>{LOOSE}<div class=body>"
        + "".join(f"<p>{s}</p>" for s in SENTENCES)
        + "</div></main>",
    ],
)
def test_loose_text_beside_the_headline_is_text(page: str) -> None:
    lines = lines_of(page)
    assert LOOSE in lines
    assert SENTENCES[-1] in lines[-1]


def test_loose_text_before_the_headline_is_not_the_articles() -> None:
    page = f"<body>Today in our town: markets and music.<h1>Nine boats adrift</h1>{''.join(SENTENCES)}</body>"
    assert not text_of(page).startswith("Today")


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("<pre>tides install --dev</pre>", "tides install --dev"),
        ("<pre><code>import  tides</code></pre>", "import  tides"),
        ("<div class=highlight><pre><span>$ </span>tides  --now</pre></div>", "$ tides  --now"),
        ("<pre>if rain:\n\tstay()</pre>", "if rain:\n    stay()"),
    ],
)
def test_preformatted_text_keeps_its_blanks(inside: str, shown: str) -> None:
    text = text_of(story(inside))
    assert shown in text
    assert text.replace("\n", " ").isprintable()


def test_a_story_in_one_pre_has_paragraphs() -> None:
    wrapped = "\n\n".join(f"{sentence[:40]}{sentence[40:].replace(' ', chr(10), 1)}" for sentence in SENTENCES * 2)
    assert text_of(f"<h1>Nine boats adrift</h1><pre>{wrapped}</pre>").count("\n\n") >= len(SENTENCES) - 1


def test_code_in_a_pre_stays_as_it_is() -> None:
    code = "\n".join(f"boat_{n} = find(harbour[{n}])  # by night" for n in range(20))
    assert code in text_of(story(f"<pre>{code}</pre>"))


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("Sturm&shy;flut&shy;en im Hafen", "Sturmfluten im Hafen"),
        ("harbour&#8203;master of Brest", "harbourmaster of Brest"),
        ("word&#8288;joiner in a line", "wordjoiner in a line"),
        ("&#65279;first on the line", "first on the line"),
        ("one&#1;two on a line", "onetwo on a line"),
        ("می&#8204;خواهم on a line", "می\u200cخواهم on a line"),
    ],
)
def test_what_nobody_sees_is_gone_and_joiners_stay(markup: str, shown: str) -> None:
    assert shown in lines_of(story(f"<p>{markup}</p>"))


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("3 × 10<sup>6</sup> blocks", "3 × 10^6 blocks"),
        ("10<sup>−9</sup> metres", "10^−9 metres"),
        ("so 100<sup><small>2</small></sup>=10000", "so 100^2=10000"),
        ("1011<sub>2</sub> is eleven", "1011_2 is eleven"),
        ("the 1<sup>st</sup> of May", "the 1st of May"),
        ("le 21<sup>e</sup> siècle", "le 21e siècle"),
        ("H<sub>2</sub>O and 40 m<sup>2</sup>", "H2O and 40 m2"),
        ("in 1881<sup><a href='#n3'>3</a></sup> already", "in 1881 3 already"),
    ],
)
def test_raised_digits_make_no_other_number(markup: str, shown: str) -> None:
    assert shown in lines_of(story(f"<p>{markup}</p>"))
    table = f"<table><tr><td>Load</td><td>{markup}</td></tr><tr><td>Depth</td><td>4</td></tr></table>"
    assert f"Load | {shown}" in lines_of(story(table))


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<li><span class=day>Monday</span><span class=time>10:00 AM</span></li>", "Monday 10:00 AM"),
        ("<p><b>Tickets</b><i>12 euros</i></p>", "Tickets 12 euros"),
        ("<p><a href=/a>Brest</a><a href=/b>Roscoff</a> and others wait.</p>", "BrestRoscoff and others wait."),
        ("<p><span>Port</span><span>Master</span></p>", "Port Master"),
        ("<p><b>H</b>uawei shows a phone.</p>", "Huawei shows a phone."),
        ("<p><span class=drop>T</span><span>he rain fell.</span></p>", "The rain fell."),
        ("<p>A<b>n</b><i>d</i> so on it went.</p>", "And so on it went."),
        ("<p><span>MP</span><span>3 players are back.</span></p>", "MP3 players are back."),
    ],
)
def test_neighbouring_elements_with_words_of_their_own_are_parted(markup: str, shown: str) -> None:
    assert shown in lines_of(story(markup))


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (("Monday", "<ul><li>10:00 - 12:00</li></ul>"), "Monday | 10:00 - 12:00"),
        (("Monday", "10:00<br>14:00"), "Monday | 10:00 14:00"),
        (("<h4>Marie</h4>", "<p>Found at nine.</p><p>Towed at ten.</p>"), "Marie | Found at nine. Towed at ten."),
        (("<div><p>Depth</p></div>", "<dl><dt>Low</dt><dd>3 m</dd></dl>"), "Depth | Low 3 m"),
    ],
)
def test_a_row_of_a_table_is_one_line(cells: tuple[str, str], line: str) -> None:
    row = "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    assert line in lines_of(story(f"<table>{row}<tr><td>Sunday</td><td>Closed</td></tr></table>"))


@pytest.mark.parametrize(
    "above",
    [
        "<figure><img src=/boats.jpg></figure><div class=legend>The quay of Brest after the storm | THE EXAMPLE</div>",
        "<div><img src=/boats.jpg></div><div>De kade van Brest na de storm</div>",
    ],
)
def test_words_in_an_element_of_no_meaning_below_a_picture_are_its_caption(above: str) -> None:
    assert (
        lines_of(f"<article><h1>Nine boats adrift</h1>{above}<p>{'</p><p>'.join(SENTENCES)}</p></article>")
        == [line for sentence in SENTENCES for line in (sentence, "")][:-1]
    )


def test_words_below_a_picture_are_text_where_all_text_is_in_such_elements() -> None:
    text = "".join(f"<div><img src=/{at}.jpg></div><div>{sentence}</div>" for at, sentence in enumerate(SENTENCES))
    lines = lines_of(f"<article><h1>Nine boats adrift</h1>{text}</article>")
    assert [line for line in lines if line] == SENTENCES


@pytest.mark.parametrize(
    "links",
    [
        "<div class=more><div class=title>Veja também:</div><ul><li><a href=/a> <div><span>%s</span></div></a></li>"
        "<li><a href=/b> <div><span>%s</span></div></a></li></ul></div>",
        "<section><h3>Lees ook</h3><a href=/a> <div>%s</div></a><a href=/b> <p>%s</p></a></section>",
        "<p><em>Earlier the same night: <a href=/a>%s</a></em></p><p><em>Ook dit: <a href=/b>%s</a></em></p>",
    ],
)
def test_links_of_other_stories_are_told_where_the_link_holds_blocks(links: str) -> None:
    told = ("The storm took two roofs in Landerneau", "Ferry to Ouessant stays in port until Monday")
    assert [line for line in lines_of(story(links % told)) if line] == SENTENCES


def test_a_line_that_announces_only_what_is_cut_is_cut() -> None:
    links = "<p>Mehr zum Thema: <a href=/a>Zwei Dächer in Landerneau fort</a></p>"
    lines = [line for line in lines_of(story(f"<p>Und das hat uns im Hafen noch bewegt:</p>{links}")) if line]
    assert lines == SENTENCES


def test_a_linked_heading_of_the_text_behind_links_stays() -> None:
    inside = (
        "<p>Read more: <a href=/a>The storm took two roofs in Landerneau</a></p>"
        "<h2><a href=https://other.example/boats>The boats of Ouessant, by Ann Morel</a></h2>"
        "<p>It tells of the nine boats, and of the people who sailed in them.</p>"
    )
    lines = lines_of(story(inside))
    assert "The boats of Ouessant, by Ann Morel" in lines
    assert not any("Landerneau" in line for line in lines)
