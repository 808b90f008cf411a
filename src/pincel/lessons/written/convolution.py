# seconds: 1

# %% [markdown] en
# # A convolution, number by number
#
# The examples of the slides worked out by a few lines of code: a kernel slides, steps, gets a border, and the sizes, parameters and receptive fields come out as on paper.
#
# A **kernel** slides over the picture. At each place every pixel below it is multiplied by its weight,
# and all is added up: `s[i, j] = Σ I[i + m, j + n] · K[m, n]`. `strides` says how far it moves, `padding`
# whether a border of zeros keeps the size.
# %% [markdown] es
# # Una convolución, número a número
#
# Los ejemplos de las diapositivas, calculados con unas pocas líneas: un kernel se desliza, da pasos, recibe un borde, y los tamaños, parámetros y campos receptivos salen como en el papel.
#
# Un **kernel** se desliza por la imagen. En cada lugar, cada píxel que tiene debajo se multiplica por su
# peso y se suma todo: `s[i, j] = Σ I[i + m, j + n] · K[m, n]`. `strides` dice cuánto avanza; `padding`,
# si un borde de ceros conserva el tamaño.
# %%
import numpy as np

import pincel
from pincel.lessons import both, goal, pictures, table

# %% tags=["parameters"]
place_x = 0  # 0..1; column of the window that is looked at; columna de la ventana que se mira
place_y = 0  # 0..1; row of the window that is looked at; fila de la ventana que se mira


# %%
def convolve(image, kernel, stride=1, padding="valid"):
    """The weighted sum at every place of the kernel, (h, w)."""
    high, wide = kernel.shape
    if padding == "same":
        image = np.pad(image, (high // 2, wide // 2))
    return np.array([
        [
            np.sum(image[y : y + high, x : x + wide] * kernel)
            for x in range(0, image.shape[1] - wide + 1, stride)
        ]
        for y in range(0, image.shape[0] - high + 1, stride)
    ])  # fmt: skip


f = np.array([[2, 1, 4, 0], [1, 2, 2, 0], [3, 1, 2, 1], [0, 0, -1, 1]])
g = np.array([[0, 1, -1], [0, 1, 2], [0, 1, 0]])
window = f[place_y : place_y + 3, place_x : place_x + 3]
table(
    [both("pixel", "píxel"), both("weight", "peso"), both("product", "producto")],
    [[int(a), int(b), int(a * b)] for a, b in zip(window.ravel(), g.ravel(), strict=True)],
)
# %% [markdown] en
# ## The whole output
#
# The nine products of that window add up to one number of the output. All four of them:
# %% [markdown] es
# ## La salida entera
#
# Los nueve productos de esa ventana suman un número de la salida. Los cuatro:
# %%
s = convolve(f, g)
print(s)
# %%
pictures(
    [f, g, s],
    ["f", "g", "s"],
    signed=True,
    about=both("Input, kernel and output as colours", "Entrada, kernel y salida como colores"),
)
# %% [markdown] en
# ## Strides of (2, 2)
#
# The kernel jumps two squares: from 6 × 6 only 2 × 2 is left.
# %% [markdown] es
# ## Strides de (2, 2)
#
# El kernel salta dos casillas: de 6 × 6 solo quedan 2 × 2.
# %%
six = np.array([
    [2, 1, 4, 0, 2, 3], [1, 2, 2, 0, 1, 2], [3, 1, 2, 1, 0, 1],
    [0, 0, -1, 1, 0, 3], [1, 2, 1, 2, 0, 3], [2, 0, 1, 3, 0, 3],
])  # fmt: skip
line = np.array([[0, 1, 0], [0, 1, 0], [0, 1, 0]])
stepped = convolve(six, line, stride=2)
print(stepped)
# %% [markdown] en
# ## On a picture
#
# A ring of 32 × 32, and what four famous kernels see in it: the mean of nine, the edges to the right,
# the edges in every direction (the Laplacian of the workshop), and a sharper picture.
# %% [markdown] es
# ## Sobre una imagen
#
# Un aro de 32 × 32 y lo que ven en él cuatro kernels famosos: la media de nueve, los bordes hacia la
# derecha, los bordes en todas las direcciones (el Laplaciano del taller) y una imagen más nítida.
# %%
y, x = np.mgrid[:32, :32] - 15.5
ring = ((np.hypot(x, y) > 7) & (np.hypot(x, y) < 13)).astype(float)
kernels = {
    both("mean", "media"): np.full((3, 3), 1 / 9),
    "Sobel": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]) / 4,
    both("Laplacian", "Laplaciano"): np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]) / 8,
    both("sharpen", "nitidez"): np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
}
pictures(
    [ring] + [convolve(ring, kernel, padding="same") for kernel in kernels.values()],
    [both("ring", "aro"), *kernels],
    columns=5,
    signed=True,
    about=both("A ring and what four kernels see", "Un aro y lo que ven cuatro kernels"),
)


# %% [markdown] en
# ## The numbers of the slides
#
# Sizes, parameters and receptive fields of whole layers come from `pincel arithmetic`, which counts
# them as on paper: `((height · width · depth) + 1) · filters`.
# %% [markdown] es
# ## Los números de las diapositivas
#
# Los tamaños, parámetros y campos receptivos de capas enteras salen de `pincel arithmetic`, que los
# cuenta como en el papel: `((alto · ancho · profundidad) + 1) · filtros`.
# %%
def layer(size, network):
    """The last layer of a network written as a line of text."""
    return pincel.arithmetic(size, network)[-1]


rows = [
    ["4 × 4 ∗ 3 × 3", [[4, 8], [5, 5]], s.tolist()],
    ["6 × 6, strides (2, 2)", [[4, 1], [3, 4]], stepped.tolist()],
    ["512 × 512 × 3", 786_432, layer("512x512x3", "flatten").after[0]],
    ["224 × 224 × 3", 150_528, layer("224x224x3", "flatten").after[0]],
    ["100 × 100, 32 × (5 × 5), valid", (96, 96, 32), layer("100x100x3", "conv 32 5 valid").after],
    ["16 × 16, 3 × 3, same", (16, 16, 1), layer("16x16x1", "conv 1 3 same").after],
    ["((5·5·3) + 1) · 32", 2432, layer("100x100x3", "conv 32 5 valid").parameters],
    [both("field after 1 layer", "campo tras 1 capa"), (3, 3), layer("9x9x1", "conv 1 3").field],
    [
        both("field after 2 layers", "campo tras 2 capas"),
        (5, 5),
        layer("9x9x1", "conv 1 3, conv 1 3").field,
    ],
]
table(
    [
        both("example", "ejemplo"),
        both("on the slide", "en la diapositiva"),
        both("worked out", "calculado"),
    ],
    [[name, str(said), str(came)] for name, said, came in rows],
)
# %% [markdown] en
# How many of the nine come out as they stand there?
# %% [markdown] es
# ¿Cuántos de los nueve salen como están allí?
# %%
goal(sum(said == came for _, said, came in rows), at_least=9)
