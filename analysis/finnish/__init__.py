"""Finnish text: syllables, spoken numbers, sentences, openings, fillers."""
