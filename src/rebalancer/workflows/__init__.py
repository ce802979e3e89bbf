"""Workflows: one verb phrase per file. Each reads the world through ports, decides with the domain, and writes the decision down."""
