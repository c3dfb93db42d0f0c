# Models: the list, fetching and checking

models-task-transcription = speech recognition
models-task-speech-detection = telling speech from pauses
models-task-pitch = pitch
models-size = { NUMBER($mb, maximumFractionDigits: 1) } MB
models-size-unknown = size not published
models-place-here = In place: { $path }
models-place-embedded = Came with the installation; joined when it is first used.
models-place-none = Not on this machine.
models-sha256-unknown = not published; noted down at the first fetch
models-verify-good = { $name }: right ({ $path })
models-verify-bad = { $name }: NOT RIGHT. { $problem }
models-fetched = Model { $name } is in place: { $path }

weights-note-base = Comes with the program and needs no network. Hears Finnish passably and misspells much of what it hears over the telephone: always listen before you believe a finding that rests on words.
weights-note-small = More than three times the size of base, so slower and more accurate. Its accuracy in Finnish has not been measured in this program.
weights-note-medium = Ten times the size of base; slow without a graphics card. Its accuracy in Finnish has not been measured in this program.
weights-note-large-v3 = The most accurate general model, in practice for a graphics card. Published word error rates in Finnish: 7.7 to 12 % (FLEURS, by how the text is normalised).
weights-note-large-v3-turbo = A pruned large-v3 that takes only part of its computing. Its accuracy in Finnish has not been measured in this program.
weights-note-finnish-large-v3 = A large-v3 trained on for Finnish (Finnish-NLP), in practice for a graphics card. Published word error rate 8.2 % (FLEURS and Common Voice 11). Nothing is published for telephone speech.
weights-note-silero-vad = Tells speech from silence and noise in any language. Comes with the package faster-whisper.
weights-note-swift-f0 = Measures pitch in any language. Comes with the package swift-f0.

weights-unknown = There is no model called { $name }. Give one of { $known }; the path of a model's folder (with a slash in it); or a name on the model hub, written owner/model.
weights-folder-incomplete = The model's folder { $folder } lacks { $missing }. It must hold a whole model, converted for faster-whisper.
weights-not-here = The model { $name } is not on this machine (looked in { $folder }). Allow the model hub in the settings and give "puhepeili models fetch { $name }", or bring the model's folder yourself. The model base works without a network.
weights-parts-missing = The model { $name } cannot be put together, for the installation lacks { $packages }. Install what is missing, for example with "make setup".
weights-wrong = The file { $file } is not the one it should be: its SHA-256 is { $found }, and { $expected } is expected. Delete the model's folder and fetch it again with "puhepeili models fetch".
weights-no-space = The disk is full in { $folder }. The model needs { NUMBER($needed_mb, maximumFractionDigits: 0) } MB. Nothing half-written was left in use.
weights-cache-unusable = The folder of models { $folder } cannot be used: { $problem }. Give a folder that can be written to, or one that holds the model already.
weights-busy = Another program has been putting the model { $name } in place for { NUMBER($seconds, maximumFractionDigits: 0) } seconds. Try again later.
weights-fetch-failed = The model { $name } could not be fetched from the hub ({ $repository }): { $problem }. The model base works without a network.
