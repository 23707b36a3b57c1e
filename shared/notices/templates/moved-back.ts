import type { Template } from './template.ts'

/** The move was undone after the switch: new mail arrives at the old server again. */
export const movedBack: Template = {
  for: 'anybody',
  fr: `
Retour à l’ancienne messagerie

?being-led-back ?owner Le transfert de votre boîte **{address}** a été annulé. **Les nouveaux messages sont en cours de redirection vers votre ancienne boîte.** D’ici là, certains peuvent encore arriver dans la nouvelle : regardez dans les deux.
!being-led-back ?owner Le transfert de votre boîte **{address}** a été annulé. **Les nouveaux messages arrivent de nouveau dans votre ancienne boîte.**
?being-led-back !owner Le transfert des boîtes aux lettres ci-dessous a été annulé. **Les nouveaux messages sont en cours de redirection vers les anciennes boîtes** ; rien ne prouve encore qu’ils y arrivent. Tant que qui gère l’ancienne messagerie n’a pas redirigé chaque boîte, certains peuvent encore arriver dans les nouvelles.
!being-led-back !owner Le transfert des boîtes aux lettres ci-dessous a été annulé. **Les nouveaux messages arrivent de nouveau dans les anciennes boîtes.**

?owner - Lisez et envoyez vos messages dans l’ancienne boîte. Connectez-vous comme avant le transfert.
?owner - Rien n’y a été effacé : vos messages y sont toujours.
?owner - Si vous aviez réglé un téléphone ou un logiciel de messagerie sur la nouvelle boîte, rétablissez les réglages d’avant.
!owner - Les messages se lisent et s’envoient dans les anciennes boîtes, comme avant le transfert. Rien n’y a été effacé.
!owner - Les personnes auxquelles le transfert avait été annoncé sont prévenues.

> Les messages reçus ou envoyés entre-temps dans la nouvelle messagerie y sont restés : ils ne se trouvent pas dans l’ancienne.

?owner ?link.webmail [Ouvrir la nouvelle messagerie pour y retrouver ces messages](link.webmail)

Si une nouvelle date est fixée, nous vous l’annoncerons.

!owner {{mailboxes}}
`,
  nl: `
Terug naar de oude mailbox

?being-led-back ?owner De overzetting van uw mailbox **{address}** is ongedaan gemaakt. **Nieuwe berichten worden weer naar uw oude mailbox geleid.** Tot dat gebeurd is, kunnen er nog in de nieuwe aankomen: kijk in beide.
!being-led-back ?owner De overzetting van uw mailbox **{address}** is ongedaan gemaakt. **Nieuwe berichten komen weer in uw oude mailbox aan.**
?being-led-back !owner De overzetting van de onderstaande mailboxen is ongedaan gemaakt. **Nieuwe berichten worden weer naar de oude mailboxen geleid**; nog niets bewijst dat ze daar aankomen. Zolang de beheerder van het oude mailsysteem niet elke mailbox heeft teruggeleid, kunnen er nog in de nieuwe aankomen.
!being-led-back !owner De overzetting van de onderstaande mailboxen is ongedaan gemaakt. **Nieuwe berichten komen weer in de oude mailboxen aan.**

?owner - Lees en verstuur uw berichten in de oude mailbox. Meld u aan zoals vóór de overzetting.
?owner - Er is daar niets gewist: uw berichten staan er nog altijd.
?owner - Had u een telefoon of een mailprogramma op de nieuwe mailbox ingesteld, zet dan de instellingen van vroeger terug.
!owner - Berichten worden weer in de oude mailboxen gelezen en verstuurd, zoals vóór de overzetting. Er is daar niets gewist.
!owner - Wie van de overzetting op de hoogte was gebracht, krijgt bericht.

> Berichten die intussen in de nieuwe mailbox zijn ontvangen of van daaruit zijn verstuurd, zijn daar gebleven: ze staan niet in de oude.

?owner ?link.webmail [De nieuwe mailbox openen om die berichten terug te vinden](link.webmail)

Komt er een nieuwe datum, dan laten wij u die weten.

!owner {{mailboxes}}
`,
  de: `
Zurück zum alten Postfach

?being-led-back ?owner Der Umzug Ihres Postfachs **{address}** wurde rückgängig gemacht. **Neue Nachrichten werden wieder in Ihr altes Postfach geleitet.** Bis das geschehen ist, können noch welche im neuen ankommen: Sehen Sie in beide.
!being-led-back ?owner Der Umzug Ihres Postfachs **{address}** wurde rückgängig gemacht. **Neue Nachrichten kommen wieder in Ihrem alten Postfach an.**
?being-led-back !owner Der Umzug der unten genannten Postfächer wurde rückgängig gemacht. **Neue Nachrichten werden wieder in die alten Postfächer geleitet**; dass sie dort ankommen, ist noch nicht bewiesen. Solange der Betreiber des alten Mailsystems nicht jedes Postfach zurückgeleitet hat, können noch welche in den neuen ankommen.
!being-led-back !owner Der Umzug der unten genannten Postfächer wurde rückgängig gemacht. **Neue Nachrichten kommen wieder in den alten Postfächern an.**

?owner - Lesen und senden Sie Ihre Nachrichten wieder im alten Postfach. Melden Sie sich an wie vor dem Umzug.
?owner - Dort wurde nichts gelöscht: Ihre Nachrichten sind noch da.
?owner - Haben Sie ein Telefon oder ein E-Mail-Programm auf das neue Postfach eingestellt, so stellen Sie die früheren Einstellungen wieder her.
!owner - Nachrichten werden wieder in den alten Postfächern gelesen und gesendet, wie vor dem Umzug. Dort wurde nichts gelöscht.
!owner - Alle, denen der Umzug angekündigt worden war, werden benachrichtigt.

> Nachrichten, die in der Zwischenzeit im neuen Postfach eingegangen sind oder von dort gesendet wurden, sind dort geblieben und liegen nicht im alten.

?owner ?link.webmail [Das neue Postfach öffnen, um diese Nachrichten wiederzufinden](link.webmail)

Steht ein neuer Termin fest, so teilen wir ihn Ihnen mit.

!owner {{mailboxes}}
`,
  en: `
Back to the old mailbox

?being-led-back ?owner The move of your mailbox **{address}** has been undone. **New messages are being led back to your old mailbox.** Until that is done, some may still arrive in the new one: look into both.
!being-led-back ?owner The move of your mailbox **{address}** has been undone. **New messages arrive in your old mailbox again.**
?being-led-back !owner The move of the mailboxes below has been undone. **New messages are being led back to the old mailboxes**; nothing proves yet that they arrive there. Until whoever runs the old mail system has led each mailbox back, some may still arrive in the new ones.
!being-led-back !owner The move of the mailboxes below has been undone. **New messages arrive in the old mailboxes again.**

?owner - Read and send your messages in the old mailbox. Sign in as you did before the move.
?owner - Nothing was deleted there: your messages are still in it.
?owner - If you had set up a telephone or a mail program for the new mailbox, put the earlier settings back.
!owner - Messages are read and sent in the old mailboxes, as before the move. Nothing was deleted there.
!owner - Those to whom the move had been announced are being told.

> Messages that were received in the new mailbox in the meantime, or sent from it, have stayed there: they are not in the old one.

?owner ?link.webmail [Open the new mailbox to find these messages](link.webmail)

If a new date is set, we will tell you.

!owner {{mailboxes}}
`,
}
