# needs: torch, sklearn
# seconds: 9

# %% [markdown] en
# # Diffusion: from a picture to noise, and back
#
# A picture drowns in noise by q(xₜ | xₜ₋₁), a small network learns the way back, p(xₜ₋₁ | xₜ), and noise becomes digits.
#
# | variable | symbol | here |
# |---|---|---|
# | original picture | `x₀` | a digit of 8 × 8 pixels, −1 black, 1 white |
# | noisy picture | `xₜ` | the digit after `t` steps of noise |
# | step in time | `t` | 0 to `T` |
# | distribution of the noise | `q(xₜ ∣ xₜ₋₁)` | one step forward: known |
# | inverse distribution | `p(xₜ₋₁ ∣ xₜ)` | one step back: to be learned |
# | noise rate | `βₜ` | how much noise step `t` adds |
# | diffusion parameter | `αₜ` | how much of the original is kept after `t` steps (papers write `ᾱₜ`) |
# | initial latent | `z` | the noise with which making a picture begins |
# %% [markdown] es
# # Difusión: de una imagen al ruido, y de vuelta
#
# Una imagen se ahoga en ruido con q(xₜ | xₜ₋₁), una red pequeña aprende el camino de vuelta, p(xₜ₋₁ | xₜ), y el ruido se convierte en cifras.
#
# | variable | símbolo | aquí |
# |---|---|---|
# | imagen original | `x₀` | una cifra de 8 × 8 píxeles, −1 negro, 1 blanco |
# | imagen ruidosa | `xₜ` | la cifra tras `t` pasos de ruido |
# | paso temporal | `t` | de 0 a `T` |
# | distribución de ruido | `q(xₜ ∣ xₜ₋₁)` | un paso adelante: se conoce |
# | distribución inversa | `p(xₜ₋₁ ∣ xₜ)` | un paso atrás: hay que aprenderla |
# | tasa de ruido | `βₜ` | cuánto ruido añade el paso `t` |
# | parámetro de difusión | `αₜ` | cuánto se conserva del original tras `t` pasos (los artículos escriben `ᾱₜ`) |
# | latente inicial | `z` | el ruido con el que empieza a hacerse una imagen |
# %%
import torch
from sklearn.datasets import load_digits
from torch import nn

from pincel.lessons import both, curves, goal, pictures, table

# %% tags=["parameters"]
T = 60  # 5..200; number of steps T; número de pasos T
last = 0.2  # 0.02..0.5; the last noise rate β; la última tasa de ruido β
epochs = 60  # 1..200; times it sees all pictures; veces que ve todas las imágenes
seed = 1  # 0..999; seed of chance; semilla del azar
# %%
torch.manual_seed(seed)
x0 = torch.tensor(load_digits().images / 8 - 1, dtype=torch.float32).reshape(-1, 64)
x0 = x0[torch.randperm(len(x0))]
train, unseen = x0[:1400], x0[1400:]
beta = torch.linspace(0.001, last, T)  # β₁ … β_T
alpha = torch.cumprod(1 - beta, 0)  # α₁ … α_T
curves(
    {"βₜ": beta.tolist(), "αₜ": alpha.tolist()},
    across="t",
    about=both(
        "The noise rate rises, what is kept of the original falls to nothing",
        "La tasa de ruido sube; lo que se conserva del original baja a nada",
    ),
)
# %% [markdown] en
# ## Forward: q(xₜ | xₜ₋₁)
#
# One step takes a little of the picture away and puts as much noise in its place:
#
# `q(xₜ ∣ xₜ₋₁) = N(√(1 − βₜ) · xₜ₋₁, βₜ)`, that is `xₜ = √(1 − βₜ) · xₜ₋₁ + √βₜ · ε`.
# %% [markdown] es
# ## Difusión directa: q(xₜ | xₜ₋₁)
#
# Un paso quita un poco de imagen y pone en su lugar otro tanto de ruido:
#
# `q(xₜ ∣ xₜ₋₁) = N(√(1 − βₜ) · xₜ₋₁, βₜ)`, es decir, `xₜ = √(1 − βₜ) · xₜ₋₁ + √βₜ · ε`.
# %%
x, seen = train[:1], [train[0].reshape(8, 8)]
for t in range(T):
    x = torch.sqrt(1 - beta[t]) * x + torch.sqrt(beta[t]) * torch.randn_like(x)
    seen.append(x[0].reshape(8, 8))
