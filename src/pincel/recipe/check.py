"""A recipe that came out of a file: junk until it has passed here."""

from __future__ import annotations

import json
import re
from typing import Any

from pincel.errors import PincelError

_HEX = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
MOST_VALUE = 100_000
MOST_PARENTS = 256
MOST_GENERATIONS = 100


def checked_recipe(given: str | dict[str, Any]) -> dict[str, Any]:
    """A recipe (its JSON, or the same as a dict) of the right shape. PincelError otherwise.

    The older recipes of `pixelate` and `restore`, {"job", "settings", "pincel", "source_sha256"},
    are brought to the present shape; there the setting of the source is "".
    """
    raw: Any = given
    if isinstance(given, str):
        try:
            raw = json.loads(given, parse_constant=_refuse)
        except (ValueError, RecursionError):
            raise PincelError("recipe.damaged") from None
    return _recipe(raw, MOST_GENERATIONS)


def _refuse(_: str) -> None:
    raise ValueError("no JSON number")


def _need(holds: object) -> None:
    if not holds:
        raise PincelError("recipe.damaged")


def _recipe(raw: Any, generations: int) -> dict[str, Any]:
    _need(isinstance(raw, dict) and generations > 0)
    if "format" not in raw and "pincel" in raw:
        raw = _older(raw)
    if isinstance(raw.get("format"), int) and raw["format"] > 1:
        raise PincelError("recipe.newer", format=raw["format"])
    _need(
        raw.get("format") == 1 and isinstance(raw.get("job"), str) and _NAME.fullmatch(raw["job"])
    )
    made: dict[str, Any] = {"format": 1, "job": raw["job"]}
    settings = raw.get("settings")
    _need(isinstance(settings, dict) and len(settings) <= 100)
    for name, value in settings.items():
        _need(_NAME.fullmatch(name) and _plain(value))
    made["settings"] = settings
    versions = raw.get("versions", {})
    _need(isinstance(versions, dict) and len(versions) <= 20)
    _need(all(_short(key) and _short(value) for key, value in versions.items()))
    made["versions"] = versions
    if raw.get("seed") is not None:
        _need(type(raw["seed"]) is int and 0 <= raw["seed"] < 2**64)
        made["seed"] = raw["seed"]
    if raw.get("backend") is not None:
        _need(_short(raw["backend"]))
        made["backend"] = raw["backend"]
    if raw.get("model") is not None:
        model = raw["model"]
        _need(isinstance(model, dict) and _short(model.get("name")) and _hash(model.get("sha256")))
        made["model"] = {"name": model["name"], "sha256": model["sha256"]}
    if raw.get("parents") is not None:
        parents = raw["parents"]
        _need(isinstance(parents, list) and len(parents) <= MOST_PARENTS)
        made["parents"] = [_parent(one, generations - 1) for one in parents]
    return made


def _parent(raw: Any, generations: int) -> dict[str, Any]:
    _need(isinstance(raw, dict))
    setting, name = raw.get("setting"), raw.get("name")
    _need(setting == "" or (isinstance(setting, str) and _NAME.fullmatch(setting)))
    _need(_short(name) and not re.search(r"[/\\\0]", name) and name not in (".", ".."))
    kept: dict[str, Any] = {"setting": setting, "name": name}
    for key in ("sha256", "pixels", "recipe"):
        if key in raw:
            _need(_hash(raw[key]))
            kept[key] = raw[key]
    _need("sha256" in kept)
    if raw.get("made") is not None:
        kept["made"] = _recipe(raw["made"], generations)
    return kept


def _older(raw: dict[str, Any]) -> dict[str, Any]:
    made = {
        "format": 1,
        "job": raw.get("job"),
        "settings": raw.get("settings"),
        "versions": {"pincel": raw.get("pincel")},
    }
    if "source_sha256" in raw:
        made["parents"] = [{"setting": "", "name": "", "sha256": raw["source_sha256"]}]
    return made


def _short(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 200 and value.isprintable()


def _hash(value: Any) -> bool:
    return isinstance(value, str) and _HEX.fullmatch(value) is not None


def _plain(value: Any, deeper: bool = True) -> bool:
    """A JSON value: a scalar, or a list of scalars."""
    if isinstance(value, list):
        return deeper and len(value) <= 1000 and all(_plain(one, False) for one in value)
    if isinstance(value, str):
        return len(value) <= MOST_VALUE
    return (
        value is None or type(value) in (bool, float) or (type(value) is int and abs(value) < 2**64)
    )
