"""Tryton: products and bills of materials by JSON-RPC, scores into product attributes."""
