"""The job that says in words what a sprite shows, and where it looked for each word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from pincel.job import Event, Job, Made, setting
from pincel.jobs.each import each, found_in

if TYPE_CHECKING:
    from pincel.pixels.picture import Picture
    from pincel.pixels.sources import Found

_MADE = ("caption",)
"""Endings of what it writes beside its pictures."""


class Caption(Job):
    """Words for a sprite, in English and Spanish, with the attention of each."""

    gives: ClassVar[str] = "str"

    pictures: tuple[Any, ...] = setting(sources=True, min_length=1)
    model: str = setting("captioner.sprites", short="m")

    def apart(self) -> Sequence[Any]:
        return found_in(self.pictures, *_MADE)

    def run(self) -> Iterator[Event]:
        from pincel.look.captioner import captioner_sized, open_captioner
        from pincel.make.words.said import said_words
        from pincel.words import language

        ready = open_captioner(self.model)
        side = int(ready.about["prepare"]["size"][0])

        def one(picture: Picture, found: Found) -> Iterator[Event]:
            (caption,) = ready.captions([picture.rgba])
            words = [ready.words[k] for k in caption.words]
            both = {code: said_words(words, code) for code in ("en", "es")}

            def files() -> Iterator[tuple[str, bytes]]:
                from pincel.show.nets.caption import draw_caption

                seen = captioner_sized(picture.rgba, side)
                yield ".caption.png", draw_caption(found.name, seen, caption, words, both)

            yield Made(
                name=found.name,
                value=both[language()],
                files=files,
                numbers={
                    **both,
                    "words": [
                        {
                            "id": k,
                            "en": en,
                            "es": es,
                            "kind": kind,
                            "probability": round(chance, 5),
                            "looked": looked.round(5).tolist(),
                        }
                        for k, (en, es, kind), chance, looked in zip(
                            caption.words, words, caption.chance, caption.shares, strict=True
                        )
                    ],
                    "engine": ready.engine,
                },
                lines=(f"{found.name}: {both['en']} / {both['es']}",),
                beside=found.beside,
            )

        yield from each(self.pictures, one, *_MADE)
