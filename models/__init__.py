"""Loading and running models: speech detection, pitch, transcription, and the weights they need."""
