"""The closed door: who is let in, and what a browser may say, one test for each promise."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from pincel.errors import PincelError
from pincel.studio import door
from pincel.studio.app import Visitors, app
from pincel.studio.sessions import Session, _safe
from pincel.studio.taken import is_inside, taken

OURS = {"x-pincel": "1"}


class Idle:
    """A queue that does nothing: here only the door is asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    async def warm(self) -> None: ...

    async def close(self) -> None: ...

    def ask(self, session: Session, task: Any) -> None:
        self.asked.append(task)

    def look_at(self, session: Session, number: str) -> None:
        self.asked.append(number)


def studio(folder: Path, *, own: bool = True) -> Visitors:
    made = Visitors(folder, 1, own)
    made.queue = Idle()  # type: ignore[assignment]
    return made


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(app(studio(tmp_path)), base_url="http://127.0.0.1:8642") as client:
        yield client


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil"])
def test_a_rebound_name_stays_outside(visitor: TestClient, host: str) -> None:
    answer = visitor.get("/api/state", headers={"host": host})
    assert answer.status_code == 403 and "own" in answer.json()["error"]


@pytest.mark.parametrize("host", ["127.0.0.1:8642", "localhost:8642", "[::1]:8642", "192.168.1.7"])
def test_its_own_names_come_in(visitor: TestClient, host: str) -> None:
    assert visitor.get("/api/state", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
    ],
)
def test_other_pages_are_refused(visitor: TestClient, headers: dict[str, str]) -> None:
    assert visitor.get("/api/state", headers=headers).status_code == 403
    posted = visitor.post("/api/tasks/jobs", headers=OURS | headers, content=b"{}")
    assert posted.status_code == 403


def test_its_own_page_and_a_link_to_it_are_not(visitor: TestClient) -> None:
    own = {"origin": "http://127.0.0.1:8642", "sec-fetch-site": "same-origin"}
    assert visitor.get("/api/state", headers=own).status_code == 200
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert visitor.get("/", headers=link).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/tasks/jobs"), ("POST", "/api/files?name=a.png"), ("DELETE", "/api/files/k1")],
)
def test_what_changes_something_carries_our_header(
    visitor: TestClient, method: str, path: str
) -> None:
    answer = visitor.request(method, path, content=b"{}")
    assert answer.status_code == 403 and "x-pincel" in answer.json()["error"]


def test_the_page_may_load_nothing_from_anywhere(visitor: TestClient) -> None:
    answer = visitor.get("/")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy
    assert not re.search(r"https?:|\*", policy)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not re.search(rb"<script(?![^>]*src=)|<style|style=|https?:", answer.content)


def test_no_built_file_names_another_address() -> None:
    """Of what the page runs: an address in it is a name space, or where an error is explained."""
    named = re.compile(rb"https?://[\w.-]+")
    allowed = {b"http://www.w3.org", b"https://svelte.dev"}
    files = Path(door.__file__).with_name("static").rglob("*")
    found = {hit for one in files if one.is_file() for hit in named.findall(one.read_bytes())}
    assert found <= allowed


def test_large_files_are_refused_before_and_while_they_come(
    visitor: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "LARGEST", 100_000)

    def dripping() -> Iterator[bytes]:  # no length is said
        for _ in range(5):
            yield b"x" * 40_000

    for sent in (b"x" * 100_001, dripping()):
        answer = visitor.post("/api/files?name=big.png", headers=OURS, content=sent)
        assert answer.status_code == 413, answer.text
    assert not [one for one in (tmp_path / "files").rglob("*") if one.is_file()]
    fits = visitor.post("/api/files?name=a.png", headers=OURS, content=b"x" * 100_000)
    assert fits.status_code == 201


def test_beyond_this_machine_a_token_opens(tmp_path: Path) -> None:
    made = app(studio(tmp_path, own=False), token="our-own-words")
    with TestClient(made, base_url="http://192.168.1.7:8642") as client:
        assert client.get("/").status_code == 403
        assert client.get("/?token=wrong").status_code == 403
        assert client.post("/api/tasks/jobs?token=our-own-words", headers=OURS).status_code == 403
        entered = client.get("/?token=our-own-words", follow_redirects=False)
        assert entered.status_code == 303 and entered.headers["location"] == "/"
        cookie = entered.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie
        assert client.get("/").status_code == 200
        assert client.get("/api/state").status_code == 200


