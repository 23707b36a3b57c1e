import type { Template } from './template.ts'

/** P9: each person hears the day of the move. Nothing has to be done before or during it (P10, P12). */
export const yourDay: Template = {
  for: 'owner',
  fr: `
Votre boîte aux lettres sera migrée le {day}

La migration de votre boîte **{address}** est prévue le **{day}**.

?at.cutover Les nouveaux messages arriveront dans la nouvelle messagerie à partir du {at.cutover}.

## Pendant la migration
- Votre boîte reste accessible : vous pouvez continuer à envoyer et à recevoir des messages.
- Vous n’avez rien à faire avant ni pendant la migration.
- Votre adresse électronique ne change pas.
?password-unchanged - Votre mot de passe ne change pas.

## Après la migration
Un message vous confirmera que la migration est terminée et vous dira ce qu’il faut faire sur votre ordinateur et sur votre téléphone.

> Ne supprimez pas et ne reconfigurez pas votre compte de messagerie avant d’avoir reçu ce message.
`,
  nl: `
Uw mailbox wordt gemigreerd op {day}

De migratie van uw mailbox **{address}** is gepland op **{day}**.

?at.cutover Nieuwe berichten komen in het nieuwe mailsysteem aan vanaf {at.cutover}.

## Tijdens de migratie
- Uw mailbox blijft toegankelijk: u kunt berichten blijven versturen en ontvangen.
- U hoeft vóór en tijdens de migratie niets te doen.
- Uw e-mailadres verandert niet.
?password-unchanged - Uw wachtwoord verandert niet.

## Na de migratie
Een bericht zal u bevestigen dat de migratie klaar is en wat u moet doen op uw computer en op uw telefoon.

> Verwijder uw mailaccount niet en stel het niet opnieuw in voordat u dat bericht hebt gekregen.
`,
  de: `
Umzug Ihres Postfachs am {day}

Der Umzug Ihres Postfachs **{address}** ist für **{day}** geplant.

?at.cutover Neue Nachrichten kommen ab {at.cutover} im neuen System an.

## Während des Umzugs
- Ihr Postfach bleibt zugänglich: Sie können weiterhin Nachrichten senden und empfangen.
- Sie müssen vor und während des Umzugs nichts tun.
- Ihre E-Mail-Adresse ändert sich nicht.
?password-unchanged - Ihr Kennwort ändert sich nicht.

## Nach dem Umzug
Eine Nachricht bestätigt Ihnen, dass der Umzug abgeschlossen ist, und sagt Ihnen, was auf Ihrem Computer und auf Ihrem Telefon zu tun ist.

> Löschen Sie Ihr E-Mail-Konto nicht und richten Sie es nicht neu ein, bevor Sie diese Nachricht erhalten haben.
`,
  en: `
Your mailbox moves on {day}

The move of your mailbox **{address}** is planned for **{day}**.

?at.cutover New messages will arrive in the new system from {at.cutover}.

## During the move
- Your mailbox stays accessible: you can go on sending and receiving messages.
- You have nothing to do before or during the move.
- Your email address does not change.
?password-unchanged - Your password does not change.

## After the move
A message will confirm that the move is complete and will tell you what to do on your computer and on your telephone.

> Do not delete your mail account or set it up again before you have received that message.
`,
}
