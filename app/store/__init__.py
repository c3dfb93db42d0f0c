"""The store: everything that the service keeps in its database, on SQLite or PostgreSQL alike.

Functions take a transaction (``with store.write() as session:``) and give frozen dataclasses; rows never leave here.
"""
