import type { Template } from './template.ts'

/** P7: units and their technical managers hear early what is planned for their mailboxes. */
export const unitAnnouncement: Template = {
  for: 'others',
  fr: `
Migration de votre messagerie prévue le {day}

Vos boîtes aux lettres seront transférées vers la nouvelle messagerie. Ce message vous est adressé à l’avance, afin que vous puissiez préparer vos équipes.

## Ce qui est prévu
?entity | Concerne | {entity}
| Date prévue | {day}
| Boîtes aux lettres concernées | {mailboxes}
?at.prestage | Début de la copie préparatoire | {at.prestage}
?at.cutover | Passage à la nouvelle messagerie | {at.cutover}

## Ce que cela change
- Les boîtes restent accessibles pendant la copie : on peut continuer à envoyer et à recevoir des messages.
- Les adresses électroniques ne changent pas.
?calendars-left - Seuls les messages sont repris. Les agendas, les contacts et les tâches ne le sont pas : ceux qui en ont dans la messagerie actuelle doivent les exporter avant la date prévue.
?calendars-elsewhere - Les messages sont repris avec leurs dossiers ; les agendas, les contacts et les tâches le sont séparément.
?calendars-copied - Les messages sont repris avec leurs dossiers, ainsi que les agendas, les contacts et les tâches.
?password-unchanged - Les mots de passe ne changent pas.
- Chaque utilisat{eur·rice|eur} sera {informé·e|informé} personnellement du jour de sa migration.

## Ce que nous vous demandons
1. Vérifiez la liste des boîtes ci-dessous et signalez-nous celles qui manquent ou qui ne servent plus.
2. Indiquez-nous sans tarder si la date ne vous convient pas : une date ultérieure pourra être proposée.
3. Prévenez vos équipes et prévoyez une personne disponible le lendemain de la migration.
?link.booking [Voir les dates disponibles](link.booking)

{{mailboxes}}
`,
  nl: `
Migratie van uw mailboxen gepland op {day}

Uw mailboxen worden overgezet naar het nieuwe mailsysteem. U krijgt dit bericht ruim op voorhand, zodat u uw medewerkers kunt voorbereiden.

## Wat er gepland is
?entity | Betreft | {entity}
| Geplande datum | {day}
| Betrokken mailboxen | {mailboxes}
?at.prestage | Begin van de voorbereidende kopie | {at.prestage}
?at.cutover | Overstap naar de nieuwe mailbox | {at.cutover}

## Wat er verandert
- De mailboxen blijven toegankelijk tijdens het kopiëren: berichten versturen en ontvangen blijft mogelijk.
- De e-mailadressen veranderen niet.
?calendars-left - Alleen de berichten worden overgenomen. Agenda’s, contacten en taken niet: wie die in het huidige mailsysteem heeft, moet ze vóór de geplande datum exporteren.
?calendars-elsewhere - De berichten worden overgenomen met hun mappen; agenda’s, contacten en taken worden afzonderlijk overgenomen.
?calendars-copied - De berichten worden overgenomen met hun mappen, en ook agenda’s, contacten en taken.
?password-unchanged - De wachtwoorden veranderen niet.
- Elke gebruiker wordt persoonlijk op de hoogte gebracht van de dag van zijn of haar migratie.

## Wat wij van u vragen
1. Kijk de onderstaande lijst na en meld ons welke mailboxen ontbreken of niet meer worden gebruikt.
2. Laat ons snel weten als de datum u niet past: er kan een latere datum worden voorgesteld.
3. Verwittig uw medewerkers en zorg dat er de dag na de migratie iemand beschikbaar is.
?link.booking [De beschikbare datums bekijken](link.booking)

{{mailboxes}}
`,
  de: `
Umzug Ihrer Postfächer geplant für {day}

Ihre Postfächer ziehen in das neue E-Mail-System um. Sie erhalten diese Nachricht frühzeitig, damit Sie Ihre Mitarbeitenden vorbereiten können.

## Was geplant ist
?entity | Betrifft | {entity}
| Geplanter Termin | {day}
| Betroffene Postfächer | {mailboxes}
?at.prestage | Beginn der vorbereitenden Kopie | {at.prestage}
?at.cutover | Wechsel zum neuen Postfach | {at.cutover}

## Was sich ändert
- Die Postfächer bleiben während der Kopie zugänglich: Senden und Empfangen ist weiterhin möglich.
- Die E-Mail-Adressen ändern sich nicht.
?calendars-left - Nur die Nachrichten werden übernommen. Kalender, Kontakte und Aufgaben nicht: Wer solche im bisherigen System hat, muss sie vor dem geplanten Termin exportieren.
?calendars-elsewhere - Die Nachrichten werden mit ihren Ordnern übernommen; Kalender, Kontakte und Aufgaben gesondert.
?calendars-copied - Die Nachrichten werden mit ihren Ordnern übernommen, ebenso Kalender, Kontakte und Aufgaben.
?password-unchanged - Die Kennwörter ändern sich nicht.
- Alle Nutzerinnen und Nutzer werden persönlich über den Tag ihres Umzugs informiert.

## Worum wir Sie bitten
1. Prüfen Sie die Liste der Postfächer unten und melden Sie uns, welche fehlen oder nicht mehr benutzt werden.
2. Teilen Sie uns umgehend mit, wenn der Termin für Sie ungünstig ist: Ein späterer Termin kann vorgeschlagen werden.
3. Informieren Sie Ihre Mitarbeitenden und sorgen Sie dafür, dass am Tag nach dem Umzug jemand erreichbar ist.
?link.booking [Freie Termine ansehen](link.booking)

{{mailboxes}}
`,
  en: `
Your mailboxes are to move on {day}

Your mailboxes will be moved to the new mail system. You receive this message well in advance so that you can prepare your colleagues.

## What is planned
?entity | Concerns | {entity}
| Planned date | {day}
| Mailboxes concerned | {mailboxes}
?at.prestage | Start of the preparatory copy | {at.prestage}
?at.cutover | Move to the new mailbox | {at.cutover}

## What changes
- Mailboxes stay accessible during the copy: messages can be sent and received as usual.
- Email addresses do not change.
?calendars-left - Only messages are taken over. Calendars, contacts and tasks are not: whoever has any in the current system has to export them before the planned date.
?calendars-elsewhere - Messages are taken over with their folders; calendars, contacts and tasks separately.
?calendars-copied - Messages are taken over with their folders, and so are calendars, contacts and tasks.
?password-unchanged - Passwords do not change.
- Every user will be told personally on which day their mailbox moves.

## What we ask of you
1. Check the list of mailboxes below and tell us which are missing or no longer used.
2. Let us know soon if the date does not suit you: a later date can be proposed.
3. Inform your colleagues and have somebody available on the day after the move.
?link.booking [See the available dates](link.booking)

{{mailboxes}}
`,
}
