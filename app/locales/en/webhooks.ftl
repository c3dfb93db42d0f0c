error-webhook-unknown-host = There is no host { $host }; events cannot be sent there.
webhook-error-status = The receiver answered with an error.
webhook-error-gone = The receiver says that it wants no more events (410); sending there has been switched off.
webhook-error-timeout = The receiver did not answer within 15 seconds.
webhook-error-unreachable = The receiver could not be reached.
webhook-error-broken = The connection to the receiver broke.
webhook-error-refused = The receiver's address is not one of the open internet.
webhook-error-disabled = Sending to this receiver is switched off.
