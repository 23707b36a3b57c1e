import type { Template } from './template.ts'

/** The one-time link has not been opened yet. */
export const passwordUnopened: Template = {
  for: 'owner',
  fr: `
Rappel : votre mot de passe vous attend

Vous n’avez pas encore affiché le premier mot de passe de votre boîte **{address}**. Sans lui, vous ne pouvez pas lire vos nouveaux messages.

[Afficher mon mot de passe](link.password)

?password-code - La page vous demandera le code de huit chiffres qui vous est communiqué par une autre voie.
!pass - Le mot de passe ne s’affiche qu’une seule fois ; choisissez ensuite aussitôt le vôtre.
?pass - Le mot de passe ne s’affiche qu’une seule fois ; enregistrez ensuite aussitôt votre propre moyen de connexion.
?password-until - Le lien est valable jusqu’au {password-until}.
- Une fois le lien expiré, l’assistance devra en préparer un nouveau.

> Ne transférez pas ce message : le lien n’est que pour vous.
`,
  nl: `
Herinnering: uw wachtwoord ligt klaar

U hebt het eerste wachtwoord van uw mailbox **{address}** nog niet opgevraagd. Zonder dat wachtwoord kunt u uw nieuwe berichten niet lezen.

[Mijn wachtwoord tonen](link.password)

?password-code - De pagina vraagt de code van acht cijfers die u langs een andere weg krijgt.
!pass - Het wachtwoord wordt maar één keer getoond; kies daarna meteen een eigen wachtwoord.
?pass - Het wachtwoord wordt maar één keer getoond; registreer daarna meteen uw eigen aanmeldmethode.
?password-until - De link is geldig tot {password-until}.
- Zodra de link vervallen is, moet de helpdesk een nieuwe maken.

> Stuur dit bericht niet door: de link is alleen voor u.
`,
  de: `
Erinnerung: Ihr Kennwort liegt bereit

Sie haben das erste Kennwort Ihres Postfachs **{address}** noch nicht abgerufen. Ohne dieses Kennwort können Sie Ihre neuen Nachrichten nicht lesen.

[Mein Kennwort anzeigen](link.password)

?password-code - Die Seite fragt nach dem achtstelligen Code, den Sie auf einem anderen Weg erhalten.
!pass - Das Kennwort wird nur ein einziges Mal angezeigt; wählen Sie danach sofort ein eigenes.
?pass - Das Kennwort wird nur ein einziges Mal angezeigt; richten Sie danach sofort Ihre eigene Anmeldemethode ein.
?password-until - Der Link ist gültig bis {password-until}.
- Ist der Link abgelaufen, so muss der Support einen neuen erstellen.

> Leiten Sie diese Nachricht nicht weiter: Der Link ist nur für Sie.
`,
  en: `
Reminder: your password is waiting

You have not yet looked at the first password of your mailbox **{address}**. Without it you cannot read your new messages.

[Show my password](link.password)

?password-code - The page will ask for the eight-digit code that you are told in another way.
!pass - The password is shown only once; choose one of your own straight afterwards.
?pass - The password is shown only once; register a sign-in method of your own straight afterwards.
?password-until - The link is valid until {password-until}.
- Once the link has expired, the support desk has to prepare a new one.

> Do not forward this message: the link is for you alone.
`,
}
