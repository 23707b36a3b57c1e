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
!calendars-left - Vous n’avez rien à faire avant ni pendant la migration.
?calendars-left - Pour vos messages, vous n’avez rien à faire avant ni pendant la migration.
?calendars-left - Les agendas, les contacts et les tâches ne sont pas repris : s’il y en a dans la messagerie actuelle, exportez-les avant cette date.
?calendars-elsewhere - Les agendas, les contacts et les tâches sont repris séparément.
?calendars-copied - Les agendas, les contacts et les tâches sont repris aussi.
- Votre adresse électronique ne change pas.
?password-unchanged !shared - Votre mot de passe ne change pas.
?shared - Après la migration, cette boîte partagée s’ouvre à partir du compte de chaque personne qui y a accès, sans mot de passe à elle.

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
!calendars-left - U hoeft vóór en tijdens de migratie niets te doen.
?calendars-left - Voor uw berichten hoeft u vóór en tijdens de migratie niets te doen.
?calendars-left - Agenda’s, contacten en taken worden niet overgenomen: staan die in het huidige mailsysteem, exporteer ze dan vóór die datum.
?calendars-elsewhere - Agenda’s, contacten en taken worden afzonderlijk overgenomen.
?calendars-copied - Agenda’s, contacten en taken worden ook overgenomen.
- Uw e-mailadres verandert niet.
?password-unchanged !shared - Uw wachtwoord verandert niet.
?shared - Na de migratie opent wie er toegang toe heeft, deze gedeelde mailbox vanuit zijn of haar eigen account, zonder apart wachtwoord.

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
!calendars-left - Sie müssen vor und während des Umzugs nichts tun.
?calendars-left - Für Ihre Nachrichten müssen Sie vor und während des Umzugs nichts tun.
?calendars-left - Kalender, Kontakte und Aufgaben werden nicht übernommen: Gibt es solche im bisherigen System, so exportieren Sie sie vor diesem Tag.
?calendars-elsewhere - Kalender, Kontakte und Aufgaben werden gesondert übernommen.
?calendars-copied - Kalender, Kontakte und Aufgaben werden ebenfalls übernommen.
- Ihre E-Mail-Adresse ändert sich nicht.
?password-unchanged !shared - Ihr Kennwort ändert sich nicht.
?shared - Nach dem Umzug öffnet jeder, der Zugriff hat, dieses freigegebene Postfach über das eigene Konto, ohne ein eigenes Kennwort dafür.

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
!calendars-left - You have nothing to do before or during the move.
?calendars-left - For your messages you have nothing to do before or during the move.
?calendars-left - Calendars, contacts and tasks are not taken over: if there are any in the current system, export them before that day.
?calendars-elsewhere - Calendars, contacts and tasks are taken over separately.
?calendars-copied - Calendars, contacts and tasks are taken over, too.
- Your email address does not change.
?password-unchanged !shared - Your password does not change.
?shared - After the move, everybody who may use this shared mailbox opens it from their own account, without a password of its own.

## After the move
A message will confirm that the move is complete and will tell you what to do on your computer and on your telephone.

> Do not delete your mail account or set it up again before you have received that message.
`,
}
