"""The client for Python callers; a room of its own that knows nothing of ours."""
