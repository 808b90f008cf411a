"""The rule of one meaning a word: what it finds, what it lets pass, and that its list only
shrinks."""

from __future__ import annotations

import importlib.util
from pathlib import Path

spec = importlib.util.spec_from_file_location(
    "words_once", Path(__file__).parents[1] / "tools" / "words_once.py"
)
once = importlib.util.module_from_spec(spec)
spec.loader.exec_module(once)


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_a_word_of_two_meanings_is_found(tmp_path: Path) -> None:
    layer = "class Layer:\n    class Inner:\n        pass\n"
    write(tmp_path, art__a=layer, look__b=layer, look__c="def draw():\n    pass\n")
    write(tmp_path, make__c="async def draw():\n    pass\ndef _own():\n    pass\n")
    write(tmp_path, make__d="def _own():\n    pass\nclass A:\n    def draw(self):\n        pass\n")
    assert once.survey(tmp_path) == {
        "class Inner": ["art/a.py", "look/b.py"],
        "class Layer": ["art/a.py", "look/b.py"],
        "function draw": ["look/c.py", "make/c.py"],
        "module c of work": ["look/c.py", "make/c.py"],
    }


def test_a_protocol_is_one_meaning_in_its_own_folders_only(tmp_path: Path) -> None:
    read = "def read():\n    pass\n"
    write(tmp_path, art__files__palettes__gpl=read, learn__labels__coco=read, learn__once=read)
    assert once.survey(tmp_path) == {}
    write(tmp_path, learn__twice=read)
    assert once.survey(tmp_path) == {"function read": ["learn/once.py", "learn/twice.py"]}


def test_a_module_may_be_called_like_what_it_shows(tmp_path: Path) -> None:
    write(
        tmp_path, jobs__make__hog="", show__numbers__hog="", pixels__hog="", studio__views__hog=""
    )
    assert once.survey(tmp_path) == {}
    write(tmp_path, art__hog="", jobs__clean__hog="")
    assert once.survey(tmp_path) == {
        "module hog of jobs": ["jobs/clean/hog.py", "jobs/make/hog.py"],
        "module hog of work": ["art/hog.py", "pixels/hog.py"],
    }


def test_the_list_only_shrinks() -> None:
    found = {"class Layer": ["a.py", "b.py"]}
    assert once.complaints(found, found) == []
    assert len(once.complaints(found, {})) == 1  # new
    assert len(once.complaints({"class Layer": ["a.py", "b.py", "c.py"]}, found)) == 1  # one more
    assert len(once.complaints({}, found)) == 1  # has names of its own: take it out
    assert len(once.complaints(found, {"class Layer": ["a.py", "b.py", "c.py"]})) == 1


def test_the_package_keeps_it() -> None:
    listed = once.json.loads(once.LISTED.read_text("utf-8"))
    assert once.complaints(once.survey(), listed) == []
