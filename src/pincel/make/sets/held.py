"""What was fetched already, so that nobody is asked twice for the same file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from pincel import atomic
from pincel.make.sets.polite import Fetched


@dataclass(frozen=True)
class FetchedFiles:
    """Fetched files in a folder, each under the hash of its address. A gathering that was killed
    goes on with what lies here; each file is whole or absent."""

    folder: Path

    def find(self, place: str) -> Fetched | None:
        """What was fetched from an address; None where nothing was, or it is damaged."""
        path = self._path(place)
        try:
            facts = json.loads(path.with_suffix(".json").read_text("utf-8"))
            data = path.read_bytes()
            if hashlib.sha256(data).hexdigest() != facts["sha256"]:
                return None
            return Fetched(data, facts["place"], facts["kind"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, place: str, got: Fetched) -> None:
        """Keep a file; its facts are written last."""
        path = self._path(place)
        atomic.write_whole(path, got.data)
        code = hashlib.sha256(got.data).hexdigest()
        facts = {"asked": place, "place": got.place, "kind": got.kind, "sha256": code}
        text = json.dumps(facts, ensure_ascii=False)
        atomic.write_whole(path.with_suffix(".json"), text.encode())

    def _path(self, place: str) -> Path:
        return self.folder / f"{hashlib.sha256(place.encode()).hexdigest()}.bin"
