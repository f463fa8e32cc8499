"""HTML: the article with its roles, the page around it, encodings, metadata, and pages that are built to harm."""

from __future__ import annotations

import json
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docterm.errors import ReadError
from docterm.library.model import Block, Role
from docterm.library.readers import Extract, html
from docterm.library.readers.html import read

PROSE = (
    "The otters came back to the river in spring, the warden says, and they brought their young with them. "
    "Nobody had seen one here for thirty years, so the village counted them, drew them, and gave them names."
)
MORE = (
    "A weir was built below the mill in the autumn, with a ladder for fish, and with stones from the old bridge. "
    "The otters took to it at once, and sleep on it, to the delight of the children of the school."
)
LAST = (
    "In winter the river froze, for the first time in years, and the warden feared for the holt under the bank. "
    "He went out with a lamp, found the tracks in the snow, and counted eleven animals, young and old."
)


def page(body: str, head: str = "<title>Otters return | The Ford Courier</title>") -> str:
    return f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


def article(middle: str = "") -> str:
    return f"<article><h1>Otters return</h1><p>{PROSE}</p>{middle}<p>{MORE}</p><p>{LAST}</p></article>"


def extract(text: str) -> Extract:
    return read(text.encode())


def pairs(text: str) -> list[tuple[Role, str]]:
    return [(block.role, block.text) for block in extract(text).blocks]


def middle(markup: str) -> list[tuple[Role, str]]:
    """Give what came of a piece of markup between the first and the second paragraph."""
    found = pairs(page(article(markup)))
    start, end = found.index((Role.BODY, PROSE)), found.index((Role.BODY, MORE))
    return found[start + 1 : end]


# --- the article and the page --------------------------------------------------------------------

NEWS = page(
    f"""<header><a href=/>The Ford Courier</a>
    <nav><ul><li><a href=/a>News</a><li><a href=/b>Sport</a></ul></nav></header>
    <div class="cookie-banner" role=dialog>We use cookies.</div>
    <main><article class=story>
      <header><h1>Otters return</h1><p class=standfirst>After thirty years there are eleven of them on the Ford.</p>
      <p class=byline>By <a rel=author href=/jd>Jo Dyk</a></p>
      <time datetime=2031-04-02T08:00>2 April 2031</time></header>
      <figure><img src=o.jpg><figcaption>An otter on the weir. Photo: Bo Lind</figcaption></figure>
      <p>{PROSE}</p><h2>The weir</h2><p>{MORE}</p><h3>Winter</h3><p>{LAST}</p>
      <div class=related-links><a href=/x>Beavers, too</a> <a href=/y>Where the heron went</a></div>
      <section class=footnotes><ol><li id=fn1>The count of 2001 found none at all in the valley.</li></ol></section>
    </article></main>
    <aside><h2>Today</h2><a href=/1>One</a></aside>
    <footer>© 2031 The Ford Courier</footer>"""
)


def test_every_part_of_a_page_has_its_role() -> None:
    found = extract(NEWS)
    assert found.blocks == (
        Block(Role.FURNITURE, "The Ford Courier · News · Sport · We use cookies."),
        Block(Role.TITLE, "Otters return"),
        Block(Role.DECK, "After thirty years there are eleven of them on the Ford."),
        Block(Role.BYLINE, "By Jo Dyk"),
        Block(Role.DATE, "2 April 2031"),
        Block(Role.CAPTION, "An otter on the weir. Photo: Bo Lind"),
        Block(Role.BODY, PROSE),
        Block(Role.SUBHEAD, "The weir"),
        Block(Role.BODY, MORE, None, ("The weir",)),
        Block(Role.SUBHEAD, "Winter", None, ("The weir",)),
        Block(Role.BODY, LAST, None, ("The weir", "Winter")),
        Block(Role.RELATED, "Beavers, too Where the heron went"),
        Block(Role.FOOTNOTE, "The count of 2001 found none at all in the valley.", None, ("The weir", "Winter")),
        Block(Role.FURNITURE, "Today · One · © 2031 The Ford Courier"),
    )
    assert found.notes == ()


