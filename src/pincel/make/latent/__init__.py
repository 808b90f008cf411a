"""Pictures out of a network's latent space."""
