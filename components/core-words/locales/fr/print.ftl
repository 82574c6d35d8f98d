# Stationery, the signature of mails, and the index of files.

# Placeholders: nobody may take them for real
print-person = Prénom Nom
print-role = Fonction
print-street = 1, rue
print-city = 00000 Ville
print-register = N° d’immatriculation 000000
print-tax = N° de TVA 000000

# The sheets, and what the printer reads below them
print-sheet-business-card = Carte de visite
print-sheet-letterhead = Papier à en-tête
print-sheet-envelope = Enveloppe
print-sheet-compliments = Carte de correspondance
print-sheet-business-card-us = Carte de visite (US)
print-sheet-letterhead-us = Papier à en-tête (US)
print-sheet-envelope-us = Enveloppe (US)
print-note-size = { $sheet } : { $width } × { $height } mm, fond perdu { $bleed } mm.
print-note-cmyk = CMJN pour la presse du profil « { $profile } ».
print-note-rgb = RVB : à convertir pour votre presse.
print-note-samples = Noms et adresses sont fictifs.

# The signature of mails
mail-signature = Signature d’e-mail
mail-how = Placez mark.png sur votre site et écrivez son adresse là où ce fichier dit mark.png. Remplacez ensuite les données fictives, ouvrez le fichier dans un navigateur, copiez la signature et collez-la dans les réglages de votre messagerie.

# The index
index-title = Quel fichier utiliser ?
index-more = Et pour tout le reste
index-for-website = Onglet, écran d’accueil, lien partagé
index-for-app = Boutiques d’applications et téléphones
index-for-social = Profils, publications et bannières
index-for-mail = Signature d’e-mail
index-for-card = Cartes de visite
index-for-letter = Lettres
index-for-envelope = Enveloppes
index-for-printer = Imprimeur, enseignes, broderie
index-for-office = Diapositives et documents
index-for-code = Sites et applications en code
index-for-fonts = Installer les caractères
index-for-book = Règles et raisons