def test_in_a_class_everybody_has_their_own_folder(tmp_path: Path) -> None:
    made = app(studio(tmp_path, own=False), token="our-own-words")
    first, second = (TestClient(made, base_url="http://192.168.1.7") for _ in range(2))
    for client in (first, second):
        client.get("/?token=our-own-words")
        client.get("/")
    sent = first.post("/api/files?name=mine.png", headers=OURS, content=b"1").json()
    assert [one["name"] for one in first.get("/api/state").json()["files"]] == ["mine.png"]
    assert second.get("/api/state").json()["files"] == []
    stolen = second.post(
        "/api/tasks/inspect", headers=OURS, json={"sources": [{"file": sent["id"]}]}
    )
    assert stolen.status_code == 400 and "no file" in stolen.json()["error"]
    made_up = f"pincel_token=our-own-words; pincel_session=../{'a' * 19}"
    stranger = TestClient(made, base_url="http://192.168.1.7")
    assert stranger.get("/api/state", headers={"cookie": made_up}).status_code == 400


OUTSIDE = [
    "/etc/passwd", "~/secret", "~root", "../up", "a/../../b", "..", "/", "C:\\x", "c:/x", "a\0b",
    "\\\\host\\share", "3 - /etc/passwd", "3-/etc/passwd", "a.png,/etc/hosts", "file:///etc/passwd",
    "$HOME/x", "${HOME}", "%USERPROFILE%", "x=../y", "[/etc/passwd]", "a,..", "*/../../x", "-/x",
]  # fmt: skip
INSIDE = [
    "red dragon", "3 - 2 + 7", "cnn.bloodmnist", "runs/mine", "digits", "1,2", "24x24",
    "widths=4,8", "sword / shield", "#1a2b3c,#ffffff", "conv 16 3 same, relu", "and ... so on",
    "50%", "a. b",
]  # fmt: skip


@pytest.mark.parametrize("text", OUTSIDE)
def test_no_text_means_a_place_outside(visitor: TestClient, text: str) -> None:
    assert not is_inside(text)
    for sent in ({"prompt": text}, {"prompt": "x", "palette": text}):
        answer = visitor.post("/api/tasks/draw", headers=OURS, json=sent)
        assert answer.status_code == 400 and "outside" in answer.json()["error"], text
    answer = visitor.post("/api/tasks/pixelate", headers=OURS, json={"pictures": ["a", text]})
    assert answer.status_code == 400


@pytest.mark.parametrize("text", INSIDE)
def test_what_people_write_is_taken(text: str) -> None:
    assert taken({"a": text, "b": [text, 1]}, lambda _: "") == {"a": text, "b": (text, 1)}


@pytest.mark.parametrize(
    "body", [b"[]", b"{", b"1", b'{"pictures": {"path": "x"}}', b'{"pictures": [{"file": 1}]}']
)
def test_settings_that_are_none_get_one_sentence(visitor: TestClient, body: bytes) -> None:
    answer = visitor.post("/api/tasks/pixelate", headers=OURS, content=body)
    assert answer.status_code == 400 and answer.json()["error"].endswith(".")


def test_settings_that_name_places_are_the_studios_own(visitor: TestClient) -> None:
    for job, sent in (("runs", {"runs": "x"}), ("classify", {"csv": "x", "model": "m"})):
        answer = visitor.post(f"/api/tasks/{job}", headers=OURS, json=sent)
        assert answer.status_code == 400 and "chosen by the studio" in answer.json()["error"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("hero walk 01.png", "hero walk 01.png"),
        ("niño ñ.PNG", "niño ñ.PNG"),
        ("../../etc/passwd", "passwd"),
        ("C:\\pictures\\hero.png", "hero.png"),
        ("..", "file"),
        (".hidden.png", "hidden.png"),
        ("a\0b\n.png", "a_b_.png"),
        ("*?[x].png", "__[x].png".replace("[", "_").replace("]", "_")),
        ("x" * 300 + ".png", "x" * 117 + ".png"),
        ("", "file"),
    ],
)
def test_files_keep_their_names_but_no_places(given: str, kept: str) -> None:
    name = _safe(given)
    assert name.replace("__", "_") == kept.replace("__", "_") and "/" not in name


