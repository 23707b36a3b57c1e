import type { Template } from './template.ts'

/** A10: the hour at which the old mailbox is closed to its owner. */
export const accessCut: Template = {
  for: 'anybody',
  fr: `
Fermeture de l’ancienne messagerie : dernières heures

?owner L’accès à votre boîte **{address}** dans l’ancienne messagerie prend fin le **{at.freeze}**.
!owner L’accès aux boîtes aux lettres ci-dessous dans l’ancienne messagerie prend fin le **{at.freeze}**.
!owner Merci de transmettre ces consignes aux personnes qui utilisent ces boîtes.

## Avant cette heure
- Terminez et envoyez vos messages en cours ; un brouillon resté ouvert peut se perdre.
- Exportez vos contacts et vos agendas, si ce n’est déjà fait.
- Fermez vos logiciels de messagerie, sur l’ordinateur et sur le téléphone.

## Après cette heure
- Vous ne pouvez plus lire ni envoyer de messages jusqu’à l’ouverture de la nouvelle messagerie.
?at.open - La nouvelle messagerie ouvre le {at.open}.
- Les messages qui vous sont envoyés entre-temps ne sont pas perdus : vous les trouverez dans la nouvelle boîte.

> N’essayez pas de vous reconnecter à l’ancienne messagerie et ne modifiez pas votre mot de passe.

!owner {{mailboxes}}
`,
  nl: `
Het oude mailsysteem sluit: de laatste uren

?owner De toegang tot uw mailbox **{address}** in het oude mailsysteem eindigt op **{at.freeze}**.
!owner De toegang tot de onderstaande mailboxen in het oude mailsysteem eindigt op **{at.freeze}**.
!owner Wij vragen u deze richtlijnen door te geven aan wie deze mailboxen gebruikt.

## Vóór dat tijdstip
- Werk uw lopende berichten af en verstuur ze; een concept dat open blijft, kan verloren gaan.
- Exporteer uw contacten en agenda’s, als dat nog niet is gebeurd.
- Sluit uw mailprogramma’s, op de computer en op de telefoon.

## Na dat tijdstip
- U kunt geen berichten meer lezen of versturen tot het nieuwe mailsysteem opengaat.
?at.open - Het nieuwe mailsysteem gaat open op {at.open}.
- Berichten die u intussen krijgt, gaan niet verloren: u vindt ze in de nieuwe mailbox.

> Probeer niet opnieuw aan te melden bij het oude mailsysteem en wijzig uw wachtwoord niet.

!owner {{mailboxes}}
`,
  de: `
Das alte E-Mail-System schließt: die letzten Stunden

?owner Der Zugang zu Ihrem Postfach **{address}** im alten E-Mail-System endet am **{at.freeze}**.
!owner Der Zugang zu den unten genannten Postfächern im alten E-Mail-System endet am **{at.freeze}**.
!owner Bitte geben Sie diese Hinweise an alle weiter, die diese Postfächer nutzen.

## Vor diesem Zeitpunkt
- Beenden und verschicken Sie angefangene Nachrichten; ein offen gelassener Entwurf kann verloren gehen.
- Exportieren Sie Ihre Kontakte und Kalender, falls das noch nicht geschehen ist.
- Schließen Sie Ihre E-Mail-Programme, auf dem Computer und auf dem Telefon.

## Nach diesem Zeitpunkt
- Sie können bis zur Öffnung des neuen Systems keine Nachrichten lesen oder senden.
?at.open - Das neue System öffnet am {at.open}.
- Nachrichten, die Ihnen in der Zwischenzeit geschickt werden, gehen nicht verloren: Sie finden sie im neuen Postfach.

> Versuchen Sie nicht, sich am alten System wieder anzumelden, und ändern Sie Ihr Kennwort nicht.

!owner {{mailboxes}}
`,
  en: `
The old mail system is closing: the last hours

?owner Access to your mailbox **{address}** in the old mail system ends on **{at.freeze}**.
!owner Access to the mailboxes below in the old mail system ends on **{at.freeze}**.
!owner Please pass these instructions on to the people who use these mailboxes.

## Before that time
- Finish and send the messages you are writing; a draft that is left open may be lost.
- Export your contacts and calendars, if you have not done so.
- Close your mail programs, on the computer and on the telephone.

## After that time
- You cannot read or send messages until the new mail system opens.
?at.open - The new mail system opens on {at.open}.
- Messages sent to you in the meantime are not lost: you will find them in the new mailbox.

> Do not try to sign in to the old mail system again, and do not change your password.

!owner {{mailboxes}}
`,
}