when = [round(T * share) for share in (0, 0.1, 0.2, 0.3, 0.5, 1)]
pictures(
    [seen[t] for t in when],
    [f"x{t}".replace("x0", "x₀") for t in when],
    between=(-1.6, 1.6),
    about=both("A digit that drowns in noise", "Una cifra que se ahoga en ruido"),
)
# %% [markdown] en
# ## All steps at once
#
# Many small normal steps are one large one: `q(xₜ ∣ x₀) = N(√αₜ · x₀, 1 − αₜ)`. Let 4,000 pictures
# walk half of the steps one by one, and compare what is left of one pixel with the formula.
# %% [markdown] es
# ## Todos los pasos de una vez
#
# Muchos pasos normales pequeños son uno grande: `q(xₜ ∣ x₀) = N(√αₜ · x₀, 1 − αₜ)`. Que 4.000
# imágenes recorran la mitad de los pasos de uno en uno; comparemos lo que queda de un píxel con la
# fórmula.
# %%
half = T // 2
walk = torch.ones(4000)  # a white pixel, x₀ = 1
for t in range(half):
    walk = torch.sqrt(1 - beta[t]) * walk + torch.sqrt(beta[t]) * torch.randn(4000)
table(
    [f"t = {half}", both("mean", "media"), both("variance", "varianza")],
    [
        [both("step by step", "paso a paso"), walk.mean().item(), walk.var().item()],
        [
            both("formula", "fórmula"),
            alpha[half - 1].sqrt().item(),
            1 - alpha[half - 1].item(),
        ],
    ],
    digits=3,
)


# %% [markdown] en
# ## Training: guess what was there
#
# Take a picture, a step `t` and noise `ε`; make `xₜ` at once; the network sees `xₜ` and `t` and must
# say what `x₀` was. Its error is the loss. That is the whole training.
# %% [markdown] es
# ## Entrenamiento: adivina lo que había
#
# Toma una imagen, un paso `t` y ruido `ε`; haz `xₜ` de una vez; la red ve `xₜ` y `t` y debe decir cuál
# era `x₀`. Su error es la pérdida. Eso es todo el entrenamiento.
# %%
class Guess(nn.Module):
    """x₀ from xₜ (n, 64) and the number of the step (n,)."""

    def __init__(self, width=256):
        super().__init__()
        self.time = nn.Embedding(T, width)
        self.first, self.second = nn.Linear(64, width), nn.Linear(width, width)
        self.last = nn.Linear(width, 64)

    def forward(self, x, t):
        h = nn.functional.silu(self.first(x) + self.time(t))
        return self.last(h + nn.functional.silu(self.second(h)))


guess = Guess()
optimizer = torch.optim.Adam(guess.parameters())
rates = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=epochs * 22)
losses = []
for _ in range(epochs):
    total = 0.0
    for x in train[torch.randperm(len(train))].split(64):
        t = torch.randint(0, T, (len(x),))
        a = alpha[t, None]
        noisy = a.sqrt() * x + (1 - a).sqrt() * torch.randn_like(x)
        loss = (guess(noisy, t) - x).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        rates.step()
        total += loss.item() * len(x) / len(train)
    losses.append(total)
curves(
    {both("loss", "pérdida"): losses},
    across=both("epoch", "época"),
    about=both("The loss falls from epoch to epoch", "La pérdida baja de época en época"),
)


