# seconds: 8

# %% [markdown] en
# # Limits, uses and ethics of pictures that a network made
#
# What a network that draws cannot do, which habits its data gave it, what a picture costs, and how a
# file says by itself who made it and how.
#
# Everything is tried on Pincel's own small network (`pincel draw`), because there every part can be
# looked into. Large networks have the same limits at another size.
# %% [markdown] es
# # Límites, usos y ética de las imágenes que hizo una red
#
# Qué no sabe hacer una red que dibuja, qué costumbres le dieron sus datos, cuánto cuesta una imagen y
# cómo un archivo cuenta por sí mismo quién lo hizo y cómo.
#
# Todo se prueba con la pequeña red de Pincel (`pincel draw`), porque en ella se puede mirar cada parte.
# Las redes grandes tienen los mismos límites a otro tamaño.
# %%
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image
from skimage.color import rgb2hsv

import pincel
from pincel.errors import PincelError
from pincel.lessons import both, goal, pictures, table
from pincel.make.words.prompt import understand
from pincel.recipe import recipe

# %% tags=["parameters"]
tries = 16  # 4..64; drawings of each thing; dibujos de cada cosa
watts = 30  # 5..500; watts of the computer at work; vatios del ordenador trabajando
seed = 0  # 0..999; seed of chance; semilla del azar
# %% [markdown] en
# ## Limits: it does not write, and does not know who does what
#
# A network knows what its captions knew. This one was never taught letters, nor who does what to whom,
# nor left and right. Nor does it count: «three coins» come out because a rule draws a coin three times.
# The table says what it makes of words that it does not know.
# %% [markdown] es
# ## Límites: no escribe ni sabe quién hace qué
#
# Una red sabe lo que sabían los textos de sus datos. A esta nunca se le enseñaron letras, ni quién hace
# qué a quién, ni izquierda y derecha. Tampoco cuenta: «tres monedas» salen porque una regla dibuja una
# moneda tres veces. La tabla dice qué hace con las palabras que no conoce.
# %%
asked = [
    both("the word HELLO", "la palabra HOLA"),
    both("a knight who rides a horse", "un caballero que monta a caballo"),
    both("a sword left of a shield", "una espada a la izquierda de un escudo"),
]
meant = [understand(text) for text in asked]
table(
    [
        both("asked", "pedido"),
        both("known words", "palabras conocidas"),
        both("taken for", "tomado por"),
        both("ignored", "ignorado"),
    ],
    [
        [
            text,
            ", ".join(both(english, spanish) for _, english, spanish in one.words) or "–",
            ", ".join(
                f"{word} → {both(english, spanish)}" for word, english, spanish in one.replaced
            )
            or "–",
            ", ".join(one.unknown) or "–",
        ]
        for text, one in zip(asked, meant, strict=True)
    ],
)
# %%
pictures(
    [pincel.draw(text, seed=seed, candidates=2).rgba() for text in asked],
    asked,
    about=both("What it draws for the three sentences", "Lo que dibuja para las tres frases"),
)
# %% [markdown] en
# ## Bias: the colour that nobody asked for
#
# Ask for a thing without a colour, many times, each from another noise. If the colours came from
# nowhere, each would come about equally often. They come from the data.
# %% [markdown] es
# ## Sesgo: el color que nadie pidió
#
# Pide una cosa sin color, muchas veces, cada una desde otro ruido. Si los colores no vinieran de ningún
# sitio, cada uno saldría más o menos igual de a menudo. Vienen de los datos.
# %%
hues = [both("red", "rojo"), both("yellow", "amarillo"), both("green", "verde"),
        both("cyan", "cian"), both("blue", "azul"), both("magenta", "magenta")]  # fmt: skip
grey = both("grey", "gris")


