"""Opening a network that was exported to ONNX, and what its file says of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pincel.errors import PincelError

KEY = "pincel"
"""Where a file's metadata hold, as JSON, what the network is."""


def open_session(
    data: bytes, path: Path, *, arena: bool = True, threads: int = 0
) -> tuple[Any, dict[str, Any]]:
    """ONNX Runtime's session of a file, and the file's facts: "family", "about", ...

    data   the file's bytes; path: what it is called in sentences
    arena  memory is held between runs; without it, each run gives back what it took
    threads  how many compute (0: one a core); networks of a few milliseconds lose more by waiting
           for each other's threads than they win

    PincelError when the file is damaged, or was not exported by Pincel.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = arena
    options.intra_op_num_threads = threads
    try:
        session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors have no common base of their own
        why = str(error).splitlines()[0][:120]
        raise PincelError("models.onnx_damaged", path=path, why=why) from error
    try:
        facts = dict(json.loads(session.get_modelmeta().custom_metadata_map[KEY]))
    except (KeyError, ValueError, TypeError) as error:
        raise PincelError("models.onnx_not_ours", path=path) from error
    return session, facts
