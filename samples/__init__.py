"""Made calls with exact truth: Finnish speech by rule, test signals, and the sample calls that ship with the project."""
