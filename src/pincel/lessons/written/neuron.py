# seconds: 1

# %% [markdown] en
# # A neuron and the cycle in which it learns
#
# One artificial neuron looks at small pictures and learns, by going forward, measuring its error and
# going back, to tell rings from crosses.
#
# A neuron **receives** numbers, **works them out** (each times a weight, all added up) and **decides**:
# it fires or it does not. Here the numbers are the 64 pixels of a picture of 8 × 8.
# %% [markdown] es
# # Una neurona y el ciclo en el que aprende
#
# Una sola neurona artificial mira imágenes pequeñas y aprende, yendo hacia delante, midiendo su error y
# volviendo hacia atrás, a distinguir aros de cruces.
#
# Una neurona **recibe** números, los **procesa** (cada uno por un peso, todo sumado) y **decide**: se
# activa o no se activa. Aquí los números son los 64 píxeles de una imagen de 8 × 8.
# %%
import numpy as np

from pincel.lessons import both, curves, goal, pictures, table

# %% tags=["parameters"]
rate = 0.5  # 0.01..20; learning rate; tasa de aprendizaje
steps = 60  # 1..400; steps of learning; pasos de aprendizaje
noise = 1.2  # 0..3; noise in the pictures; ruido en las imágenes
seed = 1  # 0..999; seed of chance; semilla del azar
# %%
row, column = np.mgrid[:8, :8] - 3.5
far = np.hypot(row, column)
ring = ((far > 2.0) & (far < 3.6)).astype(float)
cross = ((abs(row) < 1) | (abs(column) < 1)).astype(float)

chance = np.random.default_rng(seed)


def draw(count):
    """Pictures (count, 64) of rings (1) and crosses (0), each with noise."""
    kind = chance.integers(0, 2, count)
    shapes = np.where(kind[:, None], ring.ravel(), cross.ravel())
    return shapes + chance.normal(0, noise, shapes.shape), kind


x, real = draw(200)
names = [both("cross", "cruz"), both("ring", "aro")]
pictures(
    x[:6].reshape(-1, 8, 8),
    [names[kind] for kind in real[:6]],
    about=both("Six noisy pictures, rings and crosses", "Seis imágenes con ruido, aros y cruces"),
)
# %% [markdown] en
# ## Forward pass
#
# The sum `z = w₁x₁ + w₂x₂ + … + w₆₄x₆₄ + b`, and an activation that turns it into a decision:
# `σ(z) = 1 / (1 + e⁻ᶻ)`, near 0 for "cross", near 1 for "ring". The weights begin at chance, so the
# first answers are worth nothing.
# %% [markdown] es
# ## Forward pass (hacia delante)
#
# La suma `z = w₁x₁ + w₂x₂ + … + w₆₄x₆₄ + b` y una activación que la convierte en decisión:
# `σ(z) = 1 / (1 + e⁻ᶻ)`, cerca de 0 para «cruz», cerca de 1 para «aro». Los pesos empiezan al azar, así
# que las primeras respuestas no valen nada.
# %%
w = chance.normal(0, 0.1, 64)
b = 0.0


def forward(x, w, b):
    """The answer, 0 to 1, for each picture."""
    return 1 / (1 + np.exp(-(x @ w + b)))


answer = forward(x[:4], w, b)
table(
    [both("picture", "imagen"), "z", "σ(z)"],
    [
        [names[k], float(z), float(a)]
        for k, z, a in zip(real[:4], x[:4] @ w + b, answer, strict=True)
    ],
)


# %% [markdown] en
# ## The cost: how wrong is it?
#
# `F(predicted, real)` is one number for all pictures. Cross-entropy takes the answer's logarithm: who
# is sure and wrong pays dearly.
# %% [markdown] es
# ## La función de coste: ¿cuánto se equivoca?
#
# `F(predicho, real)` es un solo número para todas las imágenes. La entropía cruzada toma el logaritmo
# de la respuesta: quien está seguro y se equivoca lo paga caro.
# %%
def cost(answer, real):
    """The mean cross-entropy."""
    answer = np.clip(answer, 1e-9, 1 - 1e-9)
    return float(-np.mean(real * np.log(answer) + (1 - real) * np.log(1 - answer)))


print(f"F = {cost(forward(x, w, b), real):.3f}")


# %% [markdown] en
# ## Backward pass: whose fault is it?
#
# The chain rule sends the error back to every weight: `∂F/∂wᵢ = mean of (σ(z) − real) · xᵢ`. To be
# sure, push one weight a little and look at what the cost really does: both ways give one number.
# %% [markdown] es
# ## Backward pass: ¿de quién es la culpa?
#
# La regla de la cadena devuelve el error a cada peso: `∂F/∂wᵢ = media de (σ(z) − real) · xᵢ`. Para
# estar seguros, empujemos un peso un poco y veamos qué hace el coste de verdad: ambos caminos dan el
# mismo número.
# %%
def backward(x, answer, real):
    """The slope of the cost along every weight, and along the bias."""
    error = answer - real
    return x.T @ error / len(x), error.mean()


slope, slope_b = backward(x, forward(x, w, b), real)
pushed = w.copy()
pushed[27] += 1e-5
measured = (cost(forward(x, pushed, b), real) - cost(forward(x, w, b), real)) / 1e-5
table(
    [both("weight 28", "peso 28"), "∂F/∂w"],
    [
        [both("by the chain rule", "con la regla de la cadena"), float(slope[27])],
        [both("by pushing it", "empujándolo"), measured],
    ],
    digits=5,
)
# %% [markdown] en
# ## Gradient descent, again and again
#
# One step against the slope, `w ← w − rate · ∂F/∂w`, and the cycle begins anew. Too small a rate
# hardly moves; too large a one jumps over the valley. Change it and look.
# %% [markdown] es
# ## Descenso del gradiente, una y otra vez
#
# Un paso en contra de la pendiente, `w ← w − tasa · ∂F/∂w`, y el ciclo vuelve a empezar. Una tasa
# demasiado pequeña apenas avanza; una demasiado grande salta por encima del valle. Cámbiala y mira.
# %%
costs, kept = [], [w.copy()]
for _ in range(steps):
    answer = forward(x, w, b)
    costs.append(cost(answer, real))
    slope, slope_b = backward(x, answer, real)
    w -= rate * slope
    b -= rate * slope_b
    kept.append(w.copy())

curves(
    {both("cost", "coste"): costs},
    across=both("step", "paso"),
    about=both("The cost falls from step to step", "El coste baja de paso en paso"),
)
# %% [markdown] en
# ## What it has learned to look for
#
# Its weights are a picture too: orange where a bright pixel speaks for a ring, blue where it speaks
# for a cross. At the beginning there is only chance.
# %% [markdown] es
# ## Qué ha aprendido a buscar
#
# Sus pesos también son una imagen: naranja donde un píxel claro habla a favor de un aro, azul donde
# habla a favor de una cruz. Al principio solo hay azar.
# %%
when = [0, 1, min(5, steps), steps]
pictures(
    [kept[t].reshape(8, 8) for t in when],
    [both(f"step {t}", f"paso {t}") for t in when],
    signed=True,
    about=both("The weights from chance to a ring", "Los pesos, del azar a un aro"),
)
# %% [markdown] en
# ## Does it hold for pictures that it never saw?
#
# 1,000 new ones. What share does it name rightly?
# %% [markdown] es
# ## ¿Vale para imágenes que nunca ha visto?
#
# 1.000 nuevas. ¿Qué parte nombra bien?
# %%
new, truth = draw(1000)
right = np.mean((forward(new, w, b) > 0.5) == truth)
goal(right, at_least=0.95)
