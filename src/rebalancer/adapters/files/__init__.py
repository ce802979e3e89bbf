"""Readers and writers of the product's file formats: pure functions from bytes to domain values and back."""
