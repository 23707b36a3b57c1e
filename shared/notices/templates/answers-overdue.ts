import type { Template } from './template.ts'

/** A5, A32: the last day has passed without an answer. */
export const answersOverdue: Template = {
  for: 'others',
  fr: `
Votre classeur n’est pas arrivé : la date de votre migration est en jeu

Le délai pour renvoyer le classeur d’adresses est dépassé ({at.answers-due}) et nous ne l’avons pas reçu.

?open-answers | Réponses encore attendues | {open-answers}
| Date prévue de la migration | {day}

## Ce que vous pouvez faire
1. Renvoyez le classeur aujourd’hui même, s’il est prêt.
2. Sinon, choisissez avec nous une autre date : aucune adresse n’est perdue et votre messagerie actuelle continue de fonctionner.

?link.page [Déposer le classeur complété](link.page)
!link.page ?link.answers [Déposer le classeur complété](link.answers)
?link.booking [Choisir une autre date](link.booking)

> Sans nouvelles de votre part, nous ne migrerons pas vos adresses le {day} : elles passeront à la date suivante.
`,
  nl: `
Uw werkmap is niet aangekomen: de datum van uw migratie komt in het gedrang

De termijn om de werkmap met adressen terug te sturen is verstreken ({at.answers-due}) en wij hebben ze niet ontvangen.

?open-answers | Antwoorden die nog ontbreken | {open-answers}
| Geplande datum van de migratie | {day}

## Wat u kunt doen
1. Stuur de werkmap vandaag nog terug, als ze klaar is.
2. Kies anders samen met ons een andere datum: geen enkel adres gaat verloren en uw huidige mailbox blijft werken.

?link.page [De ingevulde werkmap indienen](link.page)
!link.page ?link.answers [De ingevulde werkmap indienen](link.answers)
?link.booking [Een andere datum kiezen](link.booking)

> Zonder bericht van u migreren wij uw adressen niet op {day}: ze gaan naar de volgende datum.
`,
  de: `
Ihre Arbeitsmappe fehlt: Der Termin Ihres Umzugs ist gefährdet

Die Frist für die Rücksendung der Arbeitsmappe ist abgelaufen ({at.answers-due}), und wir haben sie nicht erhalten.

?open-answers | Noch erwartete Antworten | {open-answers}
| Geplanter Tag des Umzugs | {day}

## Was Sie tun können
1. Senden Sie die Arbeitsmappe noch heute zurück, wenn sie fertig ist.
2. Wählen Sie sonst mit uns einen anderen Termin: Keine Adresse geht verloren, und Ihr bisheriges Postfach funktioniert weiter.

?link.page [Ausgefüllte Arbeitsmappe einreichen](link.page)
!link.page ?link.answers [Ausgefüllte Arbeitsmappe einreichen](link.answers)
?link.booking [Einen anderen Termin wählen](link.booking)

> Ohne Nachricht von Ihnen ziehen Ihre Adressen am {day} nicht um: Sie werden auf den nächsten Termin verschoben.
`,
  en: `
Your workbook has not arrived: the date of your move is at risk

The deadline for returning the workbook of addresses ({at.answers-due}) has passed, and we have not received it.

?open-answers | Answers still missing | {open-answers}
| Planned date of the move | {day}

## What you can do
1. Send the workbook back today, if it is ready.
2. Otherwise choose another date with us: no address is lost and your current mailboxes go on working.

?link.page [Hand in the completed workbook](link.page)
!link.page ?link.answers [Hand in the completed workbook](link.answers)
?link.booking [Choose another date](link.booking)

> Unless we hear from you, your addresses will not move on {day}: they will be postponed to the next date.
`,
}