def test_the_article_is_found_without_any_helpful_markup() -> None:
    menu = "".join(f"<div><a href=/{n}>Section {n}</a></div>" for n in range(20))
    text = page(
        f"<div><div>{menu}</div><div><div><p>{PROSE}<p>{MORE}<p>{LAST}</div></div><div>Imprint</div></div>",
        "<title>Otters</title>",
    )
    assert [words for role, words in pairs(text) if role is Role.BODY] == [PROSE, MORE, LAST]


def test_comments_are_not_the_article() -> None:
    comments = "".join(f"<div class=comment><p>{name} says: {MORE}</p></div>" for name in ("Ann", "Bo", "Cy", "Di"))
    found = pairs(page(f"{article()}<div id=comments>{comments}</div>"))
    assert [words for role, words in found if role is Role.BODY] == [PROSE, MORE, LAST]
    assert sum(role is Role.FURNITURE for role, words in found) == 4


def test_a_page_without_an_article_is_read_whole_and_says_so() -> None:
    teasers = "".join(
        f"<div class='card{n}'><div class='inner{n}'><div class='sub{n}'><div class='text{n}'><div class='deep{n}'>"
        f"<p>{n}: {PROSE}</p></div></div></div></div></div>"
        for n in range(12)
    )
    found = extract(page(f"<nav><a href=/>Home</a></nav><div>{teasers}</div>"))
    body = [block.text for block in found.blocks if block.role is Role.BODY]
    assert len(body) == 12
    assert found.notes in ((), ("No article stands out on the page, so all of it was read.",))
    assert Block(Role.FURNITURE, "Home") in found.blocks


def test_furniture_has_a_limit_and_says_so() -> None:
    menu = "".join(
        f"<p>Line {n} of a menu that is so long that it stands on a line by itself, all told, for ever."
        for n in range(300)
    )
    found = extract(page(f"<nav>{menu}</nav>{article()}"))
    assert sum(block.role is Role.FURNITURE for block in found.blocks) == 200
    assert found.notes == ("100 lines of menus and the like around the article were left out.",)


def test_a_title_that_stands_nowhere_is_taken_from_the_head() -> None:
    text = page(
        f"<article><p>{PROSE}</p><p>{MORE}</p><p>{LAST}</p></article>", "<meta property=og:title content='Otters'>"
    )
    assert pairs(text)[0] == (Role.TITLE, "Otters")


# --- lines ---------------------------------------------------------------------------------------


def test_marks_entities_and_white_space() -> None:
    text = (
        "<p>A <b>strong <i>inner</i></b>&nbsp;&amp; <a href=x>link</a>,\n  hy&shy;phen, &lt;tag&gt;, <q>x[i]</q>, "
        "H<sub>2</sub>O, [sic].</p>"
    )
    assert middle(text) == [(Role.BODY, "A strong inner & link, hyphen, <tag>, x[i], H2O, [sic].")]


def test_items_quotations_and_definitions_are_body() -> None:
    text = (
        "<ul><li>one otter, and another</li><li>two herons, both grey"
        "<ul><li>three, later in the year</li></ul></li></ul>"
        "<blockquote>Said <p>the warden of the river, twice.</p></blockquote><dl><dt>Holt<dd>Where otters sleep.</dl>"
    )
    assert middle(text) == [
        (Role.BODY, words)
        for words in (
            "one otter, and another", "two herons, both grey", "three, later in the year", "Said",
            "the warden of the river, twice.", "Holt", "Where otters sleep.",
        )
    ]  # fmt: skip


def test_typed_lines_are_blocks_of_their_own() -> None:
    assert middle("<pre><code>def count():\n    return 11\n\n</code></pre>") == [
        (Role.BODY, "def count():"),
        (Role.BODY, "return 11"),
    ]


