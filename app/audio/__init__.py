"""From a recording of any kind to samples on disk: what it is, what is in it, and how sound the file is."""
