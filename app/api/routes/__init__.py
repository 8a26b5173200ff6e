"""One module for each resource; a route parses, asks the core once, maps, answers."""
