"""An index of pictures: their vectors in one file, searched by faiss.

The search is exact: all cosines are computed (faiss's IndexFlatIP, Douze et al., 2024), which takes
a few milliseconds for tens of thousands of pictures. The file is one safetensors file, vectors as
numbers and everything else as JSON, so nothing in it is ever executed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pincel.errors import PincelError
from pincel.look.embed import FEW
from pincel.nets import _needed

if TYPE_CHECKING:
    import faiss

FORMAT = 1
_DIGITS = 6  # of a cosine; what float32 holds of a sum of hundreds of products
_SPARE = 16  # so many more are looked at, so that those equally near can be put in order
SUFFIX = ".index"


@dataclass(frozen=True)
class Entry:
    """One picture in an index.

    name  how it is called;  file  where it was, if it was a file;  label  its class, if known
    code  sha256 of the file: tells whether a picture must be read again
    """

    name: str
    file: str = ""
    label: str = ""
    code: str = ""


@dataclass(frozen=True, eq=False)
class VectorIndex:
    """Vectors with names. Immutable: `with_pictures` and `without` give a new one.

    vectors  (n, d) float32, each of length 1
    about    what made the vectors: {"by": "cnn.bloodmnist", "code": ..., ...}
    """

    vectors: np.ndarray
    entries: tuple[Entry, ...]
    about: dict[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.entries)

    @cached_property
    def _faiss(self) -> faiss.IndexFlatIP:
        _needed.require("faiss")
        import faiss

        index = faiss.IndexFlatIP(self.vectors.shape[1])
        index.add(np.ascontiguousarray(self.vectors, np.float32))
        return index

    def search(self, queries: np.ndarray, count: int = 10) -> tuple[np.ndarray, np.ndarray]:
        """The `count` nearest pictures of each query.

        queries  (m, d), of length 1
        Returns (cosines (m, k) float32, rows (m, k) int64), nearest first; k is at most n.
        """
        if queries.ndim != 2 or queries.shape[1] != self.vectors.shape[1]:
            came = queries.shape[-1] if queries.ndim else 0
            raise PincelError("index.dims", came=came, wanted=self.vectors.shape[1])
        queries = np.ascontiguousarray(queries, np.float32)
        held = self._faiss
        import faiss

        threads = faiss.omp_get_max_threads()
        if len(queries) <= FEW:  # threads that wait for each other take longer than the search
            faiss.omp_set_num_threads(1)
        try:
            cosines, rows = held.search(queries, min(count + _SPARE, len(self)))
        finally:
            faiss.omp_set_num_threads(threads)
        return _sorted(cosines, rows, count)

    def with_pictures(self, vectors: np.ndarray, entries: Sequence[Entry]) -> VectorIndex:
        """An index that also holds these vectors (m, d), floats of length 1, one for each entry;
        one of the same name is replaced."""
        place = {entry.name: row for row, entry in enumerate(self.entries)}
        held, kept = np.array(self.vectors, np.float32), list(self.entries)
        added = []
        for vector, entry in zip(np.asarray(vectors, np.float32), entries, strict=True):
            row = place.get(entry.name)
            if row is None:
                place[entry.name] = len(kept)
                kept.append(entry)
                added.append(vector)
            elif row < len(held):
                held[row], kept[row] = vector, entry
            else:
                added[row - len(held)], kept[row] = vector, entry
        if added:
            held = np.concatenate([held, np.stack(added)])
        return VectorIndex(held, tuple(kept), self.about)

    def without(self, names: Sequence[str]) -> VectorIndex:
        """An index without these; PincelError names the first that it does not hold."""
        known = {entry.name for entry in self.entries}
        for name in names:
            if name not in known:
                raise PincelError("index.unknown", name=name, count=len(self))
        keep = [row for row, entry in enumerate(self.entries) if entry.name not in set(names)]
        return VectorIndex(self.vectors[keep], tuple(self.entries[row] for row in keep), self.about)

    def to_bytes(self) -> bytes:
        """The index as one file."""
        from safetensors.numpy import save

        rows = [[e.name, e.file, e.label, e.code] for e in self.entries]
        facts = {"format": FORMAT, "about": self.about, "entries": rows}
        text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
        vectors = np.ascontiguousarray(self.vectors, np.float32)
        return save({"vectors": vectors}, {"pincel_index": text})


def _sorted(cosines: np.ndarray, rows: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The first `count` of each line, nearest first. The last digits of a cosine depend on the
    processor and on how many are asked for at once: they are cut off, and of pictures that are
    equally near the one that was indexed first comes first."""
    cosines = np.round(cosines.astype(np.float64), _DIGITS)
    order = np.lexsort((rows, -cosines), axis=-1)[:, :count]
    near = np.take_along_axis(cosines, order, 1).astype(np.float32)
    return near, np.take_along_axis(rows, order, 1)


def open_index(path: str | Path) -> VectorIndex:
    """Read an index; PincelError when it is missing, damaged, or no index."""
    _needed.require("faiss")
    from safetensors import SafetensorError, safe_open

    path = Path(path)
    if not path.is_file():
        raise PincelError("index.missing", path=path)
    try:
        with safe_open(path, "np") as file:
            text = (file.metadata() or {}).get("pincel_index")
            vectors = file.get_tensor("vectors") if text else np.zeros((0, 0), np.float32)
        facts = json.loads(text) if text else None
        if facts is None:
            raise PincelError("index.not_ours", path=path)
        entries = tuple(Entry(*map(str, row)) for row in facts["entries"])
        about = dict(facts["about"])
    except (SafetensorError, ValueError, KeyError, TypeError, OSError) as error:
        if isinstance(error, PincelError):
            raise
        why = str(error).splitlines()[0]
        raise PincelError("index.damaged", path=path, why=why) from error
    if vectors.ndim != 2 or len(vectors) != len(entries) or vectors.dtype != np.float32:
        raise PincelError("index.damaged", path=path, why=f"{vectors.shape}, {len(entries)}")
    return VectorIndex(vectors, entries, about)
