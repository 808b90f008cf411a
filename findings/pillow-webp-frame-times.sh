#!/usr/bin/env bash
# Pillow 13.0.0, animated WebP and AVIF: in the usual loop over ImageSequence.Iterator a frame says how long it is shown
# (info["duration"]) only after its pixels were loaded; before, there is no time at all. Of GIF and APNG the same loop
# gives every frame its own time at once. So a loop that asks for the times (with a default, as is usual) makes an
# animation of the same file's frames in which all are shown the default's time; nothing warns.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0
seen=$("$folder/venv/bin/python" - <<'PYTHON'
from io import BytesIO
from PIL import Image, ImageSequence

frames = [Image.new("RGBA", (8, 8), (60 * k, 0, 0, 255)) for k in range(4)]
for kind in ("GIF", "PNG", "WEBP", "AVIF"):
    file = BytesIO()
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=[30, 70, 110, 150])
    seen = []
    for how in ("time only", "time, then pixels", "pixels, then time"):
        times = []
        for frame in ImageSequence.Iterator(Image.open(BytesIO(file.getvalue()))):
            if how == "pixels, then time":
                frame.load()
            times.append(frame.info.get("duration"))
            if how == "time, then pixels":
                frame.load()
        seen.append([None if t is None else int(t) for t in times])
    print(kind, *seen)
PYTHON
)
echo "$seen"
wanted='GIF [30, 70, 110, 150] [30, 70, 110, 150] [30, 70, 110, 150]
PNG [30, 70, 110, 150] [30, 70, 110, 150] [30, 70, 110, 150]
WEBP [None, None, None, None] [None, None, None, None] [30, 70, 110, 150]
AVIF [None, None, None, None] [None, None, None, None] [30, 70, 110, 150]'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
