import type { Template } from './template.ts'

/** A9, A17, A18: address books and calendars are not copied: their owners export them before the cut, out of what they use today. */
export const procedures: Template = {
  for: 'anybody',
  fr: `
À faire avant la migration : exporter vos contacts et vos agendas

Vos messages seront copiés pour vous. **Vos carnets d’adresses et vos agendas ne le seront pas** : exportez-les à temps, puis importez-les dans la nouvelle messagerie.
?at.freeze À exporter **avant le {at.freeze}** : ensuite, vous n’aurez plus accès à l’ancienne messagerie.
!at.freeze À exporter **avant le {day}**, jour de la migration.
!owner Merci de transmettre ces consignes aux personnes qui utilisent ces boîtes.

## Avec Thunderbird
1. Contacts : ouvrez le carnet d’adresses, choisissez Outils, puis Exporter, et enregistrez au format vCard (.vcf).
2. Agendas : ouvrez l’agenda, choisissez Événements et tâches, puis Exporter, et enregistrez au format iCalendar (.ics).

## Avec Outlook
1. Choisissez Fichier, Ouvrir et exporter, puis Importer/Exporter.
2. Contacts : exportez le dossier Contacts vers un fichier de valeurs séparées par des virgules (.csv).
3. Agenda : affichez l’agenda, puis choisissez Fichier et Enregistrer le calendrier, au format iCalendar (.ics).

## Avec le webmail
1. Contacts : ouvrez les contacts et choisissez Exporter, au format vCard (.vcf) ou .csv.
2. Agenda : dans les options de chaque agenda, choisissez Exporter (.ics).

## Ensuite
- Gardez ces fichiers sur votre ordinateur, pas dans l’ancienne messagerie.
- Ouvrez-les une fois pour vérifier qu’ils ne sont pas vides.
- Vous les importerez le jour de la migration.

{{tutorials}}
`,
  nl: `
Te doen vóór de migratie: uw contacten en agenda’s exporteren

Uw berichten worden voor u gekopieerd. **Uw adresboeken en agenda’s niet**: exporteer ze op tijd en importeer ze daarna in het nieuwe mailsysteem.
?at.freeze Te exporteren **vóór {at.freeze}**: daarna hebt u geen toegang meer tot de oude mailbox.
!at.freeze Te exporteren **vóór {day}**, de dag van de migratie.
!owner Wij vragen u deze richtlijnen door te geven aan wie deze mailboxen gebruikt.

## Met Thunderbird
1. Contacten: open het adresboek, kies Extra en dan Exporteren, en bewaar het als vCard (.vcf).
2. Agenda’s: open de agenda, kies Gebeurtenissen en taken en dan Exporteren, en bewaar als iCalendar (.ics).

## Met Outlook
1. Kies Bestand, Openen en exporteren en dan Importeren/exporteren.
2. Contacten: exporteer de map Contactpersonen naar een bestand met door komma’s gescheiden waarden (.csv).
3. Agenda: open de agenda, kies Bestand en dan Agenda opslaan, als iCalendar (.ics).

## Met webmail
1. Contacten: open de contacten en kies Exporteren, als vCard (.vcf) of .csv.
2. Agenda: kies Exporteren (.ics) bij de opties van elke agenda.

## Daarna
- Bewaar die bestanden op uw computer, niet in de oude mailbox.
- Open ze een keer om na te gaan of ze niet leeg zijn.
- U importeert ze op de dag van de migratie.

{{tutorials}}
`,
  de: `
Vor dem Umzug zu tun: Kontakte und Kalender exportieren

Ihre Nachrichten werden für Sie kopiert. **Ihre Adressbücher und Kalender nicht**: Exportieren Sie sie rechtzeitig und importieren Sie sie danach in das neue E-Mail-System.
?at.freeze Zu exportieren **vor {at.freeze}**: Danach haben Sie keinen Zugang mehr zum alten Postfach.
!at.freeze Zu exportieren **vor {day}**, dem Tag des Umzugs.
!owner Bitte geben Sie diese Hinweise an alle weiter, die diese Postfächer nutzen.

## Mit Thunderbird
1. Kontakte: Öffnen Sie das Adressbuch, wählen Sie Extras, dann Exportieren, und speichern Sie als vCard (.vcf).
2. Kalender: Öffnen Sie den Kalender, wählen Sie Termine und Aufgaben, dann Exportieren, und speichern Sie als iCalendar (.ics).

## Mit Outlook
1. Wählen Sie Datei, Öffnen und Exportieren, dann Importieren/Exportieren.
2. Kontakte: Exportieren Sie den Ordner Kontakte in eine Datei mit durch Kommas getrennten Werten (.csv).
3. Kalender: Öffnen Sie den Kalender, wählen Sie Datei, dann Kalender speichern, als iCalendar (.ics).

## Mit Webmail
1. Kontakte: Öffnen Sie die Kontakte und wählen Sie Exportieren, als vCard (.vcf) oder .csv.
2. Kalender: Wählen Sie in den Optionen jedes Kalenders Exportieren (.ics).

## Danach
- Bewahren Sie diese Dateien auf Ihrem Computer auf, nicht im alten Postfach.
- Öffnen Sie sie einmal, um zu prüfen, dass sie nicht leer sind.
- Am Tag des Umzugs importieren Sie sie.

{{tutorials}}
`,
  en: `
To do before the move: export your contacts and calendars

Your messages will be copied for you. **Your address books and calendars will not**: export them in time, then import them into the new mail system.
?at.freeze To be exported **before {at.freeze}**: after that you will have no access to the old mailbox.
!at.freeze To be exported **before {day}**, the day of the move.
!owner Please pass these instructions on to the people who use these mailboxes.

## With Thunderbird
1. Contacts: open the address book, choose Tools, then Export, and save as vCard (.vcf).
2. Calendars: open the calendar, choose Events and Tasks, then Export, and save as iCalendar (.ics).

## With Outlook
1. Choose File, Open & Export, then Import/Export.
2. Contacts: export the Contacts folder to a file of comma-separated values (.csv).
3. Calendar: show the calendar, then choose File and Save Calendar, as iCalendar (.ics).

## With webmail
1. Contacts: open the contacts and choose Export, as vCard (.vcf) or .csv.
2. Calendar: choose Export (.ics) in the options of each calendar.

## Afterwards
- Keep these files on your computer, not in the old mailbox.
- Open them once to check that they are not empty.
- You will import them on the day of the move.

{{tutorials}}
`,
}
