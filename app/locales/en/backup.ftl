error-backup-there = { $folder } is there already; a backup is made into a new folder.
error-backup-none = { $folder } holds no whole backup.
error-backup-version = The backup is of version { $version }; this service reads version { $known }.
error-backup-kind = The backup is of a { $has } database, and the service is set to { $wanted }.
error-backup-damaged = The file { $key } of the backup is not as long as it was.
error-backup-program = { $program } is not on this machine; it comes with PostgreSQL's client programs.
error-backup-failed = { $program } did not finish: { $detail }
