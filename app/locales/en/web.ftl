## What the API answers when a request cannot be met

problem-title-bad-request = The request cannot be read
problem-title-not-signed-in = Sign in
problem-title-forbidden = Not allowed
problem-title-not-found = Not found
problem-title-method-not-allowed = It cannot be done this way
problem-title-too-slow = It took too long
problem-title-conflict = Not possible just now
problem-title-too-large = Too large
problem-title-unsupported-media-type = This kind is not taken
problem-title-range-not-satisfiable = No such bytes
problem-title-unusable-input = The content cannot be used
problem-title-too-many-requests = Too many requests
problem-title-internal-error = A fault in the service
problem-title-unavailable = The service cannot do it now

## Who asks

problem-not-signed-in = You have to sign in for this. Send a key in the header Authorization: Bearer pp_…, or open a sign-in link.
problem-wrong-key = The key cannot be used: it is wrong, has expired or was revoked.
problem-link = The sign-in link cannot be used: it is wrong, too old or was used before. Ask for a new one.
problem-forbidden-role = Your role does not allow this.
problem-forged = The request did not come from a page of this service. Load the page again and then try.
problem-agent-not-own = You can send only your own calls. Leave agent_id out, or give your own identifier.
problem-agent-not-in-team = You can send only calls of agents in your own team. The field agent_id must hold the identifier of one of them.
problem-not-submitter = You can stop and erase only calls that you sent yourself.
problem-too-many = Too many requests have come in. Try again in { NUMBER($seconds) } seconds.
problem-too-many-failures = Too many wrong keys have come from this address. Try again in { NUMBER($seconds) } seconds.

## What is not there

problem-no-such-path = There is no such address.
problem-no-call = There is no such call, or it is not for you.
problem-no-batch = There is no such batch, or it is not for you.
problem-no-agent = There is no such agent, or the agent's data are not for you.
problem-no-team = There is no such team.
problem-no-key = There is no such key in use.
problem-no-session = There is nobody by this identifier who is signed in or has an unused sign-in link.
problem-no-webhook = There is no such webhook, or it is not for you.
problem-no-delivery = There is no such delivery.
problem-no-standard = There is no standard { $name }.
problem-no-standard-version = The standard { $name } has no version { NUMBER($version, useGrouping: 0) }.
problem-no-finding = The measure { $measure } has no evidence number { NUMBER($n, useGrouping: 0) } in this call. They are counted from 0.
problem-audio-gone = The recording of the call is no longer kept.
problem-range = The recording has { NUMBER($size, useGrouping: 0) } bytes; those asked for lie beyond them.

## What cannot be done now

problem-not-ready =
    { $status ->
        [queued] The call is still waiting, so there is no scorecard. Try again in a moment.
        [processing] The call is being scored. Try again in a moment.
        [failed] The call could not be scored, so there is no scorecard. The call's state says why.
        [cancelled] The scoring of the call was cancelled, so there is no scorecard.
       *[other] The call has no scorecard.
    }
problem-audio-not-fetched = The recording of the call has not been fetched yet. Try again in a moment.
problem-already-ended =
    { $status ->
        [succeeded] The call has been scored already, so it can no longer be stopped.
       *[other] The work on the call has ended already, so it can no longer be stopped.
    }
problem-not-failed = Only a call whose scoring failed can be tried again. The status of this one is { $status }.
problem-team-exists = The organisation has a team called { $name } already. Give another name.
problem-still-pending = The delivery is still under way. It can be sent again once it has arrived or was given up.
problem-disk-full = The disk is nearly full, so no more calls are taken in. Try again in { NUMBER($seconds) } seconds.
problem-queue-full = The queue is full. Try again in { NUMBER($seconds) } seconds.
problem-database = The database does not answer. Try again in { NUMBER($seconds) } seconds.
problem-storage = The store of recordings does not answer. Try again in { NUMBER($seconds) } seconds.
problem-not-working = The service cannot work now. These are not as they should be: { $missing }.
problem-internal = Something unforeseen went wrong in the service. If it happens again, tell those who run it the request_id of this answer.
problem-unknown = This version of the service cannot say why.

## What is wrong with a request

