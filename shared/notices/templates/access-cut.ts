import type { Template } from './template.ts'

/** A10: the hour at which the old mailbox is closed to its owner. */
export const accessCut: Template = {
  for: 'anybody',
  fr: `
Votre ancienne messagerie ferme le {at.freeze}

?owner L’accès à votre boîte **{address}** dans l’ancienne messagerie prend fin le **{at.freeze}**.
!owner L’accès aux boîtes aux lettres ci-dessous dans l’ancienne messagerie prend fin le **{at.freeze}**.
!owner Merci de transmettre ces consignes aux personnes qui utilisent ces boîtes.

## Avant cette heure
- Terminez et envoyez vos messages en cours ; un brouillon resté ouvert peut se perdre.
?calendars-stay - Exportez vos contacts et vos agendas, si ce n’est déjà fait.
- Fermez vos logiciels de messagerie, sur l’ordinateur et sur le téléphone.
- Notez ce qui suit ou imprimez ce message : vous ne pourrez plus l’ouvrir ici.

## Après cette heure
- Vous ne pouvez plus lire ni envoyer de messages jusqu’à l’ouverture de la nouvelle messagerie.
?at.open - La nouvelle messagerie ouvre le {at.open}.
?link.webmail - Adresse à ouvrir dans un navigateur : {link.webmail}
?shared - Cette boîte devient partagée : vous l’ouvrirez depuis votre propre boîte, sans autre mot de passe.
!shared ?by-trustee - La personne qui en est chargée vous remettra votre mot de passe en main propre ou par téléphone.
!shared ?password-unchanged - Votre mot de passe reste le même.
- Les messages qui vous sont envoyés entre-temps ne sont pas perdus : vous les trouverez dans la nouvelle boîte.

> N’essayez pas de vous reconnecter à l’ancienne messagerie et ne modifiez pas votre mot de passe.

!owner {{mailboxes}}
`,
  nl: `
Uw oude mailsysteem sluit op {at.freeze}

?owner De toegang tot uw mailbox **{address}** in het oude mailsysteem eindigt op **{at.freeze}**.
!owner De toegang tot de onderstaande mailboxen in het oude mailsysteem eindigt op **{at.freeze}**.
!owner Wij vragen u deze richtlijnen door te geven aan wie deze mailboxen gebruikt.

## Vóór dat tijdstip
- Werk uw lopende berichten af en verstuur ze; een concept dat open blijft, kan verloren gaan.
?calendars-stay - Exporteer uw contacten en agenda’s, als dat nog niet is gebeurd.
- Sluit uw mailprogramma’s, op de computer en op de telefoon.
- Noteer wat hieronder staat of druk dit bericht af: u kunt het hier daarna niet meer openen.

## Na dat tijdstip
- U kunt geen berichten meer lezen of versturen tot het nieuwe mailsysteem opengaat.
?at.open - Het nieuwe mailsysteem gaat open op {at.open}.
?link.webmail - Adres om in een browser te openen: {link.webmail}
?shared - Deze mailbox wordt gedeeld: u opent ze vanuit uw eigen mailbox, zonder ander wachtwoord.
!shared ?by-trustee - Wie daarvoor is aangewezen, bezorgt u uw wachtwoord persoonlijk of per telefoon.
!shared ?password-unchanged - Uw wachtwoord blijft hetzelfde.
- Berichten die u intussen krijgt, gaan niet verloren: u vindt ze in de nieuwe mailbox.

> Probeer niet opnieuw aan te melden bij het oude mailsysteem en wijzig uw wachtwoord niet.

!owner {{mailboxes}}
`,
  de: `
Ihr altes E-Mail-System schließt am {at.freeze}

?owner Der Zugang zu Ihrem Postfach **{address}** im alten E-Mail-System endet am **{at.freeze}**.
!owner Der Zugang zu den unten genannten Postfächern im alten E-Mail-System endet am **{at.freeze}**.
!owner Bitte geben Sie diese Hinweise an alle weiter, die diese Postfächer nutzen.

## Vor diesem Zeitpunkt
- Beenden und verschicken Sie angefangene Nachrichten; ein offen gelassener Entwurf kann verloren gehen.
?calendars-stay - Exportieren Sie Ihre Kontakte und Kalender, falls das noch nicht geschehen ist.
- Schließen Sie Ihre E-Mail-Programme, auf dem Computer und auf dem Telefon.
- Notieren Sie das Folgende oder drucken Sie diese Nachricht aus: Sie können sie hier danach nicht mehr öffnen.

## Nach diesem Zeitpunkt
- Sie können bis zur Öffnung des neuen Systems keine Nachrichten lesen oder senden.
?at.open - Das neue System öffnet am {at.open}.
?link.webmail - Adresse für den Browser: {link.webmail}
?shared - Dieses Postfach wird freigegeben: Sie öffnen es aus Ihrem eigenen Postfach, ohne weiteres Kennwort.
!shared ?by-trustee - Die damit beauftragte Person übergibt Ihnen Ihr Kennwort persönlich oder am Telefon.
!shared ?password-unchanged - Ihr Kennwort bleibt dasselbe.
- Nachrichten, die Ihnen in der Zwischenzeit geschickt werden, gehen nicht verloren: Sie finden sie im neuen Postfach.

> Versuchen Sie nicht, sich am alten System wieder anzumelden, und ändern Sie Ihr Kennwort nicht.

!owner {{mailboxes}}
`,
  en: `
Your old mail system closes on {at.freeze}

?owner Access to your mailbox **{address}** in the old mail system ends on **{at.freeze}**.
!owner Access to the mailboxes below in the old mail system ends on **{at.freeze}**.
!owner Please pass these instructions on to the people who use these mailboxes.

## Before that time
- Finish and send the messages you are writing; a draft that is left open may be lost.
?calendars-stay - Export your contacts and calendars, if you have not done so.
- Close your mail programs, on the computer and on the telephone.
- Write down what follows, or print this message: you will no longer be able to open it here.

## After that time
- You cannot read or send messages until the new mail system opens.
?at.open - The new mail system opens on {at.open}.
?link.webmail - Address to open in a browser: {link.webmail}
?shared - This mailbox becomes a shared one: you will open it from your own mailbox, without another password.
!shared ?by-trustee - The person who hands out the passwords will give you yours, in person or by telephone.
!shared ?password-unchanged - Your password stays the same.
- Messages sent to you in the meantime are not lost: you will find them in the new mailbox.

> Do not try to sign in to the old mail system again, and do not change your password.

!owner {{mailboxes}}
`,
}
