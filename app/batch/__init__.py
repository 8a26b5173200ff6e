"""Reading, identifying and scoring products, one or many."""
