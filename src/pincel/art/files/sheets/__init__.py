"""What engines read beside the picture of a sheet; see `pincel.art.files`."""
