"""Pages of clients: finding one, all about one, making and changing one, who looks after them."""