def test_a_folder_that_is_sent_stays_in_its_folder(visitor: TestClient, tmp_path: Path) -> None:
    folder = visitor.post("/api/folders?name=cats", headers=OURS).json()
    for name in ("a/1.png", "../../../b/2.png", "/c/3.png"):
        at = f"/api/files?name={name}&into={folder['id']}"
        assert visitor.post(at, headers=OURS, content=b"1").status_code == 201
    inside = tmp_path / "files" / folder["id"]
    assert {one.name for one in inside.rglob("*.png")} == {"1.png", "2.png", "3.png"}
    assert {one.name for one in tmp_path.rglob("*.png")} == {"1.png", "2.png", "3.png"}


def test_a_folder_keeps_its_name(visitor: TestClient, tmp_path: Path) -> None:
    folder = visitor.post("/api/folders?name=cats", headers=OURS).json()
    at = f"/api/files?name=a/1.png&into={folder['id']}"
    assert visitor.post(at, headers=OURS, content=b"1").status_code == 201
    (tmp_path / "files" / "k8" / "a").mkdir(parents=True)  # as folders were kept once
    (tmp_path / "files" / "k8" / "b").mkdir()
    later = Session(tmp_path)  # the studio was closed and opened again
    assert later.files[folder["id"]].name == "cats"
    assert Path(later.place(folder["id"])).name == "cats"
    assert (tmp_path / later.place(folder["id"]) / "a" / "1.png").exists()
    assert later.place("k8") == "files/k8"


@pytest.mark.parametrize("path", ["../../secret.txt", "..%2f..%2fsecret.txt", "%2e%2e/secret.txt"])
def test_results_are_read_from_their_folder_only(
    visitor: TestClient, tmp_path: Path, path: str
) -> None:
    (tmp_path / "secret.txt").write_text("no")
    made = visitor.app.state.studio  # type: ignore[attr-defined]
    task = made._sessions.setdefault("me", Session(tmp_path)).new_task("jobs", {})
    made._sessions["me"].results(task).mkdir(parents=True)
    (made._sessions["me"].results(task) / "fine.txt").write_text("yes")
    assert visitor.get(f"/api/tasks/{task.id}/files/fine.txt").text == "yes"
    for at in (f"/api/tasks/{task.id}/files/{path}", f"/assets/{path}"):
        assert visitor.get(at).status_code in (404, 405)


def test_a_page_that_a_job_made_is_sealed_off(visitor: TestClient, tmp_path: Path) -> None:
    visitor.get("/api/state")
    session = visitor.app.state.studio._sessions["me"]  # type: ignore[attr-defined]
    task = session.new_task("explain", {})
    at = session.results(task)
    at.mkdir(parents=True)
    page = '<style>a{}</style><p style="left:1px">x</p><script>let a = 1</script>'
    (at / "x.html").write_text(page)
    policy = visitor.get(f"/api/tasks/{task.id}/files/x.html").headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts") and "unsafe-inline" not in policy
    assert policy.count("sha256-") == 3 and "'unsafe-hashes'" in policy.split("style-src")[1]
    assert "unsafe" not in policy.split("style-src")[0]


def test_a_file_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    async def broken():
        yield b"half"
        raise PincelError("studio.too_large", most=1)

    session = Session(tmp_path)
    with pytest.raises(PincelError):
        asyncio.run(session.keep("a.png", None, broken()))
    assert not [one for one in tmp_path.rglob("*") if one.is_file()] and not session.files


def test_a_person_without_the_token_reads_a_sentence_in_their_language(tmp_path: Path) -> None:
    served = app(studio(tmp_path, own=False), token="our-own-words")
    with TestClient(served, base_url="http://127.0.0.1") as http:
        plain = http.get("/", headers={"sec-fetch-mode": "navigate", "accept-language": "es-ES,es"})
        assert plain.status_code == 403 and plain.text.startswith("Este estudio")
        assert http.get("/api/state").json()["error"].startswith("This studio")
