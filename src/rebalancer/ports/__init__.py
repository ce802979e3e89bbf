"""Ports: what workflows need from the world, as Protocols. Adapters implement them, ``bootstrap`` joins the two."""
