"""Tools for agents (Model Context Protocol), over the same code as the commands."""
