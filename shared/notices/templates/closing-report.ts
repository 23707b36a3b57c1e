import type { Template } from './template.ts'

/** The end of a wave, for whoever looks after its mailboxes. */
export const closingReport: Template = {
  for: 'others',
  fr: `
Bilan de la migration du {day}

La migration de vos boîtes aux lettres est close. Voici ce qu’il en est de chacune.

| Boîtes aux lettres | {mailboxes}
| Boîtes transférées | {completed}
?held | Boîtes en attente d’une intervention | {held}
| Messages repris | {messages}
?exceptions | Messages qui n’ont pas pu être repris tels quels | {exceptions}
| Taille totale à la source | {size}

{{results}}

## Et maintenant
- L’ancien serveur a été suivi jusqu’à ce qu’il ne reçoive plus rien : aucun message n’est resté en route.
?exceptions - Pour chaque message signalé, l’assistance sait dans quel dossier il se trouve, pourquoi il n’a pas été repris et ce qui peut être fait.
- L’assistance reste à votre disposition aux adresses ci-dessous.
`,
  nl: `
Verslag van de migratie van {day}

De migratie van uw mailboxen is afgesloten. Dit is de toestand van elke mailbox.

| Mailboxen | {mailboxes}
| Overgezette mailboxen | {completed}
?held | Mailboxen die op een ingreep wachten | {held}
| Overgezette berichten | {messages}
?exceptions | Berichten die niet ongewijzigd konden worden overgenomen | {exceptions}
| Totale omvang in het oude systeem | {size}

{{results}}

## En nu
- De oude server werd gevolgd tot hij niets meer ontving: er is geen bericht onderweg gebleven.
?exceptions - Van elk gemeld bericht weet de helpdesk in welke map het staat, waarom het niet is overgenomen en wat er kan worden gedaan.
- De helpdesk blijft bereikbaar op de onderstaande adressen.
`,
  de: `
Bilanz des Umzugs vom {day}

Der Umzug Ihrer Postfächer ist abgeschlossen. So steht es um jedes einzelne.

| Postfächer | {mailboxes}
| Umgezogene Postfächer | {completed}
?held | Postfächer, die auf einen Eingriff warten | {held}
| Übernommene Nachrichten | {messages}
?exceptions | Nachrichten, die nicht unverändert übernommen werden konnten | {exceptions}
| Gesamtgröße im alten System | {size}

{{results}}

## Wie es weitergeht
- Der alte Server wurde beobachtet, bis er nichts mehr empfing: Keine Nachricht ist unterwegs geblieben.
?exceptions - Zu jeder gemeldeten Nachricht weiß der Support, in welchem Ordner sie liegt, warum sie nicht übernommen wurde und was getan werden kann.
- Der Support bleibt unter den unten genannten Adressen erreichbar.
`,
  en: `
Report on the move of {day}

The move of your mailboxes is closed. This is how each of them stands.

| Mailboxes | {mailboxes}
| Mailboxes moved | {completed}
?held | Mailboxes waiting for an operator | {held}
| Messages taken over | {messages}
?exceptions | Messages that could not be taken over as they were | {exceptions}
| Total size in the old system | {size}

{{results}}

## What happens now
- The old server was watched until it received nothing more: no message was left behind.
?exceptions - For each message listed, the support desk knows which folder it is in, why it was not taken over, and what can be done.
- The support desk remains available at the addresses below.
`,
}
