"""What a picture is: reading and writing, colour spaces, kernels, HOG, distances."""