def main_color(rgba):
    """The colour that most of the colourful pixels have."""
    hue, saturation, value = rgb2hsv(rgba[rgba[..., 3] > 0][:, :3]).T
    strong = saturation * value * (saturation > 0.25)
    if strong.sum() < 0.05 * len(hue):
        return grey
    which = ((hue * 6 + 0.5) % 6).astype(int)
    return hues[int(np.bincount(which, strong, 6).argmax())]


things = [both("heart", "corazón"), both("potion", "poción"), both("slime", "slime")]
drawn = {
    thing: [
        pincel.draw(thing, width=16, steps=8, seed=seed + k, candidates=1).rgba()
        for k in range(tries)
    ]
    for thing in things
}
counts = {thing: Counter(map(main_color, made)) for thing, made in drawn.items()}
pictures(
    [one for made in drawn.values() for one in made[:8]],
    columns=8,
    about=both(
        "Hearts, potions and slimes without a colour asked",
        "Corazones, pociones y slimes sin pedir color",
    ),
)
# %%
table(
    [both("thing", "cosa"), *hues, grey, both("most often", "el más frecuente")],
    [
        [
            thing,
            *(seen[name] for name in [*hues, grey]),
            f"{100 * max(seen.values()) / tries:.0f} %",
        ]
        for thing, seen in counts.items()
    ],
)
# %% [markdown] en
# A colour is a harmless habit. With the same mechanism a network gives professions a sex and beauty a
# skin colour: **inherent bias**, inherited from the data. The way to see it is the same: ask many
# times, count.
#
# ## What a picture costs
#
# Training is the expensive part (this network: 105 minutes of one core; large ones: thousands of
# processors for weeks). Every drawing costs something too, measured here.
# %% [markdown] es
# Un color es una costumbre inofensiva. Por el mismo mecanismo una red da sexo a los oficios y color de
# piel a la belleza: **sesgos inherentes**, heredados de los datos. La manera de verlos es la misma:
# pedir muchas veces y contar.
#
# ## Lo que cuesta una imagen
#
# Lo caro es entrenar (esta red: 105 minutos de un núcleo; las grandes: miles de procesadores durante
# semanas). Cada dibujo también cuesta algo, y aquí se mide.
# %%
begun = time.process_time()
pincel.draw(things[0], seed=seed)
seconds = time.process_time() - begun
table(
    [both("one drawing, best of 6", "un dibujo, el mejor de 6"), ""],
    [
        [both("seconds of processor", "segundos de procesador"), seconds],
        [both("watt-hours", "vatios-hora"), seconds * watts / 3600],
        [
            both("drawings for one kilowatt-hour", "dibujos por un kilovatio-hora"),
            round(3.6e6 / (seconds * watts)),
        ],
    ],
    digits=4,
)
# %% [markdown] en
# ## Where it is used
#
# The eight fields of the course, what each hopes for, what to look out for, and with what part of
# Pincel it can be tried.
#
# - **Marketing**: many versions of one picture, fast. Look out for: people who do not exist, shown as
#   customers. Try: `draw --count`.
# - **Graphic design**: ideas, colours, logos. Look out for: nearness to somebody's logo. Try:
#   `palette`, `search`.
# - **Product**: simulations, interfaces. Look out for: a picture promises what cannot be built. Try:
#   `edit`.
# - **Education**: drawings for one lesson. Look out for: mistakes that look sure of themselves. Try:
#   `lesson`.
# - **Entertainment**: worlds and characters. Look out for: the work and the style of artists. Try:
#   `sheet`, `style`.
# - **Architecture**: views of what is planned. Look out for: details that were made up. Try:
#   `repaint`.
# - **Fashion**: garments, catalogues. Look out for: bodies of only one kind. Try: `walk`.
# - **Medicine**: sharper pictures, signs of illness. Look out for: a detail made up is a wrong
#   diagnosis. Try: `upscale`, `explain`, `audit`.
#
# ## The file says how it came about
#
# A drawing of Pincel carries its recipe, and the mark of the press agencies' standard (IPTC) for
# pictures made by a model. Here is what stands in one.
# %% [markdown] es
# ## Dónde se usa
#
# Los ocho campos del curso, lo que cada uno espera, con qué hay que tener cuidado y con qué parte de
# Pincel se puede probar.
#
# - **Marketing**: muchas versiones de una imagen, deprisa. Cuidado con: gente que no existe, mostrada
#   como clientes. Pruébalo: `draw --count`.
# - **Diseño gráfico**: ideas, colores, logotipos. Cuidado con: parecerse al logotipo de alguien.
#   Pruébalo: `palette`, `search`.
# - **Producto**: simulaciones, interfaces. Cuidado con: una imagen promete lo que no se puede
#   construir. Pruébalo: `edit`.
# - **Educación**: dibujos para una clase. Cuidado con: errores que parecen seguros de sí mismos.
#   Pruébalo: `lesson`.
# - **Entretenimiento**: mundos y personajes. Cuidado con: el trabajo y el estilo de los artistas.
#   Pruébalo: `sheet`, `style`.
# - **Arquitectura**: vistas de lo proyectado. Cuidado con: detalles inventados. Pruébalo: `repaint`.
# - **Moda**: prendas, catálogos. Cuidado con: cuerpos de una sola clase. Pruébalo: `walk`.
# - **Medicina**: imágenes más nítidas, signos de enfermedad. Cuidado con: un detalle inventado es un
#   diagnóstico falso. Pruébalo: `upscale`, `explain`, `audit`.
#
# ## El archivo cuenta cómo se hizo
#
# Un dibujo de Pincel lleva su receta y la marca de la norma de las agencias de prensa (IPTC) para
# imágenes hechas por un modelo. Esto es lo que hay en uno.
# %%
room = TemporaryDirectory()
folder = Path(room.name)
sentences = [
    both("red dragon", "dragón rojo"),
    both("blue potion", "poción azul"),
    both("green tree", "árbol verde"),
]
files = [folder / f"{number}.png" for number in range(len(sentences))]
for sentence, file in zip(sentences, files, strict=True):
    pincel.draw(sentence, seed=seed, candidates=2, out=file)

