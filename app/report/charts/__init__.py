"""Drawings of the report as SVG; each carries a text that says the same."""
