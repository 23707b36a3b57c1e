import type { Template } from './template.ts'

/** P14, A14: the copy is complete and compared. To the owner, or to whoever looks after an entity’s mailboxes. */
export const done: Template = {
  for: 'anybody',
  fr: `
Votre messagerie a été transférée

?owner Le transfert de votre boîte **{address}** est terminé et a été vérifié. Vos messages se trouvent dans votre nouvelle boîte, avec leurs dossiers, leurs dates et leur état de lecture.
!owner !held Le transfert des boîtes aux lettres ci-dessous est terminé et a été vérifié.
!owner ?held Le transfert des boîtes aux lettres ci-dessous est terminé et a été vérifié, sauf là où la liste dit le contraire : l’assistance s’en occupe.
!owner Les messages transférés se trouvent dans les nouvelles boîtes, avec leurs dossiers, leurs dates et leur état de lecture.

| Messages transférés | {messages}
?exceptions | Messages qui n’ont pas pu être repris tels quels | {exceptions}

!owner {{results}}
?owner {{renamed-folders}}

Les nouveaux messages arrivent dans la nouvelle boîte. Rien n’a été effacé dans l’ancienne.

!held !exceptions Tous les messages ont été repris.
?calendars-left Les agendas, les contacts et les tâches ne font pas partie de ce transfert.
?calendars-elsewhere Les agendas, les contacts et les tâches sont repris séparément.
?exceptions L’assistance tient la liste des messages qui n’ont pas pu être repris tels quels, avec la raison et ce qui peut être fait pour chacun.

?link.webmail [Ouvrir la nouvelle messagerie](link.webmail)
`,
  nl: `
Uw e-mail is overgezet

?owner De overzetting van uw mailbox **{address}** is klaar en nagekeken. Uw berichten staan in uw nieuwe mailbox, met hun mappen, datums en leesstatus.
!owner !held De overzetting van de onderstaande mailboxen is klaar en nagekeken.
!owner ?held De overzetting van de onderstaande mailboxen is klaar en nagekeken, behalve waar de lijst iets anders zegt: de helpdesk zorgt daarvoor.
!owner De overgezette berichten staan in de nieuwe mailboxen, met hun mappen, datums en leesstatus.

| Overgezette berichten | {messages}
?exceptions | Berichten die niet ongewijzigd konden worden overgenomen | {exceptions}

!owner {{results}}
?owner {{renamed-folders}}

Nieuwe berichten komen aan in de nieuwe mailbox. In de oude is niets gewist.

!held !exceptions Alle berichten zijn overgenomen.
?calendars-left Agenda’s, contacten en taken horen niet bij deze overzetting.
?calendars-elsewhere Agenda’s, contacten en taken worden afzonderlijk overgenomen.
?exceptions De helpdesk heeft de lijst van de berichten die niet ongewijzigd konden worden overgenomen, met de reden en wat er voor elk bericht kan worden gedaan.

?link.webmail [De nieuwe mailbox openen](link.webmail)
`,
  de: `
Ihr E-Mail-Umzug ist abgeschlossen

?owner Der Umzug Ihres Postfachs **{address}** ist abgeschlossen und geprüft. Ihre Nachrichten liegen in Ihrem neuen Postfach, mit Ordnern, Datum und Lesestatus.
!owner !held Der Umzug der unten genannten Postfächer ist abgeschlossen und geprüft.
!owner ?held Der Umzug der unten genannten Postfächer ist abgeschlossen und geprüft, außer wo die Liste etwas anderes sagt: Der Support kümmert sich darum.
!owner Die übernommenen Nachrichten liegen in den neuen Postfächern, mit Ordnern, Datum und Lesestatus.

| Übernommene Nachrichten | {messages}
?exceptions | Nachrichten, die nicht unverändert übernommen werden konnten | {exceptions}

!owner {{results}}
?owner {{renamed-folders}}

Neue Nachrichten kommen im neuen Postfach an. Im alten wurde nichts gelöscht.

!held !exceptions Alle Nachrichten wurden übernommen.
?calendars-left Kalender, Kontakte und Aufgaben gehören nicht zu diesem Umzug.
?calendars-elsewhere Kalender, Kontakte und Aufgaben werden gesondert übernommen.
?exceptions Der Support hat die Liste der Nachrichten, die nicht unverändert übernommen werden konnten, mit dem Grund und dem, was für jede von ihnen getan werden kann.

?link.webmail [Das neue Postfach öffnen](link.webmail)
`,
  en: `
Your email has been moved

?owner The move of your mailbox **{address}** is complete and has been checked. Your messages are in your new mailbox, with their folders, dates and read state.
!owner !held The move of the mailboxes below is complete and has been checked.
!owner ?held The move of the mailboxes below is complete and has been checked, except where the list says otherwise: the support desk is looking after it.
!owner The messages that were moved are in the new mailboxes, with their folders, dates and read state.

| Messages moved | {messages}
?exceptions | Messages that could not be taken over as they were | {exceptions}

!owner {{results}}
?owner {{renamed-folders}}

New messages arrive in the new mailbox. Nothing was deleted in the old one.

!held !exceptions All messages were taken over.
?calendars-left Calendars, contacts and tasks are not part of this move.
?calendars-elsewhere Calendars, contacts and tasks are taken over separately.
?exceptions The support desk has the list of messages that could not be taken over as they were, with the reason and what can be done about each.

?link.webmail [Open the new mailbox](link.webmail)
`,
}