made = recipe.read_recipe(files[0].read_bytes())
with Image.open(files[0]) as picture:
    inside = picture.info
mark = "trainedAlgorithmicMedia"
table(
    [both("field", "campo"), both("what it says", "lo que dice")],
    [
        ["Software", inside["Software"]],
        ["Description", inside["Description"].split(" / ")[both(0, 1)]],
        ["IPTC DigitalSourceType", mark if mark in str(inside["xmp"]) else "–"],
        [both("sentence", "frase"), made["settings"]["prompt"]],
        [both("seed", "semilla"), str(made["seed"])],
        [
            both("network", "red"),
            f"{made['model']['name']} (sha256 {made['model']['sha256'][:12]}…)",
        ],
        [both("versions", "versiones"), ", ".join(f"{k} {v}" for k, v in made["versions"].items())],
    ],
)
# %% [markdown] en
# ## Whose pictures taught it?
#
# Each network that comes with Pincel has a card beside it, with its data and their licences. `CC0`
# asks for nothing, `CC BY` that the author is named, `BSD` that the notice goes along. A recipe says
# which network drew; the card says whom it learned from. Not every hosted service says that.
# %% [markdown] es
# ## ¿De quién son las imágenes que le enseñaron?
#
# Cada red que viene con Pincel tiene una ficha al lado, con sus datos y sus licencias. `CC0` no pide
# nada, `CC BY` que se nombre al autor, `BSD` que el aviso vaya con ella. La receta dice qué red dibujó;
# la ficha, de quién aprendió. No todos los servicios alojados lo dicen.
# %%
card = Path(pincel.__file__).parent / "weights" / f"{made['model']['name']}.md"
told = card.read_text("utf-8")
named = both("name the author", "nombrar al autor")
sets = [
    ["Dungeon Crawl", "CC0", "–"],
    ["Superpowers", "CC0", "–"],
    ["Kenney", "CC0", "–"],
    ["DawnLike", "CC BY 4.0", named],
    ["SerenityOS", "BSD 2-clause", both("keep its notice", "conservar su aviso")],
]
table(
    [both("data", "datos"), both("licence", "licencia"), both("it asks", "pide"), card.name],
    [
        [*row, both("stands there", "consta") if row[0] in told and row[1] in told else "–"]
        for row in sets
    ],
)


