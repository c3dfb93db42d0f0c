error-outgoing-no-url = This is no web address; an address such as https://recorder.example.com/call.wav is needed.
error-outgoing-long-url = The address is too long; at most { $most } characters are taken.
error-outgoing-scheme = An address that begins with { $scheme }: cannot be asked; https: is needed.
error-outgoing-credentials = The address of { $host } has a user name or password in it, which would be stored; use a signed link instead.
error-outgoing-not-https = { $host } must be asked by https. Only hosts of the own network that the operator allows may use http.
error-outgoing-refused = The service does not connect to { $host }: its address or port is not one of the open internet (https on port 443 or 8443). The operator can allow hosts of the own network with PUHEPEILI_INTERNAL_HOSTS.
