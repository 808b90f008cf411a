#!/usr/bin/env bash
# gradio 6.31.0 and streamlit 1.67.0, the two usual ways to show a network's result in a page: a sprite of 16 colours,
# given as an array, is not what the page shows. gr.Image and gr.Gallery write it as lossy WebP (hundreds of colours),
# st.image as JPEG wherever it has no transparency. Who saves the picture from the page, or judges pixel art by it,
# has another picture. format="png" and output_format="PNG" show every pixel.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check gradio==6.31.0 streamlit==1.67.0 numpy==2.4.1
seen=$(cd "$folder" && GRADIO_ANALYTICS_ENABLED=False GRADIO_TEMP_DIR="$folder/files" "$folder/venv/bin/python" -W ignore - 2>/dev/null <<'PYTHON'
from pathlib import Path
import gradio
import numpy as np
from PIL import Image
from streamlit.testing.v1 import AppTest

rng = np.random.default_rng(0)
sprite = rng.integers(0, 256, (16, 3), dtype=np.uint8)[rng.integers(0, 16, (32, 32))]

def said(name, path):
    back = np.asarray(Image.open(path).convert("RGB"))
    colors = len(np.unique(back.reshape(-1, 3), axis=0))
    print(name, Path(path).suffix, "exact" if np.array_equal(back, sprite) else "16 colours" if colors == 16 else "hundreds of colours")

said("gr.Image", gradio.Image().postprocess(sprite).path)
said("gr.Gallery", gradio.Gallery().postprocess([sprite]).root[0].image.path)
said('gr.Image(format="png")', gradio.Image(format="png").postprocess(sprite).path)

PAGE = """
import numpy as np
import streamlit
streamlit.image(np.zeros((32, 32, 3), np.uint8))
streamlit.image(np.zeros((32, 32, 3), np.uint8), output_format="PNG")
streamlit.image(np.zeros((32, 32, 4), np.uint8))
"""
shown = AppTest.from_string(PAGE).run().main.children.values()
print("st.image: plain, output_format PNG, with alpha:", *(Path(each.proto.imgs[0].url).suffix for each in shown))
PYTHON
)
echo "$seen"
wanted='gr.Image .webp hundreds of colours
gr.Gallery .webp hundreds of colours
gr.Image(format="png") .png exact
st.image: plain, output_format PNG, with alpha: .jpg .png .png'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
