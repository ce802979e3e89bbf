"""The command line: one file per noun; the only layer that knows exit codes."""
