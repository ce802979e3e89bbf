"""Local stand-ins of venues and sources over a simulated market: nothing here is a real account or a real price."""
