import type { Template } from './template.ts'

/** F11: the planned date of the move, and the date from which the new mailbox can be used. */
export const planned: Template = {
  for: 'anybody',
  fr: `
Votre messagerie sera transférée le {day}

?owner Votre boîte aux lettres **{address}** sera transférée vers une nouvelle messagerie. Voici les dates prévues.
!owner Les boîtes aux lettres ci-dessous seront transférées vers une nouvelle messagerie. Voici les dates prévues.
!owner Merci de transmettre ces consignes aux personnes qui utilisent ces boîtes.

| Date prévue du transfert | {day}
?at.cutover | Nouveaux messages dans la nouvelle messagerie à partir du | {at.cutover}
?at.open | Vous pourrez utiliser la nouvelle messagerie à partir du | {at.open}

## Ce qui ne change pas
- L’adresse électronique reste identique.
?password-unchanged !shared - Le mot de passe reste le même.
- Les messages présents sur le serveur sont repris, avec leurs dossiers.
?calendars-elsewhere - Les agendas, les contacts et les tâches sont repris séparément.
?calendars-copied - Les agendas, les contacts et les tâches sont repris aussi.

> Les messages que votre logiciel a retirés du serveur (POP) n’y sont plus : ils ne peuvent pas être repris. Réglez ce logiciel, avant la date du transfert, de façon qu’il laisse une copie des messages sur le serveur.

?calendars-left > Les agendas, les contacts et les tâches ne sont pas repris. S’il y en a dans la messagerie actuelle, exportez-les avant la date du transfert, puis importez-les dans la nouvelle.

## Ce que vous avez à faire
- Relevez votre boîte régulièrement : les prochains courriers y seront envoyés.
- Attendez notre message avant de changer quoi que ce soit dans vos logiciels.

!owner {{mailboxes}}
`,
  nl: `
Uw e-mail wordt overgezet op {day}

?owner Uw mailbox **{address}** wordt overgezet naar een nieuw mailsysteem. Dit zijn de geplande datums.
!owner De onderstaande mailboxen worden overgezet naar een nieuw mailsysteem. Dit zijn de geplande datums.
!owner Wij vragen u deze richtlijnen door te geven aan wie deze mailboxen gebruikt.

| Geplande datum van de overzetting | {day}
?at.cutover | Nieuwe berichten in het nieuwe mailsysteem vanaf | {at.cutover}
?at.open | U kunt het nieuwe mailsysteem gebruiken vanaf | {at.open}

## Wat niet verandert
- Het e-mailadres blijft hetzelfde.
?password-unchanged !shared - Het wachtwoord blijft hetzelfde.
- De berichten die op de server staan, worden overgenomen, met hun mappen.
?calendars-elsewhere - Agenda’s, contacten en taken worden afzonderlijk overgenomen.
?calendars-copied - Agenda’s, contacten en taken worden ook overgenomen.

> Berichten die uw mailprogramma van de server heeft gehaald (POP), staan er niet meer: ze kunnen niet worden overgenomen. Stel dat programma vóór de overzetting zo in dat het een kopie van de berichten op de server laat.

?calendars-left > Agenda’s, contacten en taken worden niet overgenomen. Staan die in het huidige mailsysteem, exporteer ze dan vóór de overzetting en importeer ze daarna in het nieuwe.

## Wat u moet doen
- Lees uw mailbox regelmatig: de volgende berichten worden daarheen gestuurd.
- Wacht op ons bericht voordat u iets verandert in uw mailprogramma’s.

!owner {{mailboxes}}
`,
  de: `
E-Mail-Umzug am {day}

?owner Ihr Postfach **{address}** zieht in ein neues E-Mail-System um. Dies sind die geplanten Termine.
!owner Die unten genannten Postfächer ziehen in ein neues E-Mail-System um. Dies sind die geplanten Termine.
!owner Bitte geben Sie diese Hinweise an alle weiter, die diese Postfächer nutzen.

| Geplanter Tag des Umzugs | {day}
?at.cutover | Neue Nachrichten im neuen System ab | {at.cutover}
?at.open | Sie können das neue System benutzen ab | {at.open}

## Was gleich bleibt
- Die E-Mail-Adresse bleibt dieselbe.
?password-unchanged !shared - Das Kennwort bleibt dasselbe.
- Die Nachrichten auf dem Server werden mit ihren Ordnern übernommen.
?calendars-elsewhere - Kalender, Kontakte und Aufgaben werden gesondert übernommen.
?calendars-copied - Kalender, Kontakte und Aufgaben werden ebenfalls übernommen.

> Nachrichten, die Ihr Programm vom Server abgeholt hat (POP), liegen dort nicht mehr und können nicht übernommen werden. Stellen Sie dieses Programm vor dem Umzug so ein, dass es eine Kopie der Nachrichten auf dem Server lässt.

?calendars-left > Kalender, Kontakte und Aufgaben werden nicht übernommen. Gibt es solche im bisherigen System, so exportieren Sie sie vor dem Umzug und importieren Sie sie danach in das neue.

## Was Sie tun müssen
- Lesen Sie Ihr Postfach regelmäßig: Die nächsten Nachrichten werden dorthin geschickt.
- Warten Sie auf unsere Nachricht, bevor Sie in Ihren Programmen etwas ändern.

!owner {{mailboxes}}
`,
  en: `
Your email will be moved on {day}

?owner Your mailbox **{address}** will be moved to a new mail system. These are the planned dates.
!owner The mailboxes below will be moved to a new mail system. These are the planned dates.
!owner Please pass these instructions on to the people who use these mailboxes.

| Planned date of the move | {day}
?at.cutover | New messages in the new system from | {at.cutover}
?at.open | You can use the new system from | {at.open}

## What stays the same
- The email address stays the same.
?password-unchanged !shared - The password stays the same.
- The messages that are on the server are taken over, with their folders.
?calendars-elsewhere - Calendars, contacts and tasks are taken over separately.
?calendars-copied - Calendars, contacts and tasks are taken over, too.

> Messages that your program has fetched off the server (POP) are no longer there and cannot be taken over. Before the move, set that program to leave a copy of the messages on the server.

?calendars-left > Calendars, contacts and tasks are not taken over. If there are any in the current system, export them before the move, then import them into the new one.

## What you have to do
- Read your mailbox regularly: the next messages will be sent there.
- Wait for our message before you change anything in your programs.

!owner {{mailboxes}}
`,
}
