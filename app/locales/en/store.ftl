## What the service keeps: keys, lists, files

error-principal-role = There is no role { $value }; the roles are agent, trainer, platform and admin.
error-principal-agent = Only the role agent has an agent identifier, and it always needs one; the role given is { $role }.
error-principal-team = Only the role trainer has a team, and it always needs one; the role given is { $role }.
error-page-limit = A page cannot have { $value } items; from 1 to { $most } are allowed.
error-page-cursor = The cursor { $value } was not made by this service; take the next_cursor of the page before, unchanged.
error-upload-too-large = The file is too large: at most { NUMBER($most, maximumFractionDigits: 0) } bytes are taken in.
error-retry-late = The call can no longer be tried again: what it came with is kept for { $days } days after a failure. Send the recording in again.
