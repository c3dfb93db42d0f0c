# Sentences that open with a negation: what the opening is, and another way to say the same.
# suggestion-…: what to say, with the Finnish words quoted; your own matter goes where the three dots are.

note-opening-plain = The sentence opens with the negation “{ $form }”.
note-opening-conjoined = The sentence opens with the negation with -kä (“nor”): “{ $form }”.
note-opening-repair = The sentence opens with a correction (“no, I mean”): “{ $form }”.
note-opening-emphatic = The sentence opens with the negation with -pä: “{ $form }”.
note-opening-reminding = The sentence opens with the negation with -hän: “{ $form }”.
note-opening-additive = The sentence opens with the negation with -kään: “{ $form }”.
note-opening-fused = The sentence opens with the colloquial negation “{ $form }” (en minä, “I don't”).

suggestion-default = Say first what can be done: “Katsotaan, miten tämä hoituu: …” (Let's see how this can be arranged).
suggestion-answer = Tell how things stand: “Tilanne on nyt se, että …” (The situation now is that …).
suggestion-cannot = Say what you can do: “Voin hoitaa asian näin: …” (I can take care of it this way).
suggestion-not-available = Say what there is: “Meillä on tarjolla …” (What we have is …).
suggestion-not-known = Promise to find out: “Otan siitä selvää ja palaan asiaan.” (I will find out and come back to you.)
suggestion-no-worry = Say that you handle it together: “Hoidetaan tämä yhdessä.” (Let's take care of this together.)
suggestion-no-need = Say what is enough: “Riittää, että …” (It is enough to …).
suggestion-not-ours = Take the caller on: “Yhdistän puhelun sinne, missä asia hoituu.” (I will put you through to where this is handled.)
suggestion-time = Say when it works: “Aikaisintaan tämä onnistuu …” (The earliest this is possible is …).
suggestion-not-yet = Say how far it is: “Asia on nyt siinä vaiheessa, että …” (The matter is now at the point where …).
suggestion-not-seen = Say what you see: “Näen täältä, että …” (I can see here that …).
suggestion-not-true = Look at it together: “Katsotaan yhdessä, miten asia on.” (Let's see together how it is.)
suggestion-not-heard = Check what you heard: “Varmistan vielä, että kuulin oikein: …” (Let me make sure I heard you right).
suggestion-thanks = Answer thanks without a negation: “Autan mielelläni.” (Glad to help.)
suggestion-repair = Correct it plainly: “Korjaan vielä: …” (Let me correct that).