def test_the_rows_of_a_table_are_lines_but_a_layout_is_not() -> None:
    data = "<table><tr><th>Year<th>Otters<tr><td>2001<td>0<tr><td><p>2031</p><td>11</table>"
    assert [words for role, words in middle(data)] == ["Year | Otters", "2001 | 0", "2031 | 11"]
    layout = f"<table><tr><td><a href=/>Home</a></td><td><p>{PROSE}</p><p>{MORE}</p><p>{LAST}</p></td></tr></table>"
    assert [words for role, words in pairs(page(layout)) if role is Role.BODY] == [PROSE, MORE, LAST]


def test_breaks_part_paragraphs_and_single_ones_only_long_lines() -> None:
    double = page(f"<div>{PROSE}<br><br/>{MORE}<br> <br>{LAST}</div>")
    single = page(f"<div>{PROSE}<br>{MORE}<br>{LAST}</div>")
    for text in (double, single):
        assert [words for role, words in pairs(text) if role is Role.BODY] == [PROSE, MORE, LAST]
    assert middle("<p>A verse of otters,<br>another of weirs,<br>a third.</p>") == [
        (Role.BODY, "A verse of otters, another of weirs, a third.")
    ]


def test_scripts_without_spaces() -> None:
    first = "春になると、川獺が川に戻ってきた。村の人々は三十年ぶりにその姿を見て、数え、絵に描き、名前をつけたという。"
    second = "秋には水車の下に堰が築かれ、魚の道も作られた。川獺はすぐにそこで眠るようになり、子供たちは大いに喜んだ。"
    thai = "นากกลับมาที่แม่น้ำในฤดูใบไม้ผลิ ชาวบ้านไม่ได้เห็นพวกมันมาสามสิบปีแล้ว จึงนับ วาดรูป และตั้งชื่อให้พวกมัน"
    menu = "<ul><li><a href=/>首頁</a><li><a href=/>新聞</a></ul>"
    for paragraphs in ((first, second), (thai, thai)):
        text = page(f"{menu}<div>　　{paragraphs[0]}<br>　　{paragraphs[1]}</div>")
        assert [words for role, words in pairs(text) if role is Role.BODY] == list(paragraphs)


def test_hidden_text_and_programs_are_left_out() -> None:
    text = (
        "<p hidden>secret</p><p style='color:red; DISPLAY : none'>secret</p>"
        "<script>secret</script><style>secret</style>"
        "<template><p>secret</p></template><noscript>secret</noscript><textarea>secret</textarea><!-- secret -->"
        "<h2>Seen<a class=headerlink href=#x>¶</a></h2>"
    )
    assert middle(text) == [(Role.SUBHEAD, "Seen")]


def test_a_page_that_is_hidden_until_a_script_runs_is_read() -> None:
    found = extract(page(f"<div style='display:none'>{article()}</div>"))
    assert [block.text for block in found.blocks if block.role is Role.BODY] == [PROSE, MORE, LAST]
    assert found.notes == ("Nothing on the page can be seen as it is saved, so its hidden text was read.",)


def test_bold_lines_above_prose_are_subheads() -> None:
    assert middle(f"<p><strong>The ladder</strong></p><p>{LAST} Twice.</p>")[0] == (Role.SUBHEAD, "The ladder")
    assert middle("<p><strong>Beware.</strong></p>") == [(Role.BODY, "Beware.")]


def test_links_and_asides() -> None:
    text = (
        "<p>https://example.org/otters</p><p>Related: <a href=/b>Beavers</a></p>"
        "<p>See <a href=/c>the count</a> of otters.</p>"
    )
    assert middle(text) == [
        (Role.LINKS, "https://example.org/otters"),
        (Role.RELATED, "Related: Beavers"),
        (Role.BODY, "See the count of otters."),
    ]


def test_small_print_at_the_end() -> None:
    text = page(article().replace("</article>", "<p>This article was first published by Weir Weekly.</p></article>"))
    assert pairs(text)[-1] == (Role.BOILERPLATE, "This article was first published by Weir Weekly.")


# --- what the page says of itself ----------------------------------------------------------------


def meta(head: str, body: str = "") -> dict[str, str]:
    return extract(page(body or article(), head)).meta


