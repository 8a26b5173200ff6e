"""Recipes: other systems and Lodestone, each a program that reads, asks and writes back."""