# %% [markdown] en
# ## Is it true? Make it again
#
# A note in a file is a claim. This one can be checked: `pincel redo` reads the recipe and makes the
# picture anew; if every byte is equal, the recipe is true. Two counter-trials: the picture saved anew
# by another program, and a recipe in which somebody changed the seed.
# %% [markdown] es
# ## ¿Es verdad? Hazla otra vez
#
# Una nota en un archivo es una afirmación. Esta se puede comprobar: `pincel redo` lee la receta y hace
# la imagen de nuevo; si todos los bytes son iguales, la receta es cierta. Dos contrapruebas: la imagen
# guardada de nuevo por otro programa y una receta en la que alguien cambió la semilla.
# %%
def true_recipe(file):
    """Whether the recipe in the file makes exactly this file."""
    again = folder / f"again-{file.name}"
    pincel.redo(file, out=again, force=True)
    return again.read_bytes() == file.read_bytes()


def pixels(file):
    """(h, w, 4): what the file shows, and nothing of its notes."""
    with Image.open(file) as picture:
        return np.asarray(picture.convert("RGBA"))


copy = folder / "copy.png"
Image.fromarray(pixels(files[0])).save(copy)
forged = folder / "forged.png"
forged.write_bytes(
    recipe.stamp(
        files[0].read_bytes(),
        made | {"seed": seed + 1, "settings": made["settings"] | {"seed": seed + 1}},
    )
)

answers = [true_recipe(file) for file in files]
rows = [
    [sentence, both("true", "cierta") if right else both("not true", "no cierta")]
    for sentence, right in zip(sentences, answers, strict=True)
]
try:
    true_recipe(copy)
    rows.append([both("saved anew", "guardada de nuevo"), both("kept", "conservada")])
except PincelError:
    rows.append(
        [
            both("saved anew", "guardada de nuevo"),
            both("lost: the file says nothing any more", "perdida: el archivo ya no dice nada"),
        ]
    )
caught = not true_recipe(forged)
rows.append(
    [
        both("seed changed", "semilla cambiada"),
        both("not true: caught", "no cierta: descubierta")
        if caught
        else both("not noticed", "no se notó"),
    ]
)
table([both("picture", "imagen"), both("recipe", "receta")], rows)
# %% [markdown] en
# So a recipe that is there can be trusted after `redo`, and one that is missing proves nothing: to tell
# a deepfake, missing notes are no help. The number: the share of our drawings whose recipe makes them
# again byte for byte; it counts only if the forged one was caught.
# %% [markdown] es
# Así que de una receta presente te puedes fiar tras `redo`, y una ausente no prueba nada: para reconocer
# un deepfake, que falten notas no sirve. El número: la parte de nuestros dibujos cuya receta los rehace
# byte a byte; solo cuenta si se descubrió la falsificada.
# %%
pictures(
    [pixels(file) for file in [files[0], folder / "again-0.png", folder / "again-forged.png"]],
    [
        both("the drawing", "el dibujo"),
        both("made again", "hecho otra vez"),
        both("forged recipe", "receta falsa"),
    ],
    about=both(
        "The drawing, the same made again, and what the forged recipe makes",
        "El dibujo, el mismo hecho otra vez y lo que hace la receta falsa",
    ),
)
room.cleanup()
# %%
goal(np.mean(answers) if caught else 0.0, at_least=1)
