import type { Template } from './template.ts'

/** P9: the reminder on the eve of the move. */
export const dayBefore: Template = {
  for: 'anybody',
  fr: `
Rappel : votre messagerie change demain, {day}

?owner Le transfert de votre boîte **{address}** a lieu demain, {day}.
!owner Le transfert des boîtes aux lettres ci-dessous a lieu demain, {day}.

?at.freeze | Fin de l’accès à l’ancienne messagerie | {at.freeze}
?at.cutover | Les nouveaux messages arrivent dans la nouvelle messagerie | {at.cutover}
?at.open | Ouverture de la nouvelle messagerie | {at.open}

## Avant de partir
- Envoyez vos brouillons importants ou enregistrez-les ailleurs.
- Ne déplacez pas et ne supprimez pas de grandes quantités de messages.
- Laissez vos logiciels de messagerie configurés comme ils le sont.

Les personnes qui vous écrivent ne remarqueront rien : leurs messages vous parviendront.

!owner {{mailboxes}}
`,
  nl: `
Herinnering: uw mailbox verhuist morgen, {day}

?owner De overzetting van uw mailbox **{address}** vindt morgen plaats, {day}.
!owner De overzetting van de onderstaande mailboxen vindt morgen plaats, {day}.

?at.freeze | Einde van de toegang tot de oude mailbox | {at.freeze}
?at.cutover | Nieuwe berichten komen in de nieuwe mailbox aan | {at.cutover}
?at.open | De nieuwe mailbox gaat open | {at.open}

## Voor u vertrekt
- Verstuur uw belangrijke concepten of bewaar ze elders.
- Verplaats of verwijder geen grote hoeveelheden berichten.
- Laat uw mailprogramma’s ingesteld zoals ze zijn.

Wie u schrijft, merkt niets: alle berichten bereiken u.

!owner {{mailboxes}}
`,
  de: `
Erinnerung: Ihr Postfach zieht morgen um, {day}

?owner Der Umzug Ihres Postfachs **{address}** findet morgen statt, {day}.
!owner Der Umzug der unten genannten Postfächer findet morgen statt, {day}.

?at.freeze | Ende des Zugangs zum alten Postfach | {at.freeze}
?at.cutover | Neue Nachrichten kommen im neuen Postfach an | {at.cutover}
?at.open | Das neue Postfach wird geöffnet | {at.open}

## Bevor Sie gehen
- Verschicken Sie wichtige Entwürfe oder speichern Sie sie an anderer Stelle.
- Verschieben oder löschen Sie keine großen Mengen von Nachrichten.
- Lassen Sie Ihre E-Mail-Programme so eingestellt, wie sie sind.

Wer Ihnen schreibt, merkt nichts davon: Die Nachrichten erreichen Sie.

!owner {{mailboxes}}
`,
  en: `
Reminder: your mailbox moves tomorrow, {day}

?owner Your mailbox **{address}** moves tomorrow, {day}.
!owner The mailboxes below move tomorrow, {day}.

?at.freeze | Access to the old mailbox ends | {at.freeze}
?at.cutover | New messages arrive in the new mailbox | {at.cutover}
?at.open | The new mailbox opens | {at.open}

## Before you leave
- Send important drafts or keep them somewhere else.
- Do not move or delete large numbers of messages.
- Leave your mail programs set up as they are.

People who write to you will not notice anything: their messages will reach you.

!owner {{mailboxes}}
`,
}
