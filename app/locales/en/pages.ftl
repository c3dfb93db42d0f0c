# The pages of the service in a browser: signing in, sending a call in, one's own calls, and the scorecard.

## Frame

pages-title = { $page } – Puhepeili
pages-skip = Skip to the content
pages-other-language = Suomeksi
pages-sign-out = Sign out
pages-signed-in-trainer = Trainer
pages-signed-in-platform = Platform
pages-signed-in-admin = Administrator
pages-learning = The figures are for learning, not for personnel decisions.
pages-no-script = This page needs JavaScript. Turn it on in the browser's settings and load the page again.
pages-home = My calls
pages-home-team = My team's calls
pages-home-all = Calls sent in
pages-to-home = To the front page
pages-version = Puhepeili { $version }

## Before signing in

pages-welcome = Hear how you speak
pages-welcome-what = Puhepeili measures how you use your voice in a recorded call: tempo, pauses, pitch, loudness, filler words and how your sentences begin. The scorecard shows what goes well and what to try next. You can listen to every finding yourself.
pages-welcome-in = How to get in
pages-welcome-link = Open your personal sign-in link. If you have none, or it no longer works, ask the administrator of the service for a new one.
pages-welcome-own = Did you start the service yourself? The link is in the window where you gave the command (make run, for example).

## Sign-in link

pages-sign-in = Sign in
pages-sign-in-lead = Your link is ready. Press the button to get to your calls.
pages-sign-in-once = The link works once.
pages-sign-in-broken = The link is not whole. Open all of it as you got it, or ask for a new one.
pages-sign-in-already = You are signed in already.
pages-sign-in-go-on = Go on to the calls

## Administrator

pages-admin = Administrators see no calls
pages-admin-why = An administrator looks after keys, teams, target levels and how long calls are kept, and sees neither calls nor scorecards.
pages-admin-how = Make a sign-in link for the person whose calls they are:
pages-admin-keys = Keys, teams and retention are looked after in the API and with the command puhepeili keys.

## Sending a call in

pages-send = Send a call in
pages-drop = Drop the recording of a call here
pages-choose = Choose a file
pages-drop-now = Let go to begin sending
pages-formats = WAV, MP3, M4A, OGG, Opus, FLAC, WebM, AMR and other common kinds of audio.
pages-limits = At most { NUMBER($length, maximumFractionDigits: 1) } { $span ->
        [h] hours
       *[min] minutes
    } and { NUMBER($size, maximumFractionDigits: 1) } { $unit ->
        [gb] GB
       *[mb] MB
    } at a time.
pages-agent = Whose call?
pages-agent-choose = Choose
pages-channel = Where is your voice?
pages-channel-team = Where is the agent's voice?
pages-channel-guess = Let the service work it out
pages-channel-left = On the left
pages-channel-right = On the right
pages-channel-mono = Only I speak
pages-channel-mono-team = Only the agent speaks

## List

pages-list-more = Show more
pages-list-empty = No calls yet
pages-list-empty-how = Drop your first recording in the box above, and its scorecard appears here.
pages-list-empty-team = The team's calls appear here once the first one has been sent in.
pages-list-loading = Fetching calls…

## Erasing

pages-erase-title = Erase the call?
pages-erase-what = The recording, its words and all figures are erased for good. This cannot be undone.
pages-erase-yes = Erase for good
pages-erase-no = Keep it

## Who has looked

pages-looks = Who has looked at my calls?
pages-looks-why = This shows every time that somebody else opened a call or scorecard of yours.
pages-looks-more = Show older

## Scorecard

pages-card = Scorecard
pages-card-frame = Scorecard: { $name }
pages-card-unnamed = Call
pages-card-print = Print
pages-card-download = Download
pages-card-csv = Measures as a table (CSV)
pages-card-textgrid = The call's words with times (TextGrid)
pages-card-erase = Erase
pages-back = Calls
pages-waiting = The scorecard is not ready yet
pages-waiting-lead = The scorecard opens here by itself when it is ready.
pages-waiting-ended = There is no scorecard of this call

## Texts of the script

pages-js-today = today at { $time }
pages-js-yesterday = yesterday at { $time }
pages-js-day = { $day } at { $time }
pages-js-unnamed = Unnamed call
pages-js-waits-to-send = Waits to be sent
pages-js-sending = Sending { $percent }%
pages-js-storing = Storing
pages-js-queued = Waiting in line
pages-js-stage-fetch = Fetching the recording
pages-js-stage-decode = Reading the recording
pages-js-stage-detect = Finding speech
pages-js-stage-transcribe = Writing speech down
pages-js-stage-measure = Measuring
pages-js-stage-begun = Beginning
pages-js-working = { $stage } · { $percent }%
pages-js-succeeded = The scorecard is ready
pages-js-failed = Did not succeed
pages-js-cancelled = Stopped
pages-js-progress-of = Progress: { $name }
pages-js-cancel = Stop
pages-js-cancel-of = Stop: { $name }
pages-js-retry = Try again
pages-js-retry-of = Try again: { $name }
pages-js-resend = Send again
pages-js-resend-of = Send again: { $name }
pages-js-erase = Erase
pages-js-erase-of = Erase: { $name }
pages-js-dismiss = Close
pages-js-dismiss-of = Remove from the list: { $name }
pages-js-erase-question = Erase { $name }?
pages-js-said-sending = Sending: { $name }
pages-js-said-queued = Sent, and waiting in line: { $name }
pages-js-said-working = Work has begun: { $name }
pages-js-said-succeeded = The scorecard is ready: { $name }
pages-js-said-failed = Did not succeed: { $name }. { $reason }
pages-js-said-cancelled = Stopped: { $name }
pages-js-said-erased = Erased: { $name }
pages-js-error-network = The connection to the service was lost. The page goes on by itself when it is back.
pages-js-error-upload = Sending broke off. Check the network connection and send again.
pages-js-error-session = Your session is over. Ask for a new sign-in link and open it.
pages-js-error-unknown = The service could not answer. Try again in a moment.
pages-js-error-empty = The file is empty, or it is a folder. Choose the recording of a call.
pages-js-error-kind = The file is not a recording. Choose an audio file, such as WAV, MP3 or M4A.
pages-js-error-size = The file is too large. Send a shorter recording, or one that is compressed more.
pages-js-error-agent = Choose first whose call it is.
pages-js-error-frame = The scorecard could not be opened. Load the page again.
pages-js-looks-none = Nobody else has looked at your calls.
pages-js-look = { $who } { $what }
pages-js-role-trainer = Trainer
pages-js-role-platform = The system that sends calls
pages-js-role-admin = Administrator
pages-js-role-system = The service itself
pages-js-action-call-read = opened the call
pages-js-action-call-cancelled = stopped the work
pages-js-action-call-retried = put the call back in line
pages-js-action-scorecard-read = read the scorecard
pages-js-action-audio-read = listened to the recording
pages-js-action-transcript-exported = downloaded the words
pages-js-action-findings-read = read listeners' verdicts
pages-js-action-finding-judged = judged a finding
pages-js-action-events-read = followed the work
pages-js-action-trend-read = looked at a measure over time
pages-js-action-batch-read = read the results of a batch
pages-js-action-scorecard-rescored = had the scorecard made anew
pages-js-action-agent-exported = exported all your data
pages-js-action-call-erased = erased the call
pages-js-signing-in = Signing in…
