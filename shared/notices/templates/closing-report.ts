import type { Template } from './template.ts'

/** The end of a wave, for whoever looks after its mailboxes. */
export const closingReport: Template = {
  for: 'others',
  fr: `
Bilan de la migration de vos boîtes aux lettres

La migration de vos boîtes aux lettres est close. Voici ce qu’il en est de chacune.

?day | Date de la migration | {day}
| Boîtes aux lettres | {mailboxes}
| Boîtes transférées | {completed}
?held | Boîtes en attente d’une intervention | {held}
| Messages repris | {messages}
?exceptions | Messages qui n’ont pas pu être repris tels quels | {exceptions}
?size | Taille totale dans l’ancienne messagerie | {size}

{{results}}

## Et maintenant
!held - Après le passage, l’ancien serveur a encore été suivi : les messages arrivés avec retard ont été repris eux aussi.
?held - L’assistance s’occupe des boîtes qui attendent encore.
?exceptions - Pour chaque message signalé, l’assistance sait dans quel dossier il se trouve, pourquoi il n’a pas été repris tel quel et ce qui peut être fait.
?calendars-left - Ce bilan porte sur les messages : les agendas, les contacts et les tâches n’ont pas été repris.
?calendars-elsewhere - Ce bilan porte sur les messages : les agendas, les contacts et les tâches sont repris séparément.
- L’assistance reste à votre disposition.
`,
  nl: `
Verslag van de migratie van uw mailboxen

De migratie van uw mailboxen is afgesloten. Dit is de toestand van elke mailbox.

?day | Datum van de migratie | {day}
| Mailboxen | {mailboxes}
| Overgezette mailboxen | {completed}
?held | Mailboxen die op een ingreep wachten | {held}
| Overgezette berichten | {messages}
?exceptions | Berichten die niet ongewijzigd konden worden overgenomen | {exceptions}
?size | Totale omvang in het oude systeem | {size}

{{results}}

## En nu
!held - Na de overstap werd de oude server nog gevolgd: ook berichten die te laat aankwamen, zijn overgenomen.
?held - De helpdesk houdt zich bezig met de mailboxen die nog wachten.
?exceptions - Van elk gemeld bericht weet de helpdesk in welke map het staat, waarom het niet ongewijzigd is overgenomen en wat er kan worden gedaan.
?calendars-left - Dit verslag gaat over de berichten: agenda’s, contacten en taken zijn niet overgenomen.
?calendars-elsewhere - Dit verslag gaat over de berichten: agenda’s, contacten en taken worden afzonderlijk overgenomen.
- De helpdesk blijft tot uw dienst.
`,
  de: `
Bericht über den Umzug Ihrer Postfächer

Der Umzug Ihrer Postfächer ist abgeschlossen. So steht es um jedes einzelne.

?day | Tag des Umzugs | {day}
| Postfächer | {mailboxes}
| Umgezogene Postfächer | {completed}
?held | Postfächer, die auf einen Eingriff warten | {held}
| Übernommene Nachrichten | {messages}
?exceptions | Nachrichten, die nicht unverändert übernommen werden konnten | {exceptions}
?size | Gesamtgröße im alten System | {size}

{{results}}

## Wie es weitergeht
!held - Nach dem Wechsel wurde der alte Server noch beobachtet: Auch verspätet eingegangene Nachrichten wurden übernommen.
?held - Der Support kümmert sich um die Postfächer, die noch warten.
?exceptions - Zu jeder gemeldeten Nachricht weiß der Support, in welchem Ordner sie liegt, warum sie nicht unverändert übernommen wurde und was getan werden kann.
?calendars-left - Dieser Bericht betrifft die Nachrichten: Kalender, Kontakte und Aufgaben wurden nicht übernommen.
?calendars-elsewhere - Dieser Bericht betrifft die Nachrichten: Kalender, Kontakte und Aufgaben werden gesondert übernommen.
- Der Support steht Ihnen weiterhin zur Verfügung.
`,
  en: `
Report on the move of your mailboxes

The move of your mailboxes is closed. This is how each of them stands.

?day | Date of the move | {day}
| Mailboxes | {mailboxes}
| Mailboxes moved | {completed}
?held | Mailboxes waiting for an operator | {held}
| Messages taken over | {messages}
?exceptions | Messages that could not be taken over as they were | {exceptions}
?size | Total size in the old system | {size}

{{results}}

## What happens now
!held - After the move the old server was still watched: messages that arrived late were taken over too.
?held - The support desk is looking after the mailboxes that are still waiting.
?exceptions - For each of these messages, the support desk knows which folder it is in, why it was not taken over as it was, and what can be done.
?calendars-left - This report is about messages: calendars, contacts and tasks have not been taken over.
?calendars-elsewhere - This report is about messages: calendars, contacts and tasks are taken over separately.
- The support desk remains at your disposal.
`,
}
