# seconds: 9

# %% [markdown] en
# # Eight hosted tools, and the same on your own machine
#
# What each of the course's eight tools is for, what of yours leaves the machine when you use it, and how
# to do the same with a network in a folder, without any network connection.
#
# **Hosted** means: the network runs on the provider's computers. Your sentence, the pictures that you
# upload and what comes out of them are there as well, next to an account. Terms change: read those of the
# day.
#
# - **DALL·E 3**: pictures out of long sentences, in a conversation. ChatGPT writes a sentence of its
#   own for the picture; files carry C2PA notes, which a screenshot removes.
#   ([C2PA](https://help.openai.com/en/articles/8912793),
#   [sentence](https://community.openai.com/t/726821))
# - **Stable Diffusion**: a family whose weights can be had. Runs hosted, or at home with `--engine`.
#   ([Rombach and others, 2022](https://arxiv.org/abs/2112.10752))
# - **Midjourney**: atmosphere and style; four ideas at a time. Everybody sees your pictures unless you
#   pay for «stealth». ([Midjourney](https://help.midjourney.com/en/articles/9651731))
# - **Adobe Firefly**: parts of a picture drawn anew, inside Photoshop. Learned from licensed pictures
#   and the public domain.
#   ([Adobe](https://adobe.com/cc-shared/fragments/ai-hub/overview/firefly/commitments-to-creators))
# - **Ideogram**: words inside the picture: posters, logos. Letters are where other networks fail.
#   ([Runware](https://runware.ai/docs/models/ideogram-4-0/guides/text-and-design))
# - **Leonardo**: things for games; networks taught with your style. Began with games; belongs to Canva
#   since 2024. ([B2B
#   Daily](https://b2bdaily.com/it/how-will-canvas-acquisition-of-leonardo-ai-transform-creative-tools))
# - **Flux**: sentences followed closely; schnell's weights are free (Apache 2.0), dev's not for sale.
#   Runs hosted, or at home with `--engine`. ([Black Forest
#   Labs](https://github.com/black-forest-labs/flux))
# - **Krea**: it draws while you draw; makes pictures larger. Every stroke is sent.
#   ([SIGGRAPH](https://blog.siggraph.org/2025/04/ai-meets-artistry.html))
# %% [markdown] es
# # Ocho herramientas alojadas, y lo mismo en tu propia máquina
#
# Para qué sirve cada una de las ocho herramientas del curso, qué sale de tu máquina al usarla y cómo
# hacer lo mismo con una red que está en una carpeta, sin conexión alguna.
#
# **Alojada** quiere decir: la red funciona en los ordenadores del proveedor. Tu frase, las imágenes que
# subes y lo que sale de ellas también están allí, junto a una cuenta. Las condiciones cambian: lee las
# del día.
#
# - **DALL·E 3**: imágenes a partir de frases largas, conversando. ChatGPT escribe su propia frase para
#   la imagen; los archivos llevan notas C2PA, que una captura de pantalla borra.
#   ([C2PA](https://help.openai.com/en/articles/8912793),
#   [frase](https://community.openai.com/t/726821))
# - **Stable Diffusion**: una familia cuyos pesos se pueden tener. Funciona alojada o en casa con
#   `--engine`. ([Rombach y otros, 2022](https://arxiv.org/abs/2112.10752))
# - **Midjourney**: atmósfera y estilo; cuatro ideas cada vez. Todos ven tus imágenes si no pagas el
#   modo «stealth». ([Midjourney](https://help.midjourney.com/en/articles/9651731))
# - **Adobe Firefly**: dibujar de nuevo partes de una imagen, dentro de Photoshop. Aprendió de imágenes
#   con licencia y de dominio público.
#   ([Adobe](https://adobe.com/cc-shared/fragments/ai-hub/overview/firefly/commitments-to-creators))
# - **Ideogram**: palabras dentro de la imagen: carteles, logotipos. Las letras son donde fallan otras
#   redes. ([Runware](https://runware.ai/docs/models/ideogram-4-0/guides/text-and-design))
# - **Leonardo**: cosas para juegos; redes enseñadas con tu estilo. Empezó con juegos; es de Canva
#   desde 2024. ([B2B
#   Daily](https://b2bdaily.com/it/how-will-canvas-acquisition-of-leonardo-ai-transform-creative-tools))
# - **Flux**: frases seguidas de cerca; los pesos de schnell son libres (Apache 2.0), los de dev no
#   para vender. Funciona alojada o en casa con `--engine`. ([Black Forest
#   Labs](https://github.com/black-forest-labs/flux))
# - **Krea**: dibuja mientras dibujas; amplía imágenes. Cada trazo se envía.
#   ([SIGGRAPH](https://blog.siggraph.org/2025/04/ai-meets-artistry.html))
# %%
import json
import socket
import warnings
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np