def linked(data: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


def test_json_ld_goes_first() -> None:
    news = {
        "@type": "NewsArticle", "headline": "Otters &amp; weirs", "datePublished": "2031-04-02T08:00:00Z",
        "author": [{"@type": "Person", "name": "Jo Dyk"}, {"name": "By Bo Lind"}],
        "publisher": {"@type": "Organization", "name": "Ford Media"},
    }  # fmt: skip
    head = (
        linked({"@graph": [{"@type": "WebPage", "name": "x"}, news]})
        + "<meta property=og:title content=Other><meta property=og:site_name content='The Ford Courier'>"
        + "<meta name=author content=Nobody><link rel=canonical href=https://ford.example/otters>"
    )
    assert meta(head) == {
        "title": "Otters & weirs", "date": "2031-04-02", "author": "Jo Dyk; Bo Lind", "publisher": "Ford Media",
        "source": "The Ford Courier", "url": "https://ford.example/otters", "lang": "en", "type": "article-newspaper",
    }  # fmt: skip


def test_scholarly_marks() -> None:
    head = "".join(
        f"<meta name={name} content='{value}'>"
        for name, value in (
            ("citation_title", "On otters"), ("citation_author", "Dyk, Jo"), ("citation_author", "Lind, Bo"),
            ("citation_publication_date", "2031/04"), ("citation_journal_title", "Acta Lutrae"),
        )
    )  # fmt: skip
    found = meta(head)
    assert (found["title"], found["author"], found["date"]) == ("On otters", "Dyk, Jo; Lind, Bo", "2031-04")
    assert (found["source"], found["type"]) == ("Acta Lutrae", "article-journal")


def test_what_the_page_shows_stands_in() -> None:
    found = extract(NEWS).meta
    assert (found["title"], found["author"], found["date"]) == ("Otters return", "Jo Dyk", "2031-04-02")
    assert found["type"] == "webpage"


@pytest.mark.parametrize(
    ("text", "date"),
    [("2031-04-02T08:00:00+02:00", "2031-04-02"), ("20310402", "2031-04-02"), ("April 2, 2031", "2031-04-02"),
     ("2 Apr 2031", "2031-04-02"), ("2031年4月2日", "2031-04-02"), ("2031", "2031"),
     ("2031-13-40", None), ("soon", None)],
)  # fmt: skip
def test_dates(text: str, date: str | None) -> None:
    assert meta(f"<meta property=article:published_time content='{text}'>").get("date") == date


@pytest.mark.parametrize(
    "script",
    ["[" * 100_000, "{", '{"@type": "Article", "headline": 7, "author": [[[]]]}', "1" * 10_000, "null", '"\\ud800"',
     json.dumps({"@type": ["Article", None], "author": {"name": {"name": "x"}}, "publisher": []})],
    ids=range(7),
)  # fmt: skip
def test_json_ld_that_makes_no_sense_is_passed_over(script: str) -> None:
    found = meta(f"<title>Otters return</title><script type='application/ld+json'>{script}</script>")
    assert found["title"] == "Otters return"


def test_an_address_that_runs_something_is_no_address() -> None:
    assert "url" not in meta("<link rel=canonical href='javascript:alert(1)'><meta property=og:url content='http://['>")


# --- encodings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", ""), ("utf-8", "iso-8859-1"), ("utf-8-sig", ""), ("utf-16", ""), ("cp1252", "iso-8859-1"),
     ("cp1252", "windows-1252"), ("cp1252", "utf-7"), ("cp1250", "windows-1250")],
)  # fmt: skip
def test_encodings(encoding: str, named: str) -> None:
    words = f"Ein Fluß, ein Ötter: „grün“. {PROSE}"
    text = page(article(f"<p>{words}</p>")).replace("charset=utf-8", f"charset={named}" if named else "name=x")
    assert words in [block.text for block in read(text.encode(encoding)).blocks]


