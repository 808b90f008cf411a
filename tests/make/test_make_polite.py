"""Fetching as others wish to be asked, against a server that is slow, broken, huge, elsewhere or
closed."""

from __future__ import annotations

import time

import pytest

from a_server import site
from pincel.errors import PincelError
from pincel.make.sets.polite import MOST_REDIRECTS, Polite

pytest.importorskip("protego")


def polite(**more) -> Polite:
    slept: list[float] = []
    asking = Polite(**{"rate": 1000.0, "first_pause": 0.5, "sleep": slept.append, **more})
    asking.slept = slept  # type: ignore[attr-defined]
    return asking


def refused(asking: Polite, place: str) -> str:
    with pytest.raises(PincelError) as error:
        asking.get(place)
    return error.value.key.removeprefix("collect.why.")


def test_a_file_comes_whole_and_we_say_who_we_are() -> None:
    with site({"/a.png": b"abc"}) as told, polite() as asking:
        got = asking.get(f"{told.root}/a.png")
    assert got.data == b"abc"
    assert told.asked == ["/robots.txt", "/a.png"]
    (agent,) = told.agents
    assert agent.startswith("pincel/")


@pytest.mark.parametrize(
    ("rules", "open_"),
    [
        (b"User-agent: *\nDisallow: /", False),
        (b"User-agent: pincel\nDisallow: /in/", False),
        (b"User-agent: *\nDisallow: /\nAllow: /in/*.png$", True),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: pincel\nDisallow:", True),
        ((404, {}, b""), True),
        ((403, {}, b""), True),
        ((500, {}, b""), False),
        ((301, {"Location": "/rules"}, b""), False),
        (b"\xff\xfe\x00nonsense" * 9, True),
        (b"#" * 600_000 + b"\nUser-agent: *\nDisallow: /", True),
    ],
)
def test_robots_txt_is_obeyed(rules: object, open_: bool) -> None:
    files = {"/robots.txt": rules, "/rules": b"User-agent: *\nDisallow: /in", "/in/a.png": b"abc"}
    with site(files) as told, polite() as asking:
        if open_:
            assert asking.get(f"{told.root}/in/a.png").data == b"abc"
        else:
            assert refused(asking, f"{told.root}/in/a.png") == "robots"
            assert "/in/a.png" not in told.asked


def test_one_host_is_asked_no_more_often_than_agreed() -> None:
    files = {"/robots.txt": b"User-agent: *\nCrawl-delay: 0.15"}
    files |= {f"/{k}.png": b"x" for k in range(4)}
    with site(files) as told, Polite(rate=20.0) as asking:
        for k in range(4):
            asking.get(f"{told.root}/{k}.png")
    gaps = [b - a for a, b in zip(told.times[1:], told.times[2:], strict=False)]
    assert min(gaps) > 0.13


def test_what_fails_for_now_is_tried_again_with_growing_pauses() -> None:
    busy = (503, {}, b"")
    with site({"/a.png": [busy, busy, b"here"]}) as told, polite() as asking:
        assert asking.get(f"{told.root}/a.png").data == b"here"
        pauses = [one for one in asking.slept if one >= 0.5]
        assert pauses == [0.5, 1.0]
    with site({"/a.png": [(429, {"Retry-After": "7"}, b""), b"here"]}) as told, polite() as asking:
        assert asking.get(f"{told.root}/a.png").data == b"here"
        assert 7.0 in asking.slept
    with site({"/a.png": (503, {}, b"")}) as told, polite(retries=2) as asking:
        assert refused(asking, f"{told.root}/a.png") == "status"
        assert told.asked.count("/a.png") == 3
    with site({"/a.png": (429, {"Retry-After": "3600"}, b"")}) as told, polite() as asking:
        assert refused(asking, f"{told.root}/a.png") == "wait"
        assert told.asked.count("/a.png") == 1
    with site({"/a.png": (404, {}, b"")}) as told, polite() as asking:
        assert refused(asking, f"{told.root}/a.png") == "status"
        assert told.asked.count("/a.png") == 1


def test_a_connection_that_breaks_is_tried_again() -> None:
    def breaks(handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")

    with site({"/a.png": [breaks, b"whole"]}) as told, polite() as asking:
        assert asking.get(f"{told.root}/a.png").data == b"whole"
    with site({"/a.png": breaks}) as told, polite(retries=1) as asking:
        assert refused(asking, f"{told.root}/a.png") == "no_answer"
    with polite(retries=0) as asking:  # nobody listens: what its rules are is not known
        assert refused(asking, "http://127.0.0.1:9/a.png") == "robots"


def test_redirects_are_followed_under_the_rules_of_where_they_lead() -> None:
    closed = {"/robots.txt": b"User-agent: *\nDisallow: /", "/b.png": b"b"}
    with site(closed) as other, site() as told, polite() as asking:
        told.files["/a.png"] = (302, {"Location": "/b.png"}, b"")
        told.files["/b.png"] = b"here"
        assert asking.get(f"{told.root}/a.png").place == f"{told.root}/b.png"
        told.files["/c.png"] = (302, {"Location": f"{other.root}/b.png"}, b"")
        assert refused(asking, f"{told.root}/c.png") == "robots"
        assert "/b.png" not in other.asked
        told.files["/d.png"] = (302, {"Location": "/d.png"}, b"")
        assert refused(asking, f"{told.root}/d.png") == "redirects"
        assert told.asked.count("/d.png") == MOST_REDIRECTS + 1
        told.files["/e.png"] = (302, {"Location": "file:///etc/hostname"}, b"")
        assert refused(asking, f"{told.root}/e.png") == "scheme"


def test_what_is_too_large_is_left_whether_it_says_so_or_not() -> None:
    large = b"x" * 300_000

    def chunks(handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        try:
            for _ in range(1000):
                handler.wfile.write(b"%x\r\n%s\r\n" % (1000, large[:1000]))
        except OSError:
            return

    with site({"/a.png": large, "/b.png": chunks}) as told, polite(most=200_000) as asking:
        assert refused(asking, f"{told.root}/a.png") == "large"
        assert refused(asking, f"{told.root}/b.png") == "larger"


def test_a_server_that_trickles_is_left() -> None:
    with site({"/slow.png": b"x" * 1000}) as told, polite(longest=0.2) as asking:
        told.late = 0.4
        began = time.monotonic()
        assert refused(asking, f"{told.root}/slow.png") == "trickles"
        assert time.monotonic() - began < 5
    with site({"/slow.png": b"x" * 1000}) as told, polite(longest=20) as asking:
        told.late = 0.1
        assert len(asking.get(f"{told.root}/slow.png").data) == 1000


@pytest.mark.parametrize("place", ["ftp://a/b.png", "http://", "http://[::1/a.png", "a.png"])
def test_what_is_no_address(place: str) -> None:
    with polite(retries=0) as asking, pytest.raises(PincelError):
        asking.get(place)
