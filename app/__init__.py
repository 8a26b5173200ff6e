"""Lodestone: rare-earth procurement risk of a bill of materials, on a date, with its sources."""

__version__ = "0.1.0"
