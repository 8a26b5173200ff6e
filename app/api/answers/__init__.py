"""From the domain to what is answered: names, rounding, order. No arithmetic besides rounding."""
