import type { Template } from './template.ts'

/** A5, A32: the last day has passed without an answer. */
export const answersOverdue: Template = {
  for: 'others',
  fr: `
Votre classeur n’est pas arrivé : la date de votre migration est en jeu

Votre classeur d’adresses était attendu pour le {at.answers-due} et nous ne l’avons pas reçu.

?open-answers | Classeurs encore attendus | {open-answers}
| Date prévue de la migration | {day}

## Ce que vous pouvez faire
1. Si le classeur est prêt, renvoyez-le aujourd’hui même.
2. Sinon, choisissez avec nous une autre date : aucune adresse n’est perdue et votre messagerie actuelle continue de fonctionner.

?link.page [Déposer le classeur complété](link.page)
!link.page ?link.answers [Déposer le classeur complété](link.answers)
?link.booking [Choisir une autre date](link.booking)

> Sans nouvelles de votre part, nous ne migrerons pas vos adresses le {day} : elles passeront à la date suivante.
`,
  nl: `
Uw werkmap is niet aangekomen: de datum van uw migratie komt in het gedrang

Uw werkmap met adressen werd uiterlijk op {at.answers-due} verwacht en wij hebben ze niet ontvangen.

?open-answers | Werkmappen die nog ontbreken | {open-answers}
| Geplande datum van de migratie | {day}

## Wat u kunt doen
1. Is de werkmap klaar, stuur ze dan vandaag nog terug.
2. Kies anders samen met ons een andere datum: geen enkel adres gaat verloren en uw huidige mailbox blijft werken.

?link.page [De ingevulde werkmap indienen](link.page)
!link.page ?link.answers [De ingevulde werkmap indienen](link.answers)
?link.booking [Een andere datum kiezen](link.booking)

> Zonder bericht van u migreren wij uw adressen niet op {day}: ze gaan naar de volgende datum.
`,
  de: `
Ihre Arbeitsmappe fehlt: Der Termin Ihres Umzugs ist gefährdet

Ihre Arbeitsmappe mit den Adressen war bis {at.answers-due} zurückzusenden und liegt uns nicht vor.

?open-answers | Noch erwartete Arbeitsmappen | {open-answers}
| Geplanter Tag des Umzugs | {day}

## Was Sie tun können
1. Ist die Arbeitsmappe fertig, so senden Sie sie noch heute zurück.
2. Wählen Sie sonst mit uns einen anderen Termin: Keine Adresse geht verloren, und Ihr bisheriges Postfach funktioniert weiter.

?link.page [Ausgefüllte Arbeitsmappe einreichen](link.page)
!link.page ?link.answers [Ausgefüllte Arbeitsmappe einreichen](link.answers)
?link.booking [Einen anderen Termin wählen](link.booking)

> Ohne Nachricht von Ihnen ziehen Ihre Adressen am {day} nicht um, sondern erst zum nächsten Termin.
`,
  en: `
Your workbook has not arrived: the date of your move is at risk

Your workbook of addresses was due by {at.answers-due}, and we have not received it.

?open-answers | Workbooks still missing | {open-answers}
| Planned date of the move | {day}

## What you can do
1. If the workbook is ready, send it back today.
2. Otherwise choose another date with us: no address is lost and your current mailboxes go on working.

?link.page [Hand in the completed workbook](link.page)
!link.page ?link.answers [Hand in the completed workbook](link.answers)
?link.booking [Choose another date](link.booking)

> Unless we hear from you, your addresses will not move on {day}: they will be postponed to the next date.
`,
}