import pincel
from pincel.errors import PincelError
from pincel.lessons import both, goal, pictures, table

# %% tags=["parameters"]
seed = 5  # 0..999; seed of chance; semilla del azar
steps = 10  # 1..64; steps of each drawing; pasos de cada dibujo
# %% [markdown] en
# ## A counter at the door
#
# Everything below runs behind it: whoever opens a connection with Python's sockets, be it this lesson,
# Pincel or a library, is counted and refused.
# %% [markdown] es
# ## Un contador en la puerta
#
# Todo lo de abajo funciona detrás de él: a quien abra una conexión con los sockets de Python, sea esta
# lección, Pincel o una biblioteca, se le cuenta y se le niega.
# %%
calls = []


def refuse(door, address):
    """In place of `socket.connect`: counts, and lets nobody out."""
    calls.append(address)
    raise OSError("refused by the lesson")


def indoors(work):
    """What `work` gives, done behind the counter."""
    closed = {"connect": refuse, "connect_ex": refuse}
    with patch.multiple(socket.socket, **closed), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the libraries tell their own developers
        return work()


def call_out():
    """What a hosted tool would do: open a connection to its provider (192.0.2.1 is nobody's)."""
    with socket.socket() as door:
        try:
            door.connect(("192.0.2.1", 443))
        except OSError as error:
            return str(error)