# %% [markdown] en
# ## Backward: p(xₜ₋₁ | xₜ)
#
# With the guess `x̂₀` the step back is again a normal distribution. Its mean lies between the guess and
# where we are; its spread is 0 at the last step:
#
# `p(xₜ₋₁ ∣ xₜ) = N((√αₜ₋₁ βₜ x̂₀ + √(1 − βₜ) (1 − αₜ₋₁) xₜ) / (1 − αₜ), βₜ (1 − αₜ₋₁) / (1 − αₜ))`
#
# It begins with `z`, pure noise. Above `xₜ`, below what the network believes at that moment.
# %% [markdown] es
# ## Difusión inversa: p(xₜ₋₁ | xₜ)
#
# Con la suposición `x̂₀`, el paso atrás vuelve a ser una distribución normal. Su media queda entre la
# suposición y donde estamos; su anchura es 0 en el último paso:
#
# `p(xₜ₋₁ ∣ xₜ) = N((√αₜ₋₁ βₜ x̂₀ + √(1 − βₜ) (1 − αₜ₋₁) xₜ) / (1 − αₜ), βₜ (1 − αₜ₋₁) / (1 − αₜ))`
#
# Empieza con `z`, puro ruido. Arriba `xₜ`; abajo, lo que la red cree en ese momento.
# %%
@torch.no_grad()
def make(count):
    """Pictures from noise, (count, 64), and the way of the first."""
    x, way = torch.randn(count, 64), []
    for t in reversed(range(T)):
        believed = guess(x, torch.full((count,), t))
        way.append((t + 1, x[0].reshape(8, 8), believed[0].reshape(8, 8)))
        before = alpha[t - 1] if t else torch.tensor(1.0)
        mean = before.sqrt() * beta[t] * believed + (1 - beta[t]).sqrt() * (1 - before) * x
        spread = (beta[t] * (1 - before) / (1 - alpha[t])).sqrt()
        x = mean / (1 - alpha[t]) + spread * torch.randn_like(x)
    return x, way


made, way = make(200)
shown = [way[round((T - 1) * share)] for share in (0, 0.3, 0.5, 0.7, 0.85, 1)]
pictures(
    [one[1] for one in shown] + [one[2] for one in shown],
    [f"t = {one[0]}" for one in shown],
    columns=6,
    between=(-1.6, 1.6),
    about=both(
        "From noise to a digit, and what is believed", "Del ruido a una cifra, y lo que se cree"
    ),
)
# %%
pictures(
    made[:24].reshape(-1, 8, 8),
    columns=12,
    between=(-1, 1),
    about=both("Two dozen digits made from noise", "Dos docenas de cifras hechas de ruido"),
)


# %% [markdown] en
# ## Are they digits?
#
# How far is each from the nearest digit of the training, beside digits that were never seen, and beside
# noise? The number: how many times as far as real, unseen ones. Near 1 is right; far below it would
# have learned its pictures by heart.
# %% [markdown] es
# ## ¿Son cifras?
#
# ¿A qué distancia está cada una de la cifra de entrenamiento más cercana, comparada con cifras nunca
# vistas y con ruido? El número: cuántas veces más lejos que las reales nunca vistas. Cerca de 1 está
# bien; muy por debajo, se habría aprendido sus imágenes de memoria.
# %%
def distance(pictures):
    """Mean distance to the nearest picture of the training."""
    return torch.cdist(pictures, train).min(1).values.mean().item()


noise = torch.randn(200, 64)
table(
    [both("pictures", "imágenes"), both("distance", "distancia")],
    [
        [both("unseen digits", "cifras nunca vistas"), distance(unseen)],
        [both("made ones", "las hechas"), distance(made)],
        [both("noise z", "ruido z"), distance(noise)],
    ],
)
# %%
goal(distance(made) / distance(unseen), at_least=0.6, at_most=1.4)
