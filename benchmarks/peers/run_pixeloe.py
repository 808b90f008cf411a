"""PixelOE's torch pipeline on the processor, 8 pixels a cell."""

import numpy as np
import torch
from each import CELL, each
from PIL import Image
from pixeloe.torch.pixelize import pixelize


def convert(task):
    rgb = np.asarray(Image.open(task["large"]).convert("RGB"), np.float32) / 255
    sprite = pixelize(
        torch.from_numpy(rgb).permute(2, 0, 1)[None],
        pixel_size=CELL,
        mode=task["way"],
        do_quant=True,
        num_colors=task["colors"],
        no_post_upscale=True,
        backend="torch",
    )
    out = sprite[0].permute(1, 2, 0).clamp(0, 1).mul(255).round().byte().numpy()
    Image.fromarray(out).save(task["out"])


each(convert)
