"""Reads and checks `app/data`; returns one immutable `ReferenceData`."""
