# needs: torch, sklearn
# seconds: 20

# %% [markdown] en
# # Six architectures side by side
#
# Two that recognise pictures and four that make them, each small, all taught on the same 1,400 digits, in one table.
#
# | architecture | what for | its idea |
# |---|---|---|
# | convolutional (CNN) | recognising | the same small filter slides over the whole picture |
# | recurrent (RNN) | recognising | reads row after row and keeps a memory |
# | transformer | making | each piece looks back at all earlier ones: attention |
# | adversarial (GAN) | making, recognising | a forger and a judge that learn from each other |
# | autoencoder (VAE) | making | squeezes pictures into a code in which any place can be decoded |
# | diffusion | making | takes noise away, step by step |
# %% [markdown] es
# # Las seis arquitecturas, una junto a otra
#
# Dos que reconocen imágenes y cuatro que las hacen, todas pequeñas y enseñadas con las mismas 1.400 cifras, en una sola tabla.
#
# | arquitectura | para qué | su idea |
# |---|---|---|
# | convolucional (CNN) | reconocer | el mismo filtro pequeño se desliza por toda la imagen |
# | recurrente (RNN) | reconocer | lee fila a fila y guarda una memoria |
# | transformer | generar | cada pieza mira hacia todas las anteriores: atención |
# | adversaria (GAN) | generar, reconocer | una falsificadora y una juez que aprenden la una de la otra |
# | autoencoder (VAE) | generar | aprieta las imágenes en un código en el que cualquier lugar se puede decodificar |
# | difusión | generar | quita ruido, paso a paso |
# %%
import torch
from sklearn.cluster import KMeans
from sklearn.datasets import load_digits
from torch import nn
from torch.nn import functional

from pincel.lessons import both, goal, pictures, table

# %% tags=["parameters"]
effort = 1.0  # 0.1..3; how long each learns; cuánto aprende cada una
seed = 1  # 0..999; seed of chance; semilla del azar
# %%
torch.manual_seed(seed)
digits = load_digits()
order = torch.randperm(len(digits.images))
x = torch.tensor(digits.images / 16, dtype=torch.float32)[order]
y = torch.tensor(digits.target)[order]
size = {}  # parameters of each network


def batches(epochs):
    """Numbers of training pictures, fifty at a time."""
    for _ in range(max(1, round(epochs * effort))):
        yield from torch.randperm(1400).split(50)


def learn(name, nets, loss, epochs, rate=3e-3):
    """The cycle that all share: forward, loss, backward, a step."""
    weights = [weight for net in nets for weight in net.parameters()]
    size[name] = sum(weight.numel() for weight in weights)
    optimizer = torch.optim.Adam(weights, rate)
    for batch in batches(epochs):
        cost = loss(batch)
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()


pictures(
    x[:24],
    columns=12,
    about=both(
        "Some of the digits that all learn from", "Algunas cifras con las que aprenden todas"
    ),
)
# %% [markdown] en
# ## 1. Convolutional: recognises
#
# Filters of 3 × 3, pooling, a dense layer.
# %% [markdown] es
# ## 1. Convolucional: reconoce
#
# Filtros de 3 × 3, agrupamiento, una capa densa.
# %%
cnn = nn.Sequential(
    nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.Flatten(), nn.Linear(32 * 16, 10),
)  # fmt: skip
learn("CNN", [cnn], lambda b: functional.cross_entropy(cnn(x[b, None]), y[b]), 8)
# %% [markdown] en
# ## 2. Recurrent: recognises
#
# A memory of 48 numbers with gates (GRU), eight rows.
# %% [markdown] es
# ## 2. Recurrente: reconoce
#
# Una memoria de 48 números con puertas (GRU), ocho filas.
# %%
memory, answer = nn.GRU(8, 48, batch_first=True), nn.Linear(48, 10)


def rnn(pictures):
    """Ten answers after the last row."""
    return answer(memory(pictures)[0][:, -1])


learn("RNN", [memory, answer], lambda b: functional.cross_entropy(rnn(x[b]), y[b]), 10, 5e-3)
# %% [markdown] en
# ## 3. Transformer: makes
#
# As the first DALL·E did it: the picture becomes 16 pieces of 2 × 2, each the nearest of 24 in a book;
# then the network learns to say which piece comes next.
# %% [markdown] es
# ## 3. Transformer: genera
#
# Como lo hizo el primer DALL·E: la imagen se convierte en 16 piezas de 2 × 2, cada una la más parecida
# de las 24 de un libro; después la red aprende a decir qué pieza viene a continuación.
# %%
pieces = x.reshape(-1, 4, 2, 4, 2).permute(0, 1, 3, 2, 4).reshape(-1, 16, 4)
found = KMeans(24, n_init=1, random_state=seed).fit(pieces[:1400].reshape(-1, 4).numpy())
book = torch.tensor(found.cluster_centers_, dtype=torch.float32)
codes = torch.cdist(pieces, book).argmin(-1)


