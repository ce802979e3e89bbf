"""Workflows, one verb phrase per file: read the world through ports, decide with the domain, write it down."""
