"""One assessment laid out for people: the terminal table and the CSV."""
