# Why a recording cannot be used. Each says what is wrong, the value, and what is allowed.
error-audio-missing = There is no such file; give the path of a recording.
error-audio-unreadable = The file cannot be opened for reading; it must be an ordinary file that this user may read.
error-audio-empty = The file is empty (0 bytes); a recording of a call is needed.
error-audio-too-large = The file is { NUMBER($size_mb, maximumFractionDigits: 0) } MB; at most { NUMBER($limit_mb, maximumFractionDigits: 0) } MB is allowed.
error-audio-not-audio = { $kind ->
    [playlist] The file is a playlist or a list of addresses, not a recording
    [page] The file is a web page or other markup, not a recording
    [picture] The file is a picture, not a recording
    [archive] The file is a compressed archive, not a recording
    [document] The file is a document, not a recording
    [video] The file is a video of a kind that is not read
    [text] The file is text, not a recording
   *[unknown] The file is not a recording of any kind that is read, or it lacks its header
    }; WAV, MP3, M4A/AAC, OGG (Opus, Vorbis), FLAC, WebM, AMR, GSM, AU, CAF and AIFF are read.
error-audio-header = The header of the recording is broken or cut off, so the sound cannot be found; save or export the call anew.
error-audio-no-track = The file has no sound track; a recording of a call is needed.
error-audio-codec = The sound is coded as “{ $codec }”, which is not read; save it as WAV, MP3, M4A, Opus or FLAC.
error-audio-channels = The recording has { $channels } channels; 1 or 2 are allowed.
error-audio-rate-low = The sample rate { NUMBER($rate_hz, useGrouping: 0) } Hz is too low for measuring speech; at least { NUMBER($limit_hz, useGrouping: 0) } Hz is needed.
error-audio-rate-high = The sample rate { NUMBER($rate_hz, useGrouping: 0) } Hz is too high for a recording of speech; at most { NUMBER($limit_hz, useGrouping: 0) } Hz is allowed.
error-audio-too-long = The recording is too long; at most { $limit } is allowed.
error-audio-no-samples = The recording has a header but no sound in it (0 s); at least half a second is needed.
error-audio-too-short = The recording lasts { NUMBER($seconds, maximumFractionDigits: 4) } s; at least { NUMBER($limit_s, maximumFractionDigits: 1) } s is needed.
error-audio-damaged = The recording is damaged: only { NUMBER($seconds, maximumFractionDigits: 2) } s of it could be read; at least { NUMBER($limit_s, maximumFractionDigits: 1) } s is needed.

# What to know of a recording that was used all the same.
warning-cut-short = The file breaks off: it should last { NUMBER($stated_s, maximumFractionDigits: 1) } s, but only { NUMBER($seconds, maximumFractionDigits: 1) } s of it is there.
warning-damaged = The file is damaged in places: { NUMBER($seconds, maximumFractionDigits: 1) } s of sound could be read; what is lost is silent.
warning-gaps = Sound is missing from the recording for { NUMBER($seconds, maximumFractionDigits: 1) } s in all; those stretches are silent.
warning-header-length = The header says that the recording lasts { NUMBER($stated_s, maximumFractionDigits: 1) } s, but the file holds { NUMBER($seconds, maximumFractionDigits: 1) } s of sound; what is there was used.
warning-not-finite = { $count ->
    [one] One sample of the recording is not a number; it was taken as silence.
   *[other] { $count } samples of the recording are not numbers; they were taken as silence.
    }
warning-over-full-scale = { $count ->
    [one] One sample is above full scale; it was limited and counted as clipped.
   *[other] { $count } samples are above full scale; they were limited and counted as clipped.
    }
warning-dc-offset = Channel { $channel } has a constant offset of { NUMBER($offset, maximumFractionDigits: 2) } (full scale is 1); the recording device or line may be at fault.
warning-other-tracks = { $count ->
    [one] The file has one more sound track besides the first; only the first was used.
   *[other] The file has { $count } more sound tracks besides the first; only the first was used.
    }
