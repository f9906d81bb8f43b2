"""Where calls stand: the functions around them, what those are decorated with, and who calls them."""
