import type { Template } from './template.ts'

/** A8: both parties confirm the date. */
export const confirmDate: Template = {
  for: 'others',
  fr: `
Confirmons ensemble votre migration du {day}

Votre classeur est complet. Il reste à confirmer la date, ensemble, avant le {at.confirm}.

| Date de la migration | {day}
| Boîtes aux lettres | {mailboxes}
| Taille totale | {size}
?cost | Coût mensuel estimé | {cost}
?at.freeze | Fin de l’accès aux anciennes boîtes | {at.freeze}
?at.open | Accès aux nouvelles boîtes | {at.open}

## Ce que vous confirmez
- La liste des adresses, leurs licences et les personnes qui y ont accès sont justes.
- Une personne est disponible le jour de la migration.
- Les personnes concernées savent à quel moment elles n’auront plus accès à leur boîte.

## Comment confirmer
!link.page Répondez à ce message par « Nous confirmons », ou dites-nous ce qui ne va pas. La migration n’a lieu que si vous et nous l’avons confirmée.
?link.page Confirmez sur votre page, ou dites-nous ce qui ne va pas. La migration n’a lieu que si vous et nous l’avons confirmée.
?link.page [Ouvrir la page et confirmer](link.page)
?link.booking [Demander une autre date](link.booking)
`,
  nl: `
Laten we samen uw migratie van {day} bevestigen

Uw werkmap is volledig. Nu moeten wij de datum nog samen bevestigen, vóór {at.confirm}.

| Datum van de migratie | {day}
| Mailboxen | {mailboxes}
| Totale omvang | {size}
?cost | Geschatte maandelijkse kosten | {cost}
?at.freeze | Einde van de toegang tot de oude mailboxen | {at.freeze}
?at.open | Toegang tot de nieuwe mailboxen | {at.open}

## Wat u bevestigt
- De lijst van de adressen, hun licenties en de personen die er toegang toe hebben, klopt.
- Er is iemand beschikbaar op de dag van de migratie.
- De betrokkenen weten vanaf wanneer zij geen toegang meer hebben tot hun mailbox.

## Hoe u bevestigt
!link.page Antwoord op dit bericht met “Wij bevestigen”, of laat ons weten wat er niet klopt. De migratie gaat pas door als u en wij ze hebben bevestigd.
?link.page Bevestig op uw pagina, of laat ons weten wat er niet klopt. De migratie gaat pas door als u en wij ze hebben bevestigd.
?link.page [De pagina openen en bevestigen](link.page)
?link.booking [Een andere datum vragen](link.booking)
`,
  de: `
Bestätigen wir gemeinsam Ihren Umzug am {day}

Ihre Arbeitsmappe ist vollständig. Nun ist der Termin noch gemeinsam zu bestätigen, bis {at.confirm}.

| Tag des Umzugs | {day}
| Postfächer | {mailboxes}
| Gesamtgröße | {size}
?cost | Geschätzte monatliche Kosten | {cost}
?at.freeze | Ende des Zugangs zu den alten Postfächern | {at.freeze}
?at.open | Zugang zu den neuen Postfächern | {at.open}

## Was Sie bestätigen
- Die Liste der Adressen, ihre Lizenzen und die Personen mit Zugang stimmen.
- Am Tag des Umzugs ist jemand erreichbar.
- Die Betroffenen wissen, ab wann sie keinen Zugang mehr zu ihrem Postfach haben.

## Wie Sie bestätigen
!link.page Antworten Sie auf diese Nachricht mit „Wir bestätigen“, oder sagen Sie uns, was nicht stimmt. Der Umzug findet nur statt, wenn Sie und wir ihn bestätigt haben.
?link.page Bestätigen Sie auf Ihrer Seite, oder sagen Sie uns, was nicht stimmt. Der Umzug findet nur statt, wenn Sie und wir ihn bestätigt haben.
?link.page [Seite öffnen und bestätigen](link.page)
?link.booking [Einen anderen Termin anfragen](link.booking)
`,
  en: `
Let us confirm your move on {day} together

Your workbook is complete. What remains is to confirm the date together, by {at.confirm}.

| Date of the move | {day}
| Mailboxes | {mailboxes}
| Total size | {size}
?cost | Estimated monthly cost | {cost}
?at.freeze | Access to the old mailboxes ends | {at.freeze}
?at.open | Access to the new mailboxes | {at.open}

## What you confirm
- The list of addresses, their licences and the people who have access is correct.
- Somebody is available on the day of the move.
- The people concerned know from when they will have no access to their mailbox.

## How to confirm
!link.page Reply to this message with “We confirm”, or tell us what is not correct. The move only takes place if both you and we have confirmed it.
?link.page Confirm on your page, or tell us what is not correct. The move only takes place if both you and we have confirmed it.
?link.page [Open the page and confirm](link.page)
?link.booking [Ask for another date](link.booking)
`,
}
