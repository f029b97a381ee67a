"""The public's pages and the console's."""
