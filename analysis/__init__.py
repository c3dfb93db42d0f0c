"""Pure measurement: arrays and words in, frozen dataclasses out. No files, clock, environment or network."""