print(indoors(call_out), len(calls))  # the counter counts
counted = len(calls)
calls.clear()
# %% [markdown] en
# ## What each is for, done here
#
# A sentence (DALL·E 3), several ideas for it (Midjourney), a part drawn anew while every other pixel
# stays (Firefly), things for a game in one palette (Leonardo), a scribble that becomes a thing (Krea). Pincel's
# networks are small: sprites, not photos. Words in the picture (Ideogram) it cannot do at all.
# %% [markdown] es
# ## Para qué sirve cada una, hecho aquí
#
# Una frase (DALL·E 3), varias ideas para ella (Midjourney), una parte dibujada de nuevo mientras los
# demás píxeles se quedan (Firefly), cosas para un juego en una misma paleta (Leonardo), un garabato que se vuelve cosa
# (Krea). Las redes de Pincel son pequeñas: sprites, no fotos. Palabras dentro de la imagen (Ideogram) no
# sabe hacer.
# %%
sentence = both("red potion", "poción roja")
ideas = [
    indoors(lambda k=k: pincel.draw(sentence, seed=seed + k, steps=steps, candidates=2))
    for k in range(4)
]
pictures(
    [one.rgba() for one in ideas],
    [f"{both('seed', 'semilla')} {seed + k}" for k in range(4)],
    columns=4,
    about=both("Four ideas for one sentence", "Cuatro ideas para una frase"),
)
# %%
before = ideas[0].rgba()
mask = np.zeros(before.shape[:2], bool)
mask[len(mask) // 2 :] = True
after = indoors(
    lambda: pincel.edit(
        before, mask=mask, prompt=both("blue potion", "poción azul"), new_colors=True, seed=seed
    )
).rgba()
circle = np.hypot(*(np.mgrid[:32, :32] - 15.5))
scribble = (circle > 11) & (circle < 13)
grown = indoors(
    lambda: pincel.draw(
        both("shield", "escudo"), scribble=scribble, seed=seed, steps=steps, candidates=2
    )
).rgba()
shown = np.where(mask[..., None], [255, 190, 60, 255], before).astype(np.uint8)
pictures(
    [before, shown, after, np.where(scribble, 0.0, 1.0), grown],
    [
        both("before", "antes"),
        both("mask", "máscara"),
        both("anew", "de nuevo"),
        both("scribble", "garabato"),
        both("shield", "escudo"),
    ],
    columns=5,
    about=both(
        "A part drawn anew, and a scribble that became a shield",
        "Una parte dibujada de nuevo y un garabato que se volvió escudo",
    ),
)


# %%
things = [
    both("golden sword", "espada dorada"),
    both("green potion", "poción verde"),
    both("blue shield", "escudo azul"),
    both("red heart", "corazón rojo"),
]
pictures(
    [
        indoors(
            lambda t=thing: pincel.draw(t, palette="pico-8", width=16, seed=seed, candidates=4)
        ).rgba()
        for thing in things
    ],
    things,
    columns=4,
    about=both(
        "Four things for a game, in one palette", "Cuatro cosas para un juego, en una misma paleta"
    ),
)


# %% [markdown] en
# ## A large network of your own: `--engine diffusers:FOLDER`
#
# Stable Diffusion and Flux can be had as a folder of weights. From there the same job draws with them,
# offline, and brings what they draw to the true grid:
#
# `pincel draw "red dragon" --engine diffusers:FOLDER`
#
# Weights of gigabytes do not come with a lesson. So a tiny Stable Diffusion is made here, with all its
# parts (tokenizer, text encoder, U-Net, VAE, scheduler) and weights by chance: it has learned nothing
# and draws noise, but the way is the same. Where diffusers is not installed, the lesson says so and goes
# on.
# %% [markdown] es
# ## Una red grande y propia: `--engine diffusers:CARPETA`
#
# Stable Diffusion y Flux se pueden tener como carpeta de pesos. Desde ahí el mismo trabajo dibuja con
# ellos, sin conexión, y lleva lo que dibujan a la cuadrícula verdadera:
#
# `pincel draw "dragón rojo" --engine diffusers:CARPETA`
#
# Unos pesos de gigabytes no vienen con una lección. Por eso aquí se hace un Stable Diffusion diminuto,
# con todas sus partes (tokenizador, codificador de texto, U-Net, VAE, planificador) y pesos al azar: no
# ha aprendido nada y dibuja ruido, pero el camino es el mismo. Si diffusers no está instalado, la lección
# lo dice y sigue.
# %%
def tiny(folder):
    """Saves a tiny Stable Diffusion with weights by chance, as diffusers saves one."""
    import diffusers
    import torch
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

    letters = "abcdefghijklmnopqrstuvwxyz"
    tokens = [*letters, *(f"{one}</w>" for one in letters), "<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({one: k for k, one in enumerate(tokens)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    words = CLIPTokenizer(
        str(folder / "vocab.json"), str(folder / "merges.txt"), model_max_length=16
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        text = CLIPTextModel(CLIPTextConfig(
            vocab_size=len(tokens), hidden_size=16, intermediate_size=16, num_hidden_layers=1,
            num_attention_heads=2, max_position_embeddings=16,
            bos_token_id=len(tokens) - 2, eos_token_id=len(tokens) - 1,
        ))  # fmt: skip
        unet = diffusers.UNet2DConditionModel(
            sample_size=32, block_out_channels=(8,), layers_per_block=1, norm_num_groups=4,
            down_block_types=("CrossAttnDownBlock2D",), up_block_types=("CrossAttnUpBlock2D",),
            cross_attention_dim=16, attention_head_dim=4, mid_block_type=None,
        )  # fmt: skip
        vae = diffusers.AutoencoderKL(
            block_out_channels=(8, 8), norm_num_groups=4, sample_size=64,
            down_block_types=("DownEncoderBlock2D",) * 2, up_block_types=("UpDecoderBlock2D",) * 2,
        )  # fmt: skip
    pipeline = diffusers.StableDiffusionPipeline(
        vae=vae, text_encoder=text, tokenizer=words, unet=unet,
        scheduler=diffusers.DDIMScheduler(clip_sample=False, set_alpha_to_one=False, steps_offset=1),
        safety_checker=None, feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip
    pipeline.save_pretrained(folder / "tiny", safe_serialization=True)
    return folder / "tiny"


drawn = {}
if all(find_spec(name) for name in ("torch", "diffusers", "transformers")):
    with TemporaryDirectory() as room:
        model = indoors(lambda: tiny(Path(room)))
        for word in (both("red dragon", "dragon rojo"), both("blue sea", "mar azul")):
            for again in (1, 2):
                drawn[word, again] = indoors(
                    lambda word=word: pincel.draw(
                        word, engine=f"diffusers:{model}", seed=seed, steps=2, width=16
                    )
                ).rgba()
        print(", ".join(sorted(part.name for part in model.iterdir())))
else:
    try:
        with TemporaryDirectory() as room:
            pincel.draw(sentence, engine=f"diffusers:{room}")
    except PincelError as error:
        print(error)
# %%
own = ideas[1].rgba()
pictures(
    list(drawn.values())
    or [
        own,
        indoors(lambda: pincel.draw(sentence, seed=seed + 1, steps=steps, candidates=2)).rgba(),
    ],
    [f"{word} ({again})" for word, again in drawn] or [f"{sentence} (1)", f"{sentence} (2)"],
    columns=4,
    about=both(
        "Twice the same sentence and seed: twice the same picture",
        "Dos veces la misma frase y semilla: dos veces la misma imagen",
    ),
)
# %% [markdown] en
# The same sentence and the same seed give the same picture, today and in a year: the weights lie in a
# folder and nobody changes them. A hosted tool is changed by its provider when the provider wants.
#
# ## What left the machine
#
# Side by side: what a hosted tool gets for this lesson, at least, and what was counted here.
# %% [markdown] es
# La misma frase y la misma semilla dan la misma imagen, hoy y dentro de un año: los pesos están en una
# carpeta y nadie los cambia. Una herramienta alojada la cambia su proveedor cuando quiere.
#
# ## Lo que salió de la máquina
#
# Lado a lado: lo que recibe una herramienta alojada por esta lección, como mínimo, y lo que se contó
# aquí.
# %%
sent = (
    len(sentence.encode()) * len(ideas)
    + len("".join(things))
    + before.nbytes
    + mask.size // 8
    + scribble.size // 8
)
table(
    ["", both("hosted", "alojada"), both("here", "aquí")],
    [
        [
            both("bytes of sentences, pictures and masks", "bytes de frases, imágenes y máscaras"),
            sent,
            0 if not calls else "?",
        ],
        [
            both("connections", "conexiones"),
            both("one for each drawing: 10", "una por dibujo: 10"),
            len(calls),
        ],
        [
            both("the counter counted its own trial", "el contador contó su propia prueba"),
            "–",
            both("yes", "sí") if counted == 1 else "no",
        ],
    ],
)
# %% [markdown] en
# The number: connections that were opened while everything above was drawn. A counter that did not
# count its own trial adds one.
# %% [markdown] es
# El número: conexiones que se abrieron mientras se dibujaba todo lo de arriba. Un contador que no
# contase su propia prueba suma una.
# %%
goal(len(calls) + (counted != 1), at_most=0)
