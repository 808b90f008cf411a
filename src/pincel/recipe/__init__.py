"""How a picture was made, kept inside its file: written, checked, followed back."""
