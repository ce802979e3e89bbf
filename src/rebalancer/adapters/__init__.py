"""What talks to the world: files, storage, clock; each module joins one port or format to the domain."""
