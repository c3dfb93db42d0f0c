## A call's way through the workers

error-job-crashed =
    The call could not be scored: the work broke off several times. The fault is most likely in the file or in this
    service, not in anything you did. You can have it tried again; if it breaks off again, tell whoever runs the service.
error-job-no-audio = The call could not be scored: its recording is no longer kept here. Send the recording in again.
