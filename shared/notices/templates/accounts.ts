import type { Template } from './template.ts'

/** A11, A34, A35: the new addresses exist; where whoever hands out the passwords fetches them. */
export const accounts: Template = {
  for: 'others',
  fr: `
Les nouvelles adresses sont créées

Les nouvelles boîtes aux lettres sont créées et attendent leurs utilisat{eur·rices|eurs}.

| Boîtes aux lettres | {mailboxes}
?at.open | Accès possible à partir du | {at.open}

?trustee ## Remettre les mots de passe
?trustee 1. Téléchargez les mots de passe par le lien ci-dessous. Chaque téléchargement est enregistré.
?trustee 2. Remettez à chaque personne le sien, en main propre ou par téléphone, jamais par courriel.
?trustee 3. Demandez-lui de le changer dès sa première connexion, puis détruisez le fichier.
?trustee ?link.bundle [Télécharger les mots de passe](link.bundle)
?trustee > Vous êtes la seule personne à recevoir ce lien. Ne le transférez pas.

!trustee ?by-trustee La personne désignée pour remettre les mots de passe a reçu un message à part.
!trustee Ce message ne contient aucun mot de passe.

{{mailboxes}}
`,
  nl: `
De nieuwe adressen zijn aangemaakt

De nieuwe mailboxen zijn aangemaakt en staan klaar voor hun gebruikers.

| Mailboxen | {mailboxes}
?at.open | Toegang mogelijk vanaf | {at.open}

?trustee ## De wachtwoorden bezorgen
?trustee 1. Download de wachtwoorden via de onderstaande link. Elke download wordt geregistreerd.
?trustee 2. Bezorg iedereen het eigen wachtwoord persoonlijk of per telefoon, nooit per e-mail.
?trustee 3. Vraag om het bij de eerste aanmelding te wijzigen en vernietig daarna het bestand.
?trustee ?link.bundle [De wachtwoorden downloaden](link.bundle)
?trustee > U bent de enige die deze link krijgt. Stuur hem niet door.

!trustee ?by-trustee De persoon die de wachtwoorden bezorgt, heeft een afzonderlijk bericht gekregen.
!trustee In dit bericht staat geen enkel wachtwoord.

{{mailboxes}}
`,
  de: `
Die neuen Adressen sind angelegt

Die neuen Postfächer sind angelegt und stehen für ihre Nutzerinnen und Nutzer bereit.

| Postfächer | {mailboxes}
?at.open | Zugang möglich ab | {at.open}

?trustee ## Die Kennwörter übergeben
?trustee 1. Laden Sie die Kennwörter über den Link unten herunter. Jedes Herunterladen wird festgehalten.
?trustee 2. Übergeben Sie jeder Person ihr Kennwort persönlich oder am Telefon, nie per E-Mail.
?trustee 3. Bitten Sie sie, es bei der ersten Anmeldung zu ändern, und vernichten Sie danach die Datei.
?trustee ?link.bundle [Kennwörter herunterladen](link.bundle)
?trustee > Nur Sie erhalten diesen Link. Leiten Sie ihn nicht weiter.

!trustee ?by-trustee Wer die Kennwörter übergibt, hat eine eigene Nachricht erhalten.
!trustee In dieser Nachricht steht kein Kennwort.

{{mailboxes}}
`,
  en: `
The new addresses have been created

The new mailboxes have been created and are ready for their users.

| Mailboxes | {mailboxes}
?at.open | Access possible from | {at.open}

?trustee ## Handing out the passwords
?trustee 1. Download the passwords through the link below. Every download is recorded.
?trustee 2. Give each person their own, in person or by telephone, never by email.
?trustee 3. Ask them to change it when they first sign in, then destroy the file.
?trustee ?link.bundle [Download the passwords](link.bundle)
?trustee > You are the only person who receives this link. Do not forward it.

!trustee ?by-trustee The person who hands out the passwords has received a separate message.
!trustee There is no password in this message.

{{mailboxes}}
`,
}
