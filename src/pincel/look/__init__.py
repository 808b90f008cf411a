"""Opening networks: arithmetic, receptive fields, activations, heat maps, trust."""

from pincel.rooms import callable_too

callable_too(__name__)
