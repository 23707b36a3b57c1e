import type { Template } from './template.ts'

/** Day D is another: what was announced before no longer holds. */
export const rescheduled: Template = {
  for: 'anybody',
  fr: `
Nouvelle date pour le transfert de votre messagerie : {day}

?owner La date du transfert de votre boîte **{address}** a changé.
!owner La date du transfert des boîtes aux lettres ci-dessous a changé.
**La date annoncée auparavant n’est plus valable.**

| Nouvelle date | {day}
?open-answers ?at.answers-due | Classeur à renvoyer au plus tard le | {at.answers-due}
?at.freeze | Fin de l’accès à l’ancienne messagerie | {at.freeze}
?at.cutover | Les nouveaux messages arrivent dans la nouvelle messagerie | {at.cutover}
?at.open | Ouverture de la nouvelle messagerie | {at.open}

Jusque-là, votre messagerie actuelle continue de fonctionner comme d’habitude.
!open-answers Vous n’avez rien d’autre à faire que de noter la nouvelle date.

!owner {{mailboxes}}
`,
  nl: `
Nieuwe datum voor de overzetting van uw e-mail: {day}

?owner De datum van de overzetting van uw mailbox **{address}** is veranderd.
!owner De datum van de overzetting van de onderstaande mailboxen is veranderd.
**De eerder meegedeelde datum geldt niet meer.**

| Nieuwe datum | {day}
?open-answers ?at.answers-due | Werkmap terug te sturen uiterlijk op | {at.answers-due}
?at.freeze | Einde van de toegang tot de oude mailbox | {at.freeze}
?at.cutover | Nieuwe berichten komen in de nieuwe mailbox aan | {at.cutover}
?at.open | De nieuwe mailbox gaat open | {at.open}

Tot dan werkt uw huidige mailbox zoals gewoonlijk.
!open-answers U hoeft alleen de nieuwe datum te noteren.

!owner {{mailboxes}}
`,
  de: `
Neuer Termin für Ihren E-Mail-Umzug: {day}

?owner Der Termin für den Umzug Ihres Postfachs **{address}** hat sich geändert.
!owner Der Termin für den Umzug der unten genannten Postfächer hat sich geändert.
**Der zuvor mitgeteilte Termin gilt nicht mehr.**

| Neuer Termin | {day}
?open-answers ?at.answers-due | Arbeitsmappe zurücksenden bis | {at.answers-due}
?at.freeze | Ende des Zugangs zum alten Postfach | {at.freeze}
?at.cutover | Neue Nachrichten kommen im neuen Postfach an | {at.cutover}
?at.open | Das neue Postfach wird geöffnet | {at.open}

Bis dahin funktioniert Ihr bisheriges Postfach wie gewohnt.
!open-answers Sie brauchen sich nur den neuen Termin zu notieren.

!owner {{mailboxes}}
`,
  en: `
New date for the move of your email: {day}

?owner The date on which your mailbox **{address}** moves has changed.
!owner The date on which the mailboxes below move has changed.
**The date announced earlier is no longer valid.**

| New date | {day}
?open-answers ?at.answers-due | Workbook to be sent back by | {at.answers-due}
?at.freeze | Access to the old mailbox ends | {at.freeze}
?at.cutover | New messages arrive in the new mailbox | {at.cutover}
?at.open | The new mailbox opens | {at.open}

Until then your current mailbox goes on working as usual.
!open-answers You only need to note the new date.

!owner {{mailboxes}}
`,
}
