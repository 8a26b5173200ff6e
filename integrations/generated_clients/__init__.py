"""Clients that generators make from the three documents, each scoring the same motor."""
