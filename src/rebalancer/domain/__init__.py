"""The functional core: values and pure functions, no I/O, no clock, no environment, no randomness of its own."""
