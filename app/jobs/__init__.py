"""Durable jobs: what turns a stored call into a scorecard, however often workers die on the way.

`port` says what the rest of the service may ask; `dbos_engine` answers it with DBOS Transact. A worker (`worker`) runs
`workflow`; the heavy work is done by `child`, a process of its own for each call. `lease` and `reaper` see to it that
the jobs of a dead worker go on elsewhere, and that those of a live one are left alone.
"""
