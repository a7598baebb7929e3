"""How the tables of a gradebook came to be, step by step: Alembic takes an older one to the newest of them."""
