"""Each kind of database, for the tests of this folder."""

from tests.servers import store, store_url  # noqa: F401
