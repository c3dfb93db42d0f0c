# Virke, jonka alku on voitu kuulla väärin
note-opening-misheard = Tunnistin kirjoitti ”{ $heard }”, mutta virkkeen alussa saattaa olla ei. Kuuntele ja tarkista.
