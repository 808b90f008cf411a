"""Pictures of the documentation that `draw` makes: a fixed list of prompts, seeds not chosen."""

from __future__ import annotations

import io

import numpy as np
from matplotlib.font_manager import findfont
from PIL import Image, ImageDraw, ImageFont

import pincel

PROMPTS = (
    "stone golem", "sirena", "pirate ship", "robot rojo", "fire elemental", "coche de policía",
    "blue portal", "dragón dorado", "raccoon", "guitarra", "taco", "three coins",
)  # fmt: skip
"""Things that it draws well; the page names what it draws badly."""
_GAP, _FOOT = 14, 24
_PAPER, _INK = (250, 248, 244), (60, 56, 66)


def prompted(
    prompts: tuple[str, ...], each: int, across: int, scale: int, ground: tuple, width: int = 32
) -> bytes:
    """Prompts with their first seeds side by side, on a ground of this colour."""
    side = width * scale
    cell = each * (side + 4) + _GAP
    down = -(-len(prompts) // across)
    size = (across * cell + _GAP, down * (side + _FOOT + _GAP) + _GAP)
    sheet = Image.new("RGB", size, _PAPER)
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(findfont("DejaVu Sans"), 14)
    for place, prompt in enumerate(prompts):
        x = _GAP + place % across * cell
        y = _GAP + place // across * (side + _FOOT + _GAP)
        more = {"width": width} | ({"count": each} if each > 1 else {})
        made = pincel.draw(prompt, **more)
        made = made if each > 1 else [made]
        for number, sprite in enumerate(made):
            shown = Image.fromarray(sprite.rgba(scale=scale))
            left = x + number * (side + 4)
            pen.rectangle((left, y, left + side - 1, y + side - 1), fill=ground)
            sheet.paste(shown, (left, y), shown)
        pen.text((x, y + side + 4), prompt, _INK, font)
    return _png(sheet)


def drawn() -> bytes:
    """Twelve prompts, two seeds each."""
    return prompted(PROMPTS, 2, 4, 4, (240, 238, 233))


FACES = (
    "face of a woman with blonde hair", "cara triste", "face with glasses", "bearded face",
    "angry face", "cara con sombrero", "bald man face", "retrato de una niña feliz",
)  # fmt: skip


def faces() -> bytes:
    """Eight faces of parts, the first four seeds of each."""
    return prompted(FACES, 4, 2, 3, _PAPER)


PLACES = (
    "house", "casa de madera", "hut", "granero", "una iglesia", "shop",
    "castle", "torre azul", "lighthouse", "molino de viento", "red tent", "pozo",
    "oak tree", "cerezo en flor", "snowy pine", "palmera", "dead tree", "sauce",
    "pink flower", "girasol", "red rose", "seta azul", "cactus", "hoja de otoño",
)  # fmt: skip


def places() -> bytes:
    """Buildings and plants by rules, the first seed of each."""
    return prompted(PLACES, 1, 6, 4, (240, 238, 233))


BEASTS = (
    "brown monkey", "gato negro", "grey elephant", "tiburón gris", "white unicorn", "búho",
    "green frog", "zorro", "pink pig", "mariposa azul", "striped cat", "tortuga",
    "vaca", "abeja", "brown horse", "pulpo morado", "penguin",
    "caracol rojo", "red parrot", "ciervo", "spider", "ballena", "lion", "cocodrilo",
)  # fmt: skip


def beasts() -> bytes:
    """Twenty-four animals of shapes, the first seed of each."""
    return prompted(BEASTS, 1, 8, 4, (240, 238, 233))


TRADES = (
    "doctor", "enfermera", "miner", "blacksmith", "pescador", "chef", "cowboy", "vikingo",
    "samurai", "ninja", "pirate", "ángel", "paladin", "druida", "necromancer",
    "bard", "abuela con gafas", "scientist", "bailarina", "genie", "sheriff", "granjero",
    "illusionist", "sultan",
)  # fmt: skip


def trades() -> bytes:
    """Twenty-four people of trades, the first seed of each."""
    return prompted(TRADES, 1, 8, 4, (240, 238, 233))


STATES = (
    "rusty sword", "espada rota", "frozen dragon", "casa ardiendo", "ghost ship", "sleeping cat",
    "lobo enfadado", "orc warrior", "mago esqueleto", "glowing mushroom", "mossy shield",
    "silla rota", "cursed book", "cracked egg", "árbol nevado", "knight with an axe",
    "mujer con una cesta", "perro triste", "holy sword", "dirty pot", "bloody axe",
    "zombie pirate", "sitting dog", "undead knight", "haunted house", "howling wolf",
    "árbol quemado", "pirate flag", "petrified goblin", "mapa roto",
    "melting snowman", "sunken ship",
)  # fmt: skip


def states() -> bytes:
    """Thirty-two sentences that say a state, a mood, two names or a thing in hand."""
    return prompted(STATES, 1, 8, 4, (240, 238, 233))


ICONS = (
    "sword", "shield", "potion", "coin", "llave", "chest", "bow", "axe", "scroll", "libro", "ring",
    "gem", "heart", "apple", "bread", "queso", "mushroom", "tree", "casa", "castle", "bomb",
    "torch", "door", "barril", "star", "moon", "slime", "ghost", "skull", "murciélago", "dragon",
    "cat", "dog", "chicken", "knight", "wizard", "princesa", "miner", "cowboy", "lock",
)  # fmt: skip


def icons() -> bytes:
    """Forty things at 16 pixels, the first seed of each."""
    return prompted(ICONS, 1, 10, 5, (240, 238, 233), 16)


HERDS = ("dog", "gato", "red bird", "pez")


def herds() -> bytes:
    """Eight seeds in a row of four animals."""
    return prompted(HERDS, 8, 1, 3, (240, 238, 233))


SIGNS = (
    "purple heart", "medio corazón", "corazón roto", "gold star", "flecha a la derecha", "gear",
    "candado", "red dragon", "reloj", "envelope", "trophy", "rayo",
    "skull", "question mark", "red pencil", "floppy disk", "green slime", "montaña nevada",
    "volcano", "blue flames", "ola", "nube de lluvia", "planet with rings", "isla",
)  # fmt: skip


def signs() -> bytes:
    """Signs and nature by rules, the first seed of each."""
    return prompted(SIGNS, 1, 6, 4, (240, 238, 233))


MACHINES = (
    "red car", "coche de policía", "taxi", "fire truck", "school bus", "tractor verde",
    "steam locomotive", "moto roja", "bicycle", "barco pirata", "velero", "yellow submarine",
    "airplane", "helicóptero", "cohete", "ufo", "globo aerostático", "tank",
    "guitarra", "tambor", "golden bell", "gamepad", "old tv", "telescopio",
    "regalo", "magnet", "ancla", "dados", "umbrella", "gafas de sol",
)  # fmt: skip


def machines() -> bytes:
    """Vehicles, instruments and gadgets by rules, the first seed of each."""
    return prompted(MACHINES, 1, 6, 4, (240, 238, 233))


ITEMS = (
    "espada de hielo", "gold-hilted dagger", "silver axe", "war hammer", "arco de madera", "staff",
    "varita mágica", "wooden shield", "casco vikingo", "leather boots", "golden crown", "capa roja",
    "red potion", "botella verde", "ring with a ruby", "gema azul", "gold coin", "llave",
    "chest full of gold", "libro abierto", "scroll", "vela con llama azul", "bomb",
    "puerta de madera",
)  # fmt: skip


def items() -> bytes:
    """Items by rules, the first seed of each."""
    return prompted(ITEMS, 1, 6, 4, (240, 238, 233))


ROOMS = (
    "blue portal", "puerta de castillo", "ventana rota", "stairs down", "altar",
    "stone statue", "golden throne", "fountain", "mimic",
    "old wooden chair", "mesa redonda", "cama azul", "bookshelf", "sofá verde", "oil lamp",
    "broken mirror", "basket of apples", "treasure",
    "túnica azul", "vestido rosa", "leather jacket", "máscara", "leather belt", "bufanda roja",
    "flail", "scythe", "látigo",
    "purple crystals", "blue rune", "crystal ball", "alas blancas", "nest with blue eggs",
    "paleta de pintor", "gold medal", "bola de fuego", "tornado",
)  # fmt: skip


def furnished() -> bytes:
    """What stands in rooms, is worn or flies about, by rules, the first seed of each."""
    return prompted(ROOMS, 1, 6, 4, (240, 238, 233))


def hoard() -> bytes:
    """Four items, eight seeds each."""
    return prompted(("sword", "poción", "gem", "cofre"), 8, 1, 3, (240, 238, 233))


GROUNDS = (
    "grass", "hierba con flores", "autumn leaves", "tierra", "cracked earth", "sand",
    "snow", "hielo agrietado", "water", "lava", "swamp", "suelo de piedra",
    "cobblestones", "brick wall", "mossy stone wall", "wooden floor", "parqué",
    "checkerboard", "blue carpet", "metal plates", "sci-fi floor", "tejas", "red dragon scales",
    "cielo nocturno",
)  # fmt: skip
MEETING = ("grass and water", "sand and deep water", "nieve y roca")


def tiles() -> bytes:
    """Ground tiles by rules, four seeds of each side by side, and sheets of two grounds."""
    side, across = 128, 6
    cell = side + _GAP
    down = len(GROUNDS) // across
    size = (across * cell + _GAP, down * (cell + _FOOT) + 2 * side + _FOOT + 2 * _GAP)
    sheet = Image.new("RGB", size, _PAPER)
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(findfont("DejaVu Sans"), 14)
    for place, prompt in enumerate((*GROUNDS, *MEETING)):
        x = _GAP + place % across * cell
        y = _GAP + place // across * (cell + _FOOT)
        if prompt in MEETING:
            made = pincel.draw(prompt, tile=True).rgba(scale=2)
            x, y = _GAP + MEETING.index(prompt) * 2 * cell, _GAP + down * (cell + _FOOT)
        else:
            four = [one.rgba(scale=2) for one in pincel.draw(prompt, tile=True, count=4)]
            made = np.concatenate([np.concatenate(four[:2], 1), np.concatenate(four[2:], 1)])
        sheet.paste(Image.fromarray(made), (x, y))
        pen.text((x, y + len(made) + 4), prompt, _INK, font)
    data = io.BytesIO()
    sheet.save(data, "PNG", optimize=True)
    return data.getvalue()


MONSTERS = (
    "stone golem", "gólem de hielo", "mummy", "sirena", "fairy", "minotauro", "cyclops", "gigante",
    "robot", "extraterrestre", "snowman", "gárgola", "fire elemental", "elemental de agua", "harpy",
    "centauro", "sphinx", "grifo", "phoenix", "hidra", "naga", "kraken", "red kobold", "yeti",
)  # fmt: skip


def monsters() -> bytes:
    """Twenty-four monsters, the first seed of each."""
    return prompted(MONSTERS, 1, 8, 4, (240, 238, 233))


SEVERAL = (
    "three coins", "knight next to a castle", "gato sobre una caja", "sword and shield",
    "casa entre dos árboles", "setas debajo del árbol", "five blue gems",
    "un gato y un perro", "a king with a dragon", "two red apples", "cofre y monedas",
    "knight on a horse",
)  # fmt: skip


def several() -> bytes:
    """Twelve sentences of several things, the first seed of each."""
    return prompted(SEVERAL, 1, 4, 6, (240, 238, 233))


def scribbled() -> bytes:
    """Two drawings of lines, and what follows them."""
    y, x = np.mgrid[:32, :32]
    ring = np.abs(np.hypot(y - 16, x - 16) - 11.5) < 0.8
    bottle = np.zeros((32, 32), bool)
    bottle[4:10, [13, 18]] = bottle[4, 13:19] = bottle[28, 8:24] = True
    bottle[18:28, [7, 24]] = True
    for row in range(6):
        bottle[10 + row, [12 - row, 19 + row]] = True
    bottle[16:18, [7, 24]] = True
    shown = []
    for lines, prompts in (
        (ring, ("shield", "gold coin", "blue eye")),
        (bottle, ("red potion", "green potion", "wooden chest")),
    ):
        paper = np.where(lines[..., None], np.uint8([20, 20, 20, 255]), np.uint8(255))
        shown.append(("--scribble", paper))
        shown += [(p, pincel.draw(p, scribble=lines, seed=1).rgba()) for p in prompts]
    side, across = 32 * 4, 4
    size = (across * (side + _GAP) + _GAP, 2 * (side + _FOOT + _GAP) + _GAP)
    sheet = Image.new("RGB", size, _PAPER)
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(findfont("DejaVu Sans"), 14)
    for place, (text, rgba) in enumerate(shown):
        left = _GAP + place % across * (side + _GAP)
        top = _GAP + place // across * (side + _FOOT + _GAP)
        large = Image.fromarray(rgba).resize((side, side), Image.Resampling.NEAREST)
        sheet.paste(large, (left, top), large)
        pen.text((left, top + side + 4), text, _INK, font)
    return _png(sheet)


def _png(sheet: Image.Image) -> bytes:
    """As few colours as a palette has, a small file."""
    held = io.BytesIO()
    sheet.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        held, "PNG", optimize=True
    )
    return held.getvalue()


def steps() -> bytes:
    """How one sprite comes about."""
    from pincel.make.words.draw import open_artist
    from pincel.make.words.prompt import understand
    from pincel.show.make.drawing_gif import growing

    words = understand("red potion").ids
    artist = open_artist()
    return growing(lambda looks: artist.draw(words, seed=0, candidates=6, looks=looks))


if __name__ == "__main__":
    Image.open(io.BytesIO(drawn())).save("draw.png")
    assert np.frombuffer(steps()[:6], np.uint8).tobytes() == b"GIF89a"