problem-method = This address cannot do that. The header Allow lists what it can.
problem-unreadable = The request cannot be read.
problem-not-json = The content is not valid JSON.
problem-multipart = The parts of the form cannot be read. It has to be multipart/form-data, and all of it has to arrive.
problem-media-type = Content of the kind { $given } is not taken. Allowed are { $allowed }.
problem-body-too-large = The content is too large: at most { NUMBER($most, useGrouping: 0) } bytes are allowed.
problem-too-slow = The content did not arrive: for { NUMBER($seconds) } seconds it was waited for. Send it again.
problem-json-parts = The content has too many lists and objects: at most { NUMBER($most, useGrouping: 0) } are allowed. Send a long transcript as the part transcript of a form.
problem-part-missing = The form lacks the part { $name }.
problem-part-twice = The form has the part { $name } twice. Send it once.
problem-part-unknown = The form has an unknown part, { $name }. Allowed are audio, metadata and transcript.
problem-unknown-parameter = The address has an unknown option, { $name }. Allowed are: { $allowed }.
problem-parameter-twice = The address has the option { $name } twice. Give it once.
problem-idempotency-conflict = Another request was sent under the same Idempotency-Key. Use a new key.
problem-retain-days = The call cannot be kept for { $value } days: the organisation keeps calls for at most { $most } days. Give a smaller retain_days or leave it out.
problem-no-such-standard = The organisation has no standard { $name }. Store it first, or leave standard out.
problem-name-differs = The standard is called { $path } in the address but { $body } in the content. They have to be the same.
problem-unknown-measure = There is no measure { $name }. Allowed are: { $allowed }.
problem-expired = The time of expiry, { $value }, has passed. Give a later one.
problem-fields =
    { $count ->
        [one] One field cannot be used; errors says which.
       *[other] { NUMBER($count) } fields cannot be used; errors lists them.
    }
problem-field-missing = The field is missing.
problem-field-unknown = The field is unknown. Check its name, or leave it out.
problem-field-text = A text is needed here.
problem-field-whole = A whole number is needed here.
problem-field-number = A number is needed here.
problem-field-truth = True or false is needed here.
problem-field-list = A list is needed here.
problem-field-object = An object is needed here.
problem-field-form = The text has characters that are not allowed here, or not the form that is needed.
problem-field-short = The text is too short: at least { NUMBER($limit, maximumFractionDigits: 0) } characters are needed.
problem-field-long = The text is too long: at most { NUMBER($limit, maximumFractionDigits: 0) } characters are allowed.
problem-field-many = The list is too long: at most { NUMBER($limit, maximumFractionDigits: 0) } are allowed.
problem-field-keys = The object has too many fields: at most { NUMBER($limit, maximumFractionDigits: 0) } are allowed.
problem-field-few = The list is too short: at least { NUMBER($limit, maximumFractionDigits: 0) } are needed.
problem-field-least = The number is too small: the least allowed is { NUMBER($limit, maximumFractionDigits: 2) }.
problem-field-most = The number is too large: the most allowed is { NUMBER($limit, maximumFractionDigits: 2) }.
problem-field-choice = The value is not allowed. Allowed are: { $allowed }.
problem-field-time = The time cannot be read. It has to look like 2026-11-20T12:00:00+02:00.
problem-field-zone = The time lacks its time zone. It has to look like 2026-11-20T12:00:00+02:00.
problem-field-same-channel = The agent and the customer cannot be on the same channel. If the call has one channel, give "mono".
problem-field-other = The value { $value } is not allowed here.

## Starting the service, and keys on the command line

serve-link = Open in a browser: { $link }
    The link works once, within { NUMBER($hours) } hours. For a new one run puhepeili keys link --role agent --agent agentti.
serve-several = The service answers at { $url }. For a sign-in link run puhepeili keys link.
error-queues = There is no queue { $value }. The queues are { $allowed }.
error-no-key = There is no key { $value }, or it was revoked before. For identifiers run puhepeili keys list.
error-no-team = There is no team { $value }. The teams are: { $names }.
error-organisation-none = There is no organisation yet. Make the first with puhepeili keys organisation NAME.
error-organisation-which = Choose the organisation with --organisation. The organisations are: { $names }.
