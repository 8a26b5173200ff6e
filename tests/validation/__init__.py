"""Checks over the real data that a reviewer would ask for; writes docs/validation.md."""
