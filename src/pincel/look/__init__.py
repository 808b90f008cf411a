"""Opening networks: arithmetic, receptive fields, activations, heat maps, trust."""
