import type { Template } from './template.ts'

/** A11, A34, A35: the new addresses exist; where whoever hands out the passwords fetches them. */
export const accounts: Template = {
  for: 'others',
  fr: `
Les nouvelles adresses sont créées

Les nouvelles boîtes aux lettres sont créées et attendent leurs utilisat{eur·rices|eurs}.

| Boîtes aux lettres | {mailboxes}
?at.open | Accès possible à partir du | {at.open}
?trustee ?password-until | Lien valable jusqu’au | {password-until}

?trustee ## Remettre les mots de passe
?trustee 1. Téléchargez les mots de passe par le lien ci-dessous. Chaque téléchargement est enregistré.
?trustee ?by-trustee 2. Ouvrez le fichier avec le mot de passe qui vous est communiqué par une autre voie.
?trustee 3. Remettez à chaque personne le sien, en main propre ou par téléphone, jamais par courriel. Demandez-lui de le changer dès sa première connexion.
?trustee ?without-password 4. Les boîtes partagées et les alias n’ont pas de mot de passe.
?trustee 5. Une fois tous les mots de passe remis, détruisez le fichier.
?trustee ?link.bundle [Télécharger les mots de passe](link.bundle)
?trustee > Ce lien est réservé à la remise des mots de passe. Ne le transférez à personne.

!trustee ?by-trustee La personne désignée pour remettre les mots de passe a reçu un message à part.
!trustee Ce message ne contient aucun mot de passe.

{{mailboxes}}
`,
  nl: `
De nieuwe adressen zijn aangemaakt

De nieuwe mailboxen zijn aangemaakt en staan klaar voor hun gebruikers.

| Mailboxen | {mailboxes}
?at.open | Toegang mogelijk vanaf | {at.open}
?trustee ?password-until | Link geldig tot | {password-until}

?trustee ## De wachtwoorden bezorgen
?trustee 1. Download de wachtwoorden via de onderstaande link. Elke download wordt geregistreerd.
?trustee ?by-trustee 2. Open het bestand met het wachtwoord dat u langs een andere weg krijgt.
?trustee 3. Bezorg iedereen het eigen wachtwoord persoonlijk of per telefoon, nooit per e-mail. Vraag om het bij de eerste aanmelding te wijzigen.
?trustee ?without-password 4. Gedeelde mailboxen en aliassen hebben geen wachtwoord.
?trustee 5. Vernietig het bestand zodra alle wachtwoorden bezorgd zijn.
?trustee ?link.bundle [De wachtwoorden downloaden](link.bundle)
?trustee > Deze link is alleen bestemd voor wie de wachtwoorden bezorgt. Stuur hem aan niemand door.

!trustee ?by-trustee De persoon die de wachtwoorden bezorgt, heeft een afzonderlijk bericht gekregen.
!trustee In dit bericht staat geen enkel wachtwoord.

{{mailboxes}}
`,
  de: `
Die neuen Adressen sind angelegt

Die neuen Postfächer sind angelegt und stehen für ihre Nutzerinnen und Nutzer bereit.

| Postfächer | {mailboxes}
?at.open | Zugang möglich ab | {at.open}
?trustee ?password-until | Link gültig bis | {password-until}

?trustee ## Die Kennwörter übergeben
?trustee 1. Laden Sie die Kennwörter über den Link unten herunter. Jedes Herunterladen wird festgehalten.
?trustee ?by-trustee 2. Öffnen Sie die Datei mit dem Kennwort, das Sie auf einem anderen Weg erhalten.
?trustee 3. Übergeben Sie jeder Person ihr Kennwort persönlich oder am Telefon, nie per E-Mail. Bitten Sie sie, es bei der ersten Anmeldung zu ändern.
?trustee ?without-password 4. Freigegebene Postfächer und Aliasse haben kein Kennwort.
?trustee 5. Vernichten Sie die Datei, sobald alle Kennwörter übergeben sind.
?trustee ?link.bundle [Kennwörter herunterladen](link.bundle)
?trustee > Dieser Link ist nur für die Übergabe der Kennwörter bestimmt. Leiten Sie ihn an niemanden weiter.

!trustee ?by-trustee Wer die Kennwörter übergibt, hat eine eigene Nachricht erhalten.
!trustee In dieser Nachricht steht kein Kennwort.

{{mailboxes}}
`,
  en: `
The new addresses have been created

The new mailboxes have been created and are ready for their users.

| Mailboxes | {mailboxes}
?at.open | Access possible from | {at.open}
?trustee ?password-until | Link valid until | {password-until}

?trustee ## Handing out the passwords
?trustee 1. Download the passwords through the link below. Every download is recorded.
?trustee ?by-trustee 2. Open the file with the password that you are told in another way.
?trustee 3. Give each person their own, in person or by telephone, never by email. Ask them to change it when they first sign in.
?trustee ?without-password 4. Shared mailboxes and aliases have no password.
?trustee 5. Once all passwords are handed out, destroy the file.
?trustee ?link.bundle [Download the passwords](link.bundle)
?trustee > This link is only for handing out the passwords. Do not forward it to anybody.

!trustee ?by-trustee The person who hands out the passwords has received a separate message.
!trustee There is no password in this message.

{{mailboxes}}
`,
}
