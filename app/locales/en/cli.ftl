error-one-channel-only = The recording has one channel, so the agent cannot be on the { $asked }.
error-agent-channel-silent = Nothing is heard on the { $channel } channel, which was said to be the agent's; try the other one.
error-embed-audio-needs-html = --embed-audio works with --format html only, not with { $form }.
error-out-is-folder = --out must be a file, but { $path } is a folder.
error-out-no-folder = The folder of { $path } does not exist; make it first.
error-out-not-written = { $path } could not be written: { $why }.
error-model-missing = The speech model { $name } cannot be used: { $why }
warning-no-speech = No speech was found on the measured channel.
