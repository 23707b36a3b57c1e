import type { Template } from './template.ts'

/** P9: the reminder shortly before the move: on its eve, or on the last working day before it. */
export const dayBefore: Template = {
  for: 'anybody',
  fr: `
Rappel : votre messagerie change le {day}

?owner Le transfert de votre boîte **{address}** a lieu le {day}.
!owner Le transfert des boîtes aux lettres ci-dessous a lieu le {day}.
!owner Merci de transmettre ces consignes aux personnes qui utilisent ces boîtes.

?at.freeze | Fin de l’accès à l’ancienne messagerie | {at.freeze}
?at.cutover | Les nouveaux messages arrivent dans la nouvelle messagerie | {at.cutover}
?at.open | Ouverture de la nouvelle messagerie | {at.open}

## Avant le transfert
- Envoyez ou enregistrez les messages que vous êtes en train d’écrire.
- Ne déplacez pas et ne supprimez pas de grandes quantités de messages.
- Ne changez rien à la configuration de vos logiciels de messagerie.

Les personnes qui vous écrivent ne remarqueront rien : leurs messages vous parviendront.

!owner {{mailboxes}}
`,
  nl: `
Herinnering: uw e-mail verhuist op {day}

?owner De overzetting van uw mailbox **{address}** vindt plaats op {day}.
!owner De overzetting van de onderstaande mailboxen vindt plaats op {day}.
!owner Wij vragen u deze richtlijnen door te geven aan wie deze mailboxen gebruikt.

?at.freeze | Einde van de toegang tot de oude mailbox | {at.freeze}
?at.cutover | Nieuwe berichten komen in de nieuwe mailbox aan | {at.cutover}
?at.open | De nieuwe mailbox gaat open | {at.open}

## Vóór de overzetting
- Verstuur of bewaar de berichten die u aan het schrijven bent.
- Verplaats of verwijder geen grote hoeveelheden berichten.
- Verander niets aan de instellingen van uw mailprogramma’s.

Wie u schrijft, merkt niets: alle berichten bereiken u.

!owner {{mailboxes}}
`,
  de: `
Erinnerung: E-Mail-Umzug am {day}

?owner Der Umzug Ihres Postfachs **{address}** findet am {day} statt.
!owner Der Umzug der unten genannten Postfächer findet am {day} statt.
!owner Bitte geben Sie diese Hinweise an alle weiter, die diese Postfächer nutzen.

?at.freeze | Ende des Zugangs zum alten Postfach | {at.freeze}
?at.cutover | Neue Nachrichten kommen im neuen Postfach an | {at.cutover}
?at.open | Das neue Postfach wird geöffnet | {at.open}

## Vor dem Umzug
- Verschicken oder speichern Sie die Nachrichten, an denen Sie gerade schreiben.
- Verschieben oder löschen Sie keine großen Mengen von Nachrichten.
- Ändern Sie nichts an den Einstellungen Ihrer E-Mail-Programme.

Wer Ihnen schreibt, merkt nichts davon: Die Nachrichten erreichen Sie.

!owner {{mailboxes}}
`,
  en: `
Reminder: your email moves on {day}

?owner Your mailbox **{address}** moves on {day}.
!owner The mailboxes below move on {day}.
!owner Please pass these instructions on to the people who use these mailboxes.

?at.freeze | Access to the old mailbox ends | {at.freeze}
?at.cutover | New messages arrive in the new mailbox | {at.cutover}
?at.open | The new mailbox opens | {at.open}

## Before the move
- Send or save the messages you are writing.
- Do not move or delete large numbers of messages.
- Do not change the settings of your mail programs.

People who write to you will not notice anything: their messages will reach you.

!owner {{mailboxes}}
`,
}
