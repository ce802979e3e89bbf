"""The HTTP API and the page's server: one file per noun; ``problems`` alone knows HTTP status codes."""
