"""The HTTP face: who may ask what, and how it is answered.

`application.create_app` puts it together; `rules` says which role may use which route.
"""