class Transformer(nn.Module):
    """What may come next at each of 16 places, from the pieces before it."""

    def __init__(self, width=48):
        super().__init__()
        self.pieces = nn.Embedding(25, width)  # the last: nothing yet
        self.place = nn.Parameter(torch.randn(16, width) * 0.1)
        layer = nn.TransformerEncoderLayer(
            width, 4, 2 * width, 0.0, batch_first=True, norm_first=True
        )
        self.body = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        self.next = nn.Linear(width, 24)
        self.later = torch.triu(torch.ones(16, 16, dtype=torch.bool), 1)  # not to be looked at

    def forward(self, codes):
        begun = torch.cat([torch.full_like(codes[:, :1], 24), codes[:, :-1]], 1)
        return self.next(self.body(self.pieces(begun) + self.place, mask=self.later))


transformer = Transformer()
learn(
    "transformer",
    [transformer],
    lambda b: functional.cross_entropy(transformer(codes[b]).transpose(1, 2), codes[b]),
    14,
    4e-3,
)
with torch.no_grad():
    drawn = torch.zeros(200, 16, dtype=torch.long)
    for place in range(16):
        chances = torch.softmax(transformer(drawn)[:, place] / 0.8, -1)
        drawn[:, place] = torch.multinomial(chances, 1)[:, 0]
made = {"transformer": book[drawn].reshape(-1, 4, 4, 2, 2).permute(0, 1, 3, 2, 4).reshape(-1, 8, 8)}
# %% [markdown] en
# ## 4. Adversarial (GAN): makes
#
# The generator forges digits out of 16 numbers of noise, the discriminator tells them from real ones.
# A little noise over both kinds keeps the judge from winning at once.
# %% [markdown] es
# ## 4. Adversaria (GAN): genera
#
# El generador falsifica cifras a partir de 16 números de ruido; el discriminador las distingue de las
# reales. Un poco de ruido sobre ambas evita que la juez gane enseguida.
# %%
forger = nn.Sequential(
    nn.Linear(16, 128), nn.LeakyReLU(0.2), nn.Linear(128, 128), nn.LeakyReLU(0.2),
    nn.Linear(128, 64), nn.Sigmoid(),
)  # fmt: skip
judge = nn.Sequential(
    nn.Linear(64, 128), nn.LeakyReLU(0.2), nn.Linear(128, 64), nn.LeakyReLU(0.2), nn.Linear(64, 1)
)
of_forger = torch.optim.Adam(forger.parameters(), 1e-3, betas=(0.5, 0.99))
of_judge = torch.optim.Adam(judge.parameters(), 1e-3, betas=(0.5, 0.99))
for batch in batches(40):
    real = x[batch].flatten(1) + 0.1 * torch.randn(len(batch), 64)
    forged = forger(torch.randn(len(batch), 16)) + 0.1 * torch.randn(len(batch), 64)
    wrong = functional.softplus(-judge(real)) + functional.softplus(judge(forged.detach()))
    of_judge.zero_grad()
    wrong.mean().backward()
    of_judge.step()
    caught = functional.softplus(-judge(forged)).mean()
    of_forger.zero_grad()
    caught.backward()
    of_forger.step()
size["GAN"] = sum(weight.numel() for net in (forger, judge) for weight in net.parameters())
with torch.no_grad():
    made["GAN"] = forger(torch.randn(200, 16)).reshape(-1, 8, 8)
# %% [markdown] en
# ## 5. Variational autoencoder (VAE): makes
#
# A code of eight numbers with spread. The lesson `variational` opens it.
# %% [markdown] es
# ## 5. Autoencoder variacional (VAE): genera
#
# Un código de ocho números con anchura. La lección `variational` lo abre.
# %%
encoder = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 16))
decoder = nn.Sequential(nn.Linear(8, 128), nn.ReLU(), nn.Linear(128, 64))


def bound(batch):
    """The negative ELBO in nats."""
    mu, log_variance = encoder(x[batch].flatten(1)).chunk(2, 1)
    z = mu + torch.exp(log_variance / 2) * torch.randn_like(mu)
    off = (decoder(z) - x[batch].flatten(1)).square().sum(1) / (2 * 0.2**2)
    apart = 0.5 * (mu**2 + log_variance.exp() - 1 - log_variance).sum(1)
    return (off + apart).mean()


learn("VAE", [encoder, decoder], bound, 40)
with torch.no_grad():
    made["VAE"] = decoder(torch.randn(200, 8)).reshape(-1, 8, 8)
