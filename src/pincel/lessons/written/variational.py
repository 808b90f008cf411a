# needs: torch, sklearn
# seconds: 7

# %% [markdown] en
# # A variational autoencoder: μ, σ, ε and the ELBO
#
# An encoder answers with a place μ and a spread σ, a draw z = μ + σ·ε is decoded, and one number, the ELBO, says how good both are.
#
# A plain autoencoder squeezes a picture into a few numbers and back. Between the codes that it knows
# lie holes: decode one and you get rubbish. A **variational** one answers with a cloud instead of a
# point, and the clouds are kept near 0, so that any place means something.
# %% [markdown] es
# # Un autoencoder variacional: μ, σ, ε y el ELBO
#
# Un codificador responde con un lugar μ y una anchura σ, se decodifica un sorteo z = μ + σ·ε, y un número, el ELBO, dice lo buenos que son ambos.
#
# Un autoencoder simple aprieta una imagen en unos pocos números y la devuelve. Entre los códigos que
# conoce hay huecos: decodifica uno y sale basura. Uno **variacional** responde con una nube en lugar de
# un punto, y las nubes se mantienen cerca de 0, para que cualquier lugar signifique algo.
# %%
import math

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch import nn

from pincel.lessons import both, curves, drawing, goal, pictures, table

# %% tags=["parameters"]
beta = 1.0  # 0..20; weight of KL (1: the bound); peso de KL (1: la cota)
epochs = 60  # 1..200; times it sees all pictures; veces que ve todas las imágenes
seed = 1  # 0..999; seed of chance; semilla del azar
# %%
torch.manual_seed(seed)
digits = load_digits()
order = torch.randperm(len(digits.images))
x = torch.tensor(digits.images / 16, dtype=torch.float32).reshape(-1, 64)[order]
label = torch.tensor(digits.target)[order]
train, test = x[:1400], x[1400:]

encoder = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 4))
decoder = nn.Sequential(
    nn.Linear(2, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, 64)
)
spread = nn.Parameter(torch.full((64,), -1.5))  # ln of how far each pixel may be off: learned too
LEAST = 0.05


def encode(x):
    """μ and σ of each picture, both (n, 2)."""
    mu, log_variance = encoder(x).chunk(2, 1)
    return mu, torch.exp(0.5 * log_variance)


# %% [markdown] en
# ## The trick with ε
#
# Chance must come from outside, or no slope could pass: `z = μ + σ · ε`, with `ε` drawn from `N(0, 1)`.
# Here by hand for one picture, before anything is learned; the code has two numbers.
# %% [markdown] es
# ## El truco de ε
#
# El azar debe venir de fuera, o ninguna pendiente podría pasar: `z = μ + σ · ε`, con `ε` sorteado de
# `N(0, 1)`. Aquí a mano para una imagen, antes de aprender nada; el código tiene dos números.
# %%
with torch.no_grad():
    mu, sigma = encode(test[:1])
    epsilon = torch.randn(1, 2)
    z = mu + sigma * epsilon
table(
    [both("number", "número"), "μ", "σ", "ε", "z = μ + σ·ε"],
    [[str(i + 1), *(float(v[0, i]) for v in (mu, sigma, epsilon, z))] for i in range(2)],
    digits=3,
)


# %% [markdown] en
# ## The ELBO
#
# `ELBO = E[log p(x ∣ z)] − KL(q(z ∣ x) ‖ N(0, 1))`
#
# The first part: does the picture come back? The second: how far is its cloud from the standard one?
# For normal distributions it is a formula, `KL = ½ Σ (μ² + σ² − 1 − ln σ²)`. To be sure, measure it by
# drawing 200,000 times.
# %% [markdown] es
# ## El ELBO
#
# `ELBO = E[log p(x ∣ z)] − KL(q(z ∣ x) ‖ N(0, 1))`
#
# La primera parte: ¿vuelve la imagen? La segunda: ¿cuánto se aleja su nube de la estándar? Para
# distribuciones normales es una fórmula, `KL = ½ Σ (μ² + σ² − 1 − ln σ²)`. Para estar seguros,
# midámosla con 200.000 sorteos.
# %%
def divergence(mu, sigma):
    """KL of N(μ, σ²) from N(0, 1) in nats, (n,)."""
    return 0.5 * (mu**2 + sigma**2 - 1 - 2 * torch.log(sigma)).sum(1)


def returned(x, z):
    """log p(x | z) in nats, (n,)."""
    return torch.distributions.Normal(decoder(z), spread.exp() + LEAST).log_prob(x).sum(1)


