# A sentence whose beginning may have been misheard
note-opening-misheard = The recogniser wrote “{ $heard }”, but the sentence may open with “ei”. Listen and check.