# %% [markdown] en
# ## 6. Diffusion: makes
#
# Sixty steps of noise, and a network that guesses what was below. The lesson `diffusion` opens it.
# %% [markdown] es
# ## 6. Difusión: genera
#
# Sesenta pasos de ruido y una red que adivina lo que había debajo. La lección `diffusion` la abre.
# %%
STEPS = 60
beta = torch.linspace(0.001, 0.2, STEPS)
alpha = torch.cumprod(1 - beta, 0)
time, first = nn.Embedding(STEPS, 192), nn.Linear(64, 192)
second, last = nn.Linear(192, 192), nn.Linear(192, 64)


def guess(noisy, t):
    """x₀ from xₜ and t."""
    h = functional.silu(first(noisy) + time(t))
    return last(h + functional.silu(second(h)))


def error(batch):
    clean, t = x[batch].flatten(1) * 2 - 1, torch.randint(0, STEPS, (len(batch),))
    kept = alpha[t, None]
    noisy = kept.sqrt() * clean + (1 - kept).sqrt() * torch.randn_like(clean)
    return (guess(noisy, t) - clean).square().mean()


learn(both("diffusion", "difusión"), [time, first, second, last], error, 60, 2e-3)
with torch.no_grad():
    now = torch.randn(200, 64)
    for t in reversed(range(STEPS)):
        before = alpha[t - 1] if t else torch.tensor(1.0)
        mean = before.sqrt() * beta[t] * guess(now, torch.full((200,), t))
        mean += (1 - beta[t]).sqrt() * (1 - before) * now
        spread = (beta[t] * (1 - before) / (1 - alpha[t])).sqrt()
        now = mean / (1 - alpha[t]) + spread * torch.randn_like(now)
made[both("diffusion", "difusión")] = (now.reshape(-1, 8, 8) + 1) / 2
# %% [markdown] en
# ## What the four made
#
# A row each, numbered as above; nothing picked out.
# %% [markdown] es
# ## Lo que hicieron las cuatro
#
# Una fila cada una, con su número de arriba; sin escoger.
# %%
pictures(
    [one for drawn in made.values() for one in drawn[:12]],
    [str(row) if column == 0 else "" for row in range(3, 7) for column in range(12)],
    columns=12,
    about=both("Twelve digits of each of four networks", "Doce cifras de cada una de cuatro redes"),
)


# %% [markdown] en
# ## The table
#
# Recognisers: the share of unseen digits named rightly. Makers: how many times as far from the nearest
# real digit as real, unseen ones are (near 1 is right), and how many of the ten digits they make (the
# CNN is the judge of that). Note who forgets some: a GAN that makes only what passes is the mode
# collapse of the slides.
# %% [markdown] es
# ## La tabla
#
# Las que reconocen: la parte de cifras nunca vistas que nombran bien. Las que generan: cuántas veces más
# lejos de la cifra real más cercana que las reales nunca vistas (cerca de 1 está bien) y cuántas de las
# diez cifras hacen (de eso es juez la CNN). Fíjate en quién olvida algunas: una GAN que solo hace lo que
# pasa es el colapso de modos de las diapositivas.
# %%
def distance(drawn):
    """Mean distance to the nearest picture of the training."""
    return torch.cdist(drawn.flatten(1), x[:1400].flatten(1)).min(1).values.mean()


with torch.no_grad():
    named = {
        "CNN": (cnn(x[1400:, None]).argmax(1) == y[1400:]).float().mean().item(),
        "RNN": (rnn(x[1400:]).argmax(1) == y[1400:]).float().mean().item(),
    }
    far = {name: (distance(d) / distance(x[1400:])).item() for name, d in made.items()}
    kinds = {
        name: int((torch.bincount(cnn(d[:, None]).argmax(1), minlength=10) >= 4).sum())
        for name, d in made.items()
    }
table(
    [
        both("architecture", "arquitectura"),
        both("parameters", "parámetros"),
        both("named rightly", "bien nombradas"),
        both("distance", "distancia"),
        both("kinds of 10", "clases de 10"),
    ],
    [
        [name, size[name], named.get(name, ""), far.get(name, ""), kinds.get(name, "")]
        for name in size
    ],
)
# %% [markdown] en
# How many of the six do what they are for: recognise at least 93 of 100, or make digits less than twice
# as far off as real ones?
# %% [markdown] es
# ¿Cuántas de las seis hacen aquello para lo que están: reconocer al menos 93 de cada 100, o hacer cifras
# a menos del doble de distancia que las reales?
# %%
working = sum(share >= 0.93 for share in named.values()) + sum(d < 2 for d in far.values())
goal(working, at_least=6)