near, far = torch.tensor([[0.5, -1.0]]), torch.tensor([[0.3, 0.8]])
draws = near + far * torch.randn(200_000, 2)
measured = (0.5 * draws**2 - 0.5 * ((draws - near) / far) ** 2 - torch.log(far)).sum(1).mean()
table(
    [both("KL for μ = (0.5, −1), σ = (0.3, 0.8)", "KL con μ = (0,5, −1), σ = (0,3, 0,8)"), "nats"],
    [
        [both("by the formula", "con la fórmula"), float(divergence(near, far))],
        [both("by drawing", "sorteando"), float(measured)],
    ],
    digits=3,
)
# %% [markdown] en
# ## Training
#
# Against the negative ELBO. Watch the two parts pull: the picture wants a code that says much, the KL
# one that says nothing.
# %% [markdown] es
# ## Entrenamiento
#
# Contra el ELBO negativo. Mira cómo tiran las dos partes: la imagen quiere un código que diga mucho; el
# KL, uno que no diga nada.
# %%
optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters(), spread], lr=2e-3)
back, kl = [], []
for _ in range(epochs):
    sums = np.zeros(2)
    for batch in train[torch.randperm(len(train))].split(50):
        mu, sigma = encode(batch)
        z = mu + sigma * torch.randn_like(mu)
        likely, apart = returned(batch, z).mean(), divergence(mu, sigma).mean()
        loss = -(likely - beta * apart)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        sums += np.array([likely.item(), apart.item()]) * len(batch) / len(train)
    back.append(sums[0])
    kl.append(sums[1])
curves(
    {"E[log p(x | z)]": back, "KL": kl},
    across=both("epoch", "época"),
    about=both("Both parts of the ELBO rise", "Suben las dos partes del ELBO"),
)
# %% [markdown] en
# ## The map of the codes
#
# Each digit that it never saw at its `μ`. Nobody told it which is which.
# %% [markdown] es
# ## El mapa de los códigos
#
# Cada cifra nunca vista en su `μ`. Nadie le dijo cuál es cuál.
# %%
with torch.no_grad():
    mu, sigma = encode(test)
chart = drawing(
    both("Unseen digits at their codes", "Cifras nunca vistas en sus códigos"),
    height=4.4,
    across="z₁",
    up="z₂",
)
for place, digit in zip(mu.tolist(), label[1400:].tolist(), strict=True):
    chart.axes.text(*place, str(digit), color=f"C{digit}", fontsize=9, ha="center", va="center")
chart.axes.set_xlim(-3.2, 3.2)
chart.axes.set_ylim(-3.2, 3.2)
chart
# %% [markdown] en
# ## No holes
#
# Now walk over the same map and decode every place, known or not. One digit turns into the next.
# %% [markdown] es
# ## Sin huecos
#
# Ahora paseemos por el mismo mapa y decodifiquemos cada lugar, conocido o no. Una cifra se convierte en
# la siguiente.
# %%
side = torch.linspace(-2, 2, 14)
places = torch.cartesian_prod(-side, side).flip(1)
with torch.no_grad():
    plane = decoder(places).reshape(14, 14, 8, 8)
pictures(
    [plane.permute(0, 2, 1, 3).reshape(112, 112)],
    columns=1,
    about=both("Every place of the map, decoded", "Cada lugar del mapa, decodificado"),
)
# %% [markdown] en
# ## Is the bound one?
#
# The ELBO never exceeds the true `log p(x)`, which can be estimated by many weighted draws of `z`. And
# it must be worth more than knowing only the mean and the spread of all pictures, pixel by pixel: by
# how many nats a picture?
# %% [markdown] es
# ## ¿Es de verdad una cota?
#
# El ELBO nunca supera el verdadero `log p(x)`, que se puede estimar con muchos sorteos ponderados de
# `z`. Y debe valer más que conocer solo la media y la anchura de todas las imágenes, píxel a píxel:
# ¿cuántos nats por imagen?
# %%
with torch.no_grad():
    mu, sigma = encode(test)
    parts = []
    for _ in range(300):
        z = mu + sigma * torch.randn_like(mu)
        weight = (0.5 * ((z - mu) / sigma) ** 2 + torch.log(sigma) - 0.5 * z**2).sum(1)
        parts.append(returned(test, z) + weight)
    drawn = torch.stack(parts)
    elbo = drawn.mean(0).mean()
    true = (torch.logsumexp(drawn, 0) - math.log(len(parts))).mean()
    plain = torch.distributions.Normal(train.mean(0), train.std(0) + LEAST)
    plain = plain.log_prob(test).sum(1).mean()
table(
    [both("nats a picture", "nats por imagen"), ""],
    [
        ["ELBO", float(elbo)],
        [both("log p(x), estimated", "log p(x), estimado"), float(true)],
        [both("mean and spread of each pixel", "media y anchura de cada píxel"), float(plain)],
    ],
    digits=1,
)
# %%
goal((elbo - plain).item(), at_least=8)
