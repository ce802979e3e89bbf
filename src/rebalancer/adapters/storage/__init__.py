"""Storage: the journal on SQLite and PostgreSQL, through SQLAlchemy Core; one schema, one code, two engines."""
