"""A SpriteFrames resource of Godot 4: one animation for each tag, its frames in the order in which
they are shown, times kept. A sprite with frames in none of its tags is one more animation, for a
frame that no animation has cannot be reached there."""

from __future__ import annotations

from pincel.art.atlas import Atlas, Slot
from pincel.pixels.animation import Tag

SUFFIX = ".tres"


def write(atlas: Atlas, name: str) -> bytes:
    """See `pincel.art.files`."""
    lines = [
        f'[gd_resource type="SpriteFrames" load_steps={len(atlas.cells) + 2} format=3]',
        "",
        f'[ext_resource type="Texture2D" path="{_escaped(name)}.png" id="1"]',
    ]
    for number, cell in enumerate(atlas.cells):
        lines += _texture(number, cell)
    told = ", ".join(_animation(atlas, tag) for tag in (*atlas.tags, *atlas.untold()))
    lines += ["", "[resource]", f"animations = [{told}]", ""]
    return "\n".join(lines).encode()


def _texture(number: int, cell: Slot) -> list[str]:
    lines = [
        "",
        f'[sub_resource type="AtlasTexture" id="AtlasTexture_{number}"]',
        'atlas = ExtResource("1")',
        f"region = Rect2({cell.x}, {cell.y}, {cell.width}, {cell.height})",
    ]
    if cell.trimmed:
        more = (cell.wide - cell.width, cell.high - cell.height)
        lines.append(f"margin = Rect2({cell.left}, {cell.top}, {more[0]}, {more[1]})")
    return [*lines, "filter_clip = true"]


def _animation(atlas: Atlas, tag: Tag) -> str:
    order = tag.played()
    base = min(atlas.cells[n].duration for n in order)
    frames = ", ".join(
        f'{{\n"duration": {_decimal(atlas.cells[n].duration / base)},\n'
        f'"texture": SubResource("AtlasTexture_{n}")\n}}'
        for n in order
    )
    loop = "true" if tag.endless else "false"
    return (
        f'{{\n"frames": [{frames}],\n"loop": {loop},\n"name": &"{_escaped(tag.name)}",\n'
        f'"speed": {_decimal(1000 / base)}\n}}'
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _decimal(number: float) -> str:
    text = f"{number:.6g}"
    return text if "." in text or "e" in text else text + ".0"
