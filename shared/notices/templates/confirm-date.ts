import type { Template } from './template.ts'

/** A8: both parties confirm the date. */
export const confirmDate: Template = {
  for: 'others',
  fr: `
Merci de confirmer votre migration du {day}

?workbook !open-answers Nous avons bien reçu votre classeur.
Il reste à confirmer ensemble la date de votre migration. Merci de nous répondre sans tarder.

| Date de la migration | {day}
| Boîtes aux lettres | {mailboxes}
?size | Taille totale | {size}
?cost | Coût mensuel estimé | {cost}
?surcharge | Dont surcoût par rapport au coût prévu | {surcharge}
?at.freeze | Fin de l’accès aux anciennes boîtes | {at.freeze}
?at.open | Accès aux nouvelles boîtes | {at.open}

## Ce que vous confirmez
- La liste des adresses, les licences et les droits d’accès sont exacts.
- Une personne est disponible le jour de la migration.
?at.freeze - Les personnes concernées savent à quel moment elles n’auront plus accès à leur boîte.

## Comment confirmer
!link.page Répondez à ce message par « Nous confirmons », ou dites-nous ce qui ne va pas. La migration n’a lieu que si vous et nous l’avons confirmée.
?link.page Confirmez sur votre page, ou dites-nous ce qui ne va pas. La migration n’a lieu que si vous et nous l’avons confirmée.
?link.page [Ouvrir la page et confirmer](link.page)
?link.booking [Demander une autre date](link.booking)
`,
  nl: `
Gelieve uw migratie van {day} te bevestigen

?workbook !open-answers Wij hebben uw werkmap goed ontvangen.
Nu moeten wij samen nog de datum van uw migratie bevestigen. Gelieve ons snel te antwoorden.

| Datum van de migratie | {day}
| Mailboxen | {mailboxes}
?size | Totale omvang | {size}
?cost | Geschatte maandelijkse kosten | {cost}
?surcharge | Waarvan toeslag boven de verwachte kosten | {surcharge}
?at.freeze | Einde van de toegang tot de oude mailboxen | {at.freeze}
?at.open | Toegang tot de nieuwe mailboxen | {at.open}

## Wat u bevestigt
- De lijst van de adressen, de licenties en de toegangsrechten kloppen.
- Er is iemand beschikbaar op de dag van de migratie.
?at.freeze - De betrokkenen weten vanaf wanneer zij geen toegang meer hebben tot hun mailbox.

## Hoe u bevestigt
!link.page Antwoord op dit bericht met “Wij bevestigen”, of laat ons weten wat er niet klopt. De migratie gaat pas door als u en wij ze hebben bevestigd.
?link.page Bevestig op uw pagina, of laat ons weten wat er niet klopt. De migratie gaat pas door als u en wij ze hebben bevestigd.
?link.page [De pagina openen en bevestigen](link.page)
?link.booking [Een andere datum vragen](link.booking)
`,
  de: `
Bitte bestätigen Sie Ihren Umzug am {day}

?workbook !open-answers Ihre Arbeitsmappe ist bei uns eingegangen.
Nun ist noch gemeinsam der Termin Ihres Umzugs zu bestätigen. Bitte antworten Sie uns bald.

| Tag des Umzugs | {day}
| Postfächer | {mailboxes}
?size | Gesamtgröße | {size}
?cost | Geschätzte monatliche Kosten | {cost}
?surcharge | Davon Mehrkosten gegenüber den geplanten | {surcharge}
?at.freeze | Ende des Zugangs zu den alten Postfächern | {at.freeze}
?at.open | Zugang zu den neuen Postfächern | {at.open}

## Was Sie bestätigen
- Die Liste der Adressen, die Lizenzen und die Zugangsrechte stimmen.
- Am Tag des Umzugs ist jemand erreichbar.
?at.freeze - Die Betroffenen wissen, ab wann sie keinen Zugang mehr zu ihrem Postfach haben.

## Wie Sie bestätigen
!link.page Antworten Sie auf diese Nachricht mit „Wir bestätigen“, oder sagen Sie uns, was nicht stimmt. Der Umzug findet nur statt, wenn Sie und wir ihn bestätigt haben.
?link.page Bestätigen Sie auf Ihrer Seite, oder sagen Sie uns, was nicht stimmt. Der Umzug findet nur statt, wenn Sie und wir ihn bestätigt haben.
?link.page [Seite öffnen und bestätigen](link.page)
?link.booking [Einen anderen Termin anfragen](link.booking)
`,
  en: `
Please confirm your move on {day}

?workbook !open-answers We have received your workbook.
What remains is to confirm the date of your move together. Please answer soon.

| Date of the move | {day}
| Mailboxes | {mailboxes}
?size | Total size | {size}
?cost | Estimated monthly cost | {cost}
?surcharge | Of which above the planned cost | {surcharge}
?at.freeze | Access to the old mailboxes ends | {at.freeze}
?at.open | Access to the new mailboxes | {at.open}

## What you confirm
- The list of addresses, the licences and the access rights are correct.
- Somebody is available on the day of the move.
?at.freeze - The people concerned know from when they will have no access to their mailbox.

## How to confirm
!link.page Reply to this message with “We confirm”, or tell us what is not correct. The move only takes place if both you and we have confirmed it.
?link.page Confirm on your page, or tell us what is not correct. The move only takes place if both you and we have confirmed it.
?link.page [Open the page and confirm](link.page)
?link.booking [Ask for another date](link.booking)
`,
}
