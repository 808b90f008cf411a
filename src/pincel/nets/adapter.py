"""`translate`'s sprites, redrawn in the hand of somebody's own sprites, without pairs.

Nobody has pairs of faces and of sprites in his own way of drawing. But a translator that was taught
on rendered pairs already says what is where in a face (`pincel.nets.translator`). It is kept as it
is; a small network redraws what it says on the grid of the reader's sprites, out of the reader's
own colours. It begins as plain `translate` with that palette, enlarged: every pixel takes the
nearest colour. Then three losses pull at it:

* a discriminator of patches tells its sprites from the reader's (least squares, Mao et al., 2017);
* another network must read in the sprite what the translator had said, pixel by pixel (the cycle of
  Zhu et al., 2017, on parts instead of colours). A cycle of colours can hide a face in faint noise
  (Chu et al., 2017); a pixel that takes one of a few colours holds none;
* shrunk to the translator's grid it must keep its colours.

A pixel's choice has no slope; the probabilities lend it theirs (straight through, Bengio et al.,
2013).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import torch
from pydantic import Field
from torch import Tensor, nn
from torch.nn import functional

from pincel.nets import _network, _oklab, translator

GENERATES = True
CHOOSES = False  # no held-out figure says which weights are best: the last ones are
TASK = "adapting"

ROLES = 15
"""What the shipped translator tells apart."""


class Config(_network.Config):
    """Shape of the network.

    channels  of the sprites (4: with clear pixels);  side  pixels of a face, as the translator
    takes it;  sprite  pixels of a sprite;  colors  of the palette;  width, blocks  of what redraws
    reading, likeness  how much it counts that the parts can be read, and that the colours stay
    """

    channels: Literal[1, 3, 4] = 4
    side: int = Field(64, ge=16, le=256, multiple_of=16)
    sprite: int = Field(32, ge=8, le=64)
    colors: int = Field(24, ge=2, le=64)
    width: int = Field(48, ge=8, le=256, multiple_of=8)
    blocks: int = Field(3, ge=1, le=16)
    reading: float = Field(1.0, ge=0, le=100)
    likeness: float = Field(10.0, ge=0, le=100)


class RedrawingNet(nn.Module):
    """What the translator said, on the sprite's grid, to a choice of colours.

    (n, roles + 3 + 3, s, s): chances of parts, their colours, the face; (n, colors + 1, s, s): how
    near each colour is -> scores (n, colors + 1, s, s); 0 is clear.
    """

    def __init__(self, config: Config) -> None:
        super().__init__()
        width = config.width
        self.into = nn.Conv2d(ROLES + 6, width, 3, 1, 1)
        self.blocks = nn.ModuleList(translator.ToneBlock(width) for _ in range(config.blocks))
        self.out = nn.Conv2d(width, config.colors + 1, 3, 1, 1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)  # type: ignore[arg-type]

    def forward(self, given: Tensor, near: Tensor) -> Tensor:
        """(n, roles + 6, s, s), (n, colors + 1, s, s) -> (n, colors + 1, s, s)."""
        x = self.into(given)
        for block in self.blocks:
            x = block(x)
        return near + self.out(functional.silu(x))


class Net(_network.Net):
    """Faces (n, c, side, side), -1 to 1, to sprites (n, channels, sprite, sprite)."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.config: Config = config
        self.says = translator.Net(translator.Config(side=config.side, roles=ROLES))
        self.says.requires_grad_(False)
        self.redraws = RedrawingNet(config)
        wide = config.width
        self.reads = nn.Sequential(
            nn.Conv2d(4, wide, 3, 1, 1), nn.SiLU(), nn.Conv2d(wide, wide, 3, 1, 1), nn.SiLU(),
            nn.AdaptiveAvgPool2d(config.side // translator.TIMES), nn.Conv2d(wide, ROLES, 3, 1, 1),
        )  # fmt: skip
        self.tells = nn.Sequential(
            nn.Conv2d(4, wide, 3, 1, 1), nn.LeakyReLU(0.2),
            nn.Conv2d(wide, 2 * wide, 4, 2, 1), nn.GroupNorm(8, 2 * wide), nn.LeakyReLU(0.2),
            nn.Conv2d(2 * wide, 2 * wide, 4, 2, 1), nn.GroupNorm(8, 2 * wide), nn.LeakyReLU(0.2),
            nn.Conv2d(2 * wide, 1, 3, 1, 1),
        )  # fmt: skip
        # row 0 is what is clear: colours times alpha are 0 there
        self.register_buffer("palette", torch.zeros(config.colors + 1, 3))
        self.register_buffer("clear", torch.tensor(config.channels == 4))
        self.palette: Tensor
        self.clear: Tensor

    def parts(self) -> dict[str, list[nn.Parameter]]:
        """What redraws and what reads step together, then what tells sprites apart."""
        return {
            "redraws": [*self.redraws.parameters(), *self.reads.parameters()],
            "tells": list(self.tells.parameters()),
        }

    def train(self, mode: bool = True) -> Net:
        """The translator within never learns."""
        super().train(mode)
        self.says.eval()
        return self

    # ----------------------------------------------------------------------------- how it draws

    def told(self, planes: Tensor) -> tuple[Tensor, Tensor]:
        """Planes (n, 3, side, side) -> chances of parts (n, roles, g, g), and colours times alpha
        and alpha as the translator would draw them, (n, 4, g, g), g being a quarter of the side."""
        with torch.no_grad():
            scores, colors = self.says(planes.float())
            chances = scores.softmax(1)
            alpha = 1 - chances[:, :1]
            drawn = torch.einsum("nrhw,nrc->nchw", chances[:, 1:], colors[:, 1:])
        return chances, torch.cat([drawn, alpha], 1)

    def forward(self, planes: Tensor) -> tuple[Tensor, Tensor]:
        """Planes (n, 3, side, side) -> scores (n, colors + 1, s, s) before the softmax, and the
        colours (n, colors + 1, 3): as a translator answers."""
        chances, drawn = self.told(planes)
        scores = self._scores(planes, chances, drawn)
        return scores, self.palette + torch.zeros_like(scores[:, :1, 0, :1])

    def _scores(self, planes: Tensor, chances: Tensor, drawn: Tensor) -> Tensor:
        size = self.config.sprite
        large = functional.interpolate(torch.cat([chances, drawn], 1), size, mode="nearest")
        color, alpha = large[:, ROLES : ROLES + 3], large[:, -1:]
        far = color / alpha.clamp(min=0.05)
        far = (far[:, None] - self.palette[None, 1:, :, None, None]).square().sum(2)
        empty = (alpha < 0.5).to(far)
        clear = 16 * empty - 8 if self.clear else torch.full_like(alpha, -1e4)
        near = torch.cat([clear, -SHARP * far], 1)
        if not self.clear:  # what is nothing has the colour of the ground, the last of the palette
            near = torch.cat([near[:, :-1], near[:, -1:] + 60 * empty], 1)
        face = functional.interpolate(planes, size, mode="bilinear")
        return self.redraws(torch.cat([large[:, :-1], face], 1), near)

    def drawn(self, scores: Tensor) -> Tensor:
        """Scores (n, colors + 1, s, s) as colours times alpha and alpha, (n, 4, s, s): each pixel
        one colour, with the slope of the probabilities."""
        soft = scores.float().softmax(1)
        hard = functional.one_hot(soft.argmax(1), soft.shape[1]).movedim(3, 1).to(soft)
        chosen = hard + soft - soft.detach()
        table = torch.cat([self.palette, torch.ones_like(self.palette[:, :1])], 1)
        table = table * (torch.arange(len(table), device=table.device) > 0)[:, None]
        # not einsum: in 16 bits the colours would no longer be those of the palette
        return torch.stack([(chosen * one[:, None, None]).sum(1) for one in table.T], 1)

    def planes(self, pictures: Tensor) -> Tensor:
        """Prepared pictures (n, c, side, side), -1 to 1, as the translator takes them."""
        return self.says.planes(pictures)

    def restore(self, pictures: Tensor) -> Tensor:
        """Faces (n, c, side, side) as sprites at the same size, each pixel a block."""
        return self.as_face(self.as_shown(self.drawn(self(self.planes(pictures))[0])))

    def shows(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """Pictures of faces (n, c, side, side), and what became of them at the same size."""
        return pictures, self.restore(pictures)

    def as_shown(self, drawn: Tensor) -> Tensor:
        """(n, 4, s, s) of `drawn` as prepared pictures (n, channels, s, s), -1 to 1."""
        alpha = drawn[:, 3:].clamp(0, 1)
        rgb = _oklab.decode(drawn[:, :3] / alpha.clamp(min=1e-3))
        rgb = (rgb + 1) * alpha - 1
        count = self.config.channels
        if count >= 3:
            return torch.cat([rgb, 2 * alpha - 1], 1)[:, :count]
        return torch.cat([rgb.mean(1, keepdim=True), 2 * alpha - 1], 1)[:, :count]

    def as_face(self, sprites: Tensor) -> Tensor:
        """Sprites (n, c, sprite, sprite) at the size of faces, (n, c, side, side)."""
        return functional.interpolate(sprites, self.config.side, mode="nearest")

    def as_taught(self, sprites: Tensor) -> Tensor:
        """Prepared sprites (n, c, s, s), -1 to 1 (c 4: colours times alpha), as `drawn` gives
        them."""
        if sprites.shape[1] == 4:
            given = _oklab.encode(sprites)
            return torch.cat([given[:, :3], (given[:, 3:] + 1) / 2], 1)
        rgb = sprites[:, :1].expand(-1, 3, -1, -1) if sprites.shape[1] < 3 else sprites[:, :3]
        return torch.cat([_oklab.encode(rgb), torch.ones_like(rgb[:, :1])], 1)

    # ----------------------------------------------------------------------------- how it learns

    def losses(self, batch: tuple[Tensor, Tensor]) -> Iterator[tuple[str, Tensor]]:
        """What redraws, then what tells apart, on prepared faces (n, c, side, side) and sprites
        (n, channels, s, s)."""
        faces, sprites = batch
        loss, made = self._drawing(faces)
        yield "redraws", loss
        real = self.as_taught(sprites).detach().requires_grad_(True)
        verdicts = self.tells(real)
        apart = (verdicts - 1).square().mean() + self.tells(made.detach()).square().mean()
        (slopes,) = torch.autograd.grad(verdicts.float().sum(), real, create_graph=True)
        yield "tells", apart / 2 + _CALM * slopes.square().sum((1, 2, 3)).mean()

    def _drawing(self, faces: Tensor) -> tuple[Tensor, Tensor]:
        planes = self.planes(faces)
        chances, plain = self.told(planes)
        made = self.drawn(self._scores(planes, chances, plain))
        loss = (self.tells(made) - 1).square().mean()
        read = self.reads(made)
        loss = loss + self.config.reading * functional.cross_entropy(read, chances.argmax(1))
        small = functional.adaptive_avg_pool2d(made, plain.shape[-1])
        weight = plain[:, 3:] if not self.clear else torch.ones_like(plain[:, 3:])
        off = functional.smooth_l1_loss(small, plain, reduction="none", beta=0.05)
        return loss + self.config.likeness * (off * weight).mean(), made

    def judge(self, batch: tuple[Tensor, Tensor]) -> dict[str, float]:
        """On (faces, sprites) that nobody learns from: the loss, the share of the parts that can be
        read, and how far the sprites pass for real ones."""
        faces, _ = batch
        loss, made = self._drawing(faces)
        chances, _ = self.told(self.planes(faces))
        right = self.reads(made).argmax(1) == chances.argmax(1)
        return {
            "loss": float(loss),
            "read": float(right.float().mean()),
            "fooled": float((self.tells(made) - 1).square().mean()),
        }


_CALM = 0.05
SHARP = 60.0
"""How much a squared distance of colours counts in the scores."""


def start(net: Net) -> None:
    """The translator within becomes the shipped one, where the sizes are its own."""
    if net.config.side != 64:
        return
    from importlib import resources

    import onnx

    file = resources.files("pincel") / "weights" / "translator.faces.translator.onnx"
    graph = onnx.load_model_from_string(file.read_bytes()).graph
    held = {one.name.removesuffix(".half"): one for one in graph.initializer}
    weights = net.says.state_dict()
    for name, value in weights.items():
        if name != "worth":  # counts in its own teaching alone
            found = torch.from_numpy(onnx.numpy_helper.to_array(held[name]).astype("float32"))
            weights[name] = found.reshape(value.shape)
    net.says.load_state_dict(weights)


def recipe(config: Config) -> dict[str, object]:
    """A calm rate, as such duels need it; the averaged weights are kept."""
    return {"rate": 5e-4, "batch": 8, "betas": (0.5, 0.99), "decay": 0.0, "average": 0.99,
            "clip": 1.0, "warm": 0.0}  # fmt: skip
