import type { Template } from './template.ts'

/** P14, A14: the copy is complete and compared. To the owner, or to whoever looks after an entity’s mailboxes. */
export const done: Template = {
  for: 'anybody',
  fr: `
Votre messagerie a été transférée

?owner Le transfert de votre boîte **{address}** est terminé et a été vérifié : {messages} messages se trouvent dans votre nouvelle boîte, avec leurs dossiers, leurs dates et leur état de lecture.
!owner Le transfert des boîtes aux lettres ci-dessous est terminé et a été vérifié : {messages} messages se trouvent dans les nouvelles boîtes, avec leurs dossiers, leurs dates et leur état de lecture.

!owner {{results}}

Les nouveaux messages arrivent dans la nouvelle boîte. Rien n’a été effacé dans l’ancienne.

!exceptions Tous les messages ont été repris.
?exceptions Messages qui n’ont pas pu être repris tels quels : {exceptions}. L’assistance en tient la liste, avec la raison et ce qui peut être fait pour chacun.

?link.webmail [Ouvrir la nouvelle messagerie](link.webmail)
`,
  nl: `
Uw mailbox is overgezet

?owner De overzetting van uw mailbox **{address}** is klaar en nagekeken: {messages} berichten staan in uw nieuwe mailbox, met hun mappen, datums en leesstatus.
!owner De overzetting van de onderstaande mailboxen is klaar en nagekeken: {messages} berichten staan in de nieuwe mailboxen, met hun mappen, datums en leesstatus.

!owner {{results}}

Nieuwe berichten komen aan in de nieuwe mailbox. In de oude is niets gewist.

!exceptions Alle berichten zijn overgenomen.
?exceptions Berichten die niet ongewijzigd konden worden overgenomen: {exceptions}. De helpdesk heeft er de lijst van, met de reden en wat er voor elk bericht kan worden gedaan.

?link.webmail [De nieuwe mailbox openen](link.webmail)
`,
  de: `
Ihr Postfach ist umgezogen

?owner Der Umzug Ihres Postfachs **{address}** ist abgeschlossen und geprüft: {messages} Nachrichten liegen in Ihrem neuen Postfach, mit Ordnern, Datum und Lesestatus.
!owner Der Umzug der folgenden Postfächer ist abgeschlossen und geprüft: {messages} Nachrichten liegen in den neuen Postfächern, mit Ordnern, Datum und Lesestatus.

!owner {{results}}

Neue Nachrichten kommen im neuen Postfach an. Im alten wurde nichts gelöscht.

!exceptions Alle Nachrichten wurden übernommen.
?exceptions Nachrichten, die nicht unverändert übernommen werden konnten: {exceptions}. Der Support hat die Liste, mit dem Grund und dem, was für jede Nachricht getan werden kann.

?link.webmail [Das neue Postfach öffnen](link.webmail)
`,
  en: `
Your mailbox has been moved

?owner The move of your mailbox **{address}** is complete and has been checked: {messages} messages are in your new mailbox, with their folders, dates and read state.
!owner The move of the mailboxes below is complete and has been checked: {messages} messages are in the new mailboxes, with their folders, dates and read state.

!owner {{results}}

New messages arrive in the new mailbox. Nothing was deleted in the old one.

!exceptions All messages were taken over.
?exceptions Messages that could not be taken over as they were: {exceptions}. The support desk has the list, with the reason and what can be done about each.

?link.webmail [Open the new mailbox](link.webmail)
`,
}
