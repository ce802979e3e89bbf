"""Benches: times and memory of the product beside the figures it promises. Run by ``./dev bench [name]``."""
