# needs: torch, sklearn
# seconds: 6

# %% [markdown] en
# # A network that reads a picture row by row
#
# A recurrent network sees one row of pixels at a time and keeps a memory; after the last row it says
# which digit it was.
#
# A convolution slides over the whole picture. A **recurrent** network (RNN) reads it like a text: row 1,
# row 2, … row 8. After each row it mixes what it sees with what it remembers:
# `hₜ = tanh(W·xₜ + U·hₜ₋₁ + b)`. The same `W` and `U` serve every row.
# %% [markdown] es
# # Una red que lee una imagen fila a fila
#
# Una red recurrente ve una fila de píxeles cada vez y guarda una memoria; tras la última fila dice qué
# cifra era.
#
# Una convolución se desliza por toda la imagen. Una red **recurrente** (RNN) la lee como un texto: fila
# 1, fila 2, … fila 8. Tras cada fila mezcla lo que ve con lo que recuerda:
# `hₜ = tanh(W·xₜ + U·hₜ₋₁ + b)`. Los mismos `W` y `U` sirven para todas las filas.
# %%
import numpy as np
import torch
from sklearn.datasets import load_digits

from pincel.lessons import both, curves, drawing, goal, pictures, table

# %% tags=["parameters"]
memory = 96  # 2..256; numbers in the memory; números en la memoria
epochs = 25  # 1..100; times it reads all pictures; veces que lee todas las imágenes
seed = 1  # 0..999; seed of chance; semilla del azar
# %%
digits = load_digits()
x = torch.tensor(digits.images / 16, dtype=torch.float32)
y = torch.tensor(digits.target)
order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
train, test = order[:1400], order[1400:]
print(f"{len(train)} + {len(test)}")
# %% [markdown] en
# ## What it gets to see
#
# A seven, as it arrives: after 1, 2, 3 … 8 rows. What is not there yet is grey.
# %% [markdown] es
# ## Lo que llega a ver
#
# Un siete tal como llega: tras 1, 2, 3 … 8 filas. Lo que aún no está es gris.
# %%
seven = x[test[y[test] == 7][0]]
seen = []
for rows in range(1, 9):
    part = np.full((8, 8), 0.35)
    part[:rows] = seven[:rows]
    seen.append(part)
pictures(
    seen,
    [str(rows) for rows in range(1, 9)],
    columns=8,
    about=both("A seven that arrives row by row", "Un siete que llega fila a fila"),
)
# %% [markdown] en
# ## The network, written out
#
# Three matrices and nothing else. `W` reads a row, `U` carries the memory on, `V` turns the last
# memory into ten answers.
# %% [markdown] es
# ## La red, escrita entera
#
# Tres matrices y nada más. `W` lee una fila, `U` lleva la memoria adelante, `V` convierte la última
# memoria en diez respuestas.
# %%
torch.manual_seed(seed)
W = (torch.randn(8, memory) / 8**0.5).requires_grad_()
U = (torch.randn(memory, memory) / memory**0.5).requires_grad_()
V = (torch.randn(memory, 10) / memory**0.5).requires_grad_()
b = torch.zeros(memory, requires_grad=True)
c = torch.zeros(10, requires_grad=True)


def read(x):
    """The memory after every row: a list of eight (pictures, memory)."""
    h, after = torch.zeros(len(x), memory), []
    for row in range(8):
        h = torch.tanh(x[:, row] @ W + h @ U + b)
        after.append(h)
    return after


table(
    [both("part", "parte"), both("parameters", "parámetros")],
    [["W", W.numel()], ["U", U.numel()], ["V", V.numel()], ["b, c", b.numel() + c.numel()]],
)
# %% [markdown] en
# ## Learning through time
#
# After every row it is asked for the digit. The error of each answer goes back through all the rows
# before it: backpropagation through time. PyTorch works the slopes out; the cycle is the same as for
# one neuron.
# %% [markdown] es
# ## Aprender a través del tiempo
#
# Tras cada fila se le pregunta la cifra. El error de cada respuesta vuelve por todas las filas
# anteriores: retropropagación a través del tiempo. PyTorch calcula las pendientes; el ciclo es el mismo
# que el de una neurona.
# %%
optimizer = torch.optim.Adam([W, U, V, b, c], lr=0.005)
losses = []
for _ in range(epochs):
    total = 0.0
    for batch in train[torch.randperm(len(train))].split(32):
        answers = torch.stack([h @ V + c for h in read(x[batch])], dim=2)
        loss = torch.nn.functional.cross_entropy(answers, y[batch, None].expand(-1, 8))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(batch)
    losses.append(total / len(train))
curves(
    {both("loss", "pérdida"): losses},
    across=both("epoch", "época"),
    about=both("The loss falls from epoch to epoch", "La pérdida baja de época en época"),
)
# %% [markdown] en
# ## The memory fills
#
# What the network would answer if the picture ended after each row: the seven rises as its stroke
# comes in. Below it, the memory itself, one column for each number.
# %% [markdown] es
# ## La memoria se llena
#
# Lo que la red respondería si la imagen acabase tras cada fila: el siete sube según llega su trazo.
# Debajo, la memoria misma, una columna por número.
# %%
with torch.no_grad():
    after = read(seven[None])
    belief = torch.stack([torch.softmax(h[0] @ V + c, 0) for h in after])
    chart = drawing(
        both("What it believes after each row", "Lo que cree tras cada fila"),
        across=both("rows read", "filas leídas"),
    )
    for digit in belief[-1].topk(3).indices.tolist():
        chart.axes.plot(range(1, 9), belief[:, digit], linewidth=2, label=str(digit))
    chart.axes.set_ylim(0, 1.03)
chart.named()
# %%
pictures(
    [torch.cat(after)[:, :48].numpy()],
    [
        both(
            "a line for each row, a column for each number",
            "una línea por fila, una columna por número",
        )
    ],
    signed=True,
    columns=1,
    about=both("The memory after each of eight rows", "La memoria tras cada una de ocho filas"),
)
# %% [markdown] en
# ## How much of the picture does it need?
#
# The share of digits that it names rightly, of those that it never saw, when it may read only so many
# rows. The last bar must be high.
# %% [markdown] es
# ## ¿Cuánta imagen necesita?
#
# La parte de cifras nunca vistas que nombra bien si solo puede leer tantas filas. La última debe ser
# alta.
# %%
with torch.no_grad():
    shares = [float(((h @ V + c).argmax(1) == y[test]).float().mean()) for h in read(x[test])]
chart = drawing(
    both("Accuracy after each row", "Acierto tras cada fila"),
    across=both("rows read", "filas leídas"),
)
chart.axes.bar(range(1, 9), shares, color="#2b6cd4", width=0.7)
chart.axes.set_ylim(0, 1)
chart
# %%
goal(shares[-1], at_least=0.92)
