"""Opening a network that was exported to ONNX, and what its file says of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pincel.errors import PincelError

KEY = "pincel"
"""Where a file's metadata hold, as JSON, what the network is."""


def open_session(
    data: bytes, path: Path, *, threads: int = 0, spinning: bool = True
) -> tuple[Any, dict[str, Any]]:
    """ONNX Runtime's session of a file, and the file's facts: "family", "about", ...

    data      the file's bytes; path: what it is called in sentences
    threads   how many compute (0: one a core); networks of a few milliseconds lose more by waiting
              for each other's threads than they win
    spinning  threads that wait for the next layer keep their core busy, which is quicker where
              nobody else wants it; without it they sleep

    PincelError when the file is damaged, or was not exported by Pincel.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = threads
    if not spinning:
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
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


def shrinking(session: Any, pictures: Any) -> None:
    """Look at pictures (1, c, h, w) float32, as small ones as the network takes, and give back the
    memory that is held for the next larger ones."""
    import onnxruntime

    options = onnxruntime.RunOptions()
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    session.run(None, {"pictures": pictures}, options)