def test_encodings_of_east_asia() -> None:
    words = "春になると、川獺が川に戻ってきた。"
    for encoding, named in (
        ("shift_jis", "Shift_JIS"),
        ("euc-jp", "EUC-JP"),
        ("iso2022_jp", "iso-2022-jp"),
        ("iso2022_jp", ""),
    ):
        text = page(article(f"<p>{words}</p>")).replace("charset=utf-8", f"charset={named}")
        assert words in [block.text for block in read(text.encode(encoding)).blocks]


# --- harm ----------------------------------------------------------------------------------------


def test_too_many_elements() -> None:
    with pytest.raises(ReadError, match="more than 500,000 elements"):
        extract("<br>" * 600_000)


def test_too_large() -> None:
    with pytest.raises(ReadError, match="the limit for HTML is 20 MB"):
        read(b" " * (html.LARGEST + 1))


@pytest.mark.parametrize("data", [b"", b"<", b"<html>", b"<!-- ", b"<p hidden>x", b"<body><nav></nav>"])
def test_next_to_nothing(data: bytes) -> None:
    assert len(read(data).blocks) <= 1


def test_binary_is_refused() -> None:
    with pytest.raises(ReadError, match="is not text"):
        read(bytes(range(256)) * 20)


@pytest.mark.parametrize(
    "text",
    ["<div>" * 200_000, "<b>" * 200_000, "<p " + "a=1 " * 50_000 + ">",
     "<p " + " ".join(f"a{n}" for n in range(50_000)) + ">"],
    ids=["deep", "deep marks", "attributes", "names"],
)  # fmt: skip
def test_bombs_are_refused(text: str) -> None:
    with pytest.raises(ReadError, match="more than"):
        extract(text)


@pytest.mark.parametrize(
    "text",
    ["<div>" * 3_000 + "x", "<p>" * 60_000, "<" * 500_000, "<!--" * 100_000, "&amp;" * 300_000, "<br>" * 60_000,
     "<li>a" * 40_000, "<table>" * 2_000, "<a href=x>" * 50_000 + "x", "<h1>a</h1>" * 20_000, "a" * 3_000_000,
     "<p>" + "a, " * 500_000, "<td>" * 100_000, "<b>x<p>" * 3_000, "<p class='" + "a-" * 200_000 + "'>x",
     "<h6>a</h6><p>b</p>" * 10_000],
    ids=lambda text: repr(text[:8]),
)  # fmt: skip
def test_hostile_pages_are_read_in_seconds(text: str) -> None:
    start = time.process_time()
    extract(text)
    assert time.process_time() - start < 30  # about 2 s at most here


def test_broken_pages_raise_nothing_but_read_errors() -> None:
    chance = random.Random(1)
    whole = NEWS.replace("<title>", linked({"@type": "NewsArticle", "headline": "x"}) + "<title>").encode()
    for _ in range(300):
        data = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(chance.randrange(40) if data else 0):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            found = read(bytes(data))
        except ReadError:
            continue
        assert all(block.text == " ".join(block.text.split()) and block.text for block in found.blocks)


html_like = st.lists(
    st.sampled_from(["<p>", "</p>", "<div class=comments>", "</div>", "<br>", "<a href=x>", "</a>", "<table>", "<tr>",
                     "<td>", "<h1>", "</h2>", "<pre>", "\n", "<li>", "<ul>", "<figure>", "<figcaption>", "<b>", "</b>",
                     "<script>",
                     "</script>", "<nav>", "<form>", "<svg>", "<math>", "<frameset>", "<select>", "<option>", "otter, ",
                     "&#x1b;[2J", "&#xd800;", "\ufdd0", "\u202e", PROSE, "<time>", "2 April 2031", "By Jo Dyk"]),
    max_size=60,
).map("".join)  # fmt: skip


@given(st.one_of(html_like, st.text(max_size=200)))
def test_any_text_gives_single_lines_of_something(text: str) -> None:
    try:
        found = read(text.encode("utf-8", "ignore"))
    except ReadError:
        return
    assert all(block.text.strip() and "\n" not in block.text for block in found.blocks)
