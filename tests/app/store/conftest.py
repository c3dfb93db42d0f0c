"""Each kind of database and file store, for the tests of this folder."""

from tests.servers import bucket_url, database_url, postgresql_url, store, store_url  # noqa: F401
