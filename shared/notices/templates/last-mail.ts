import type { Template } from './template.ts'

/** F14 to F16: the last message in the old mailbox, put there directly. */
export const lastMail: Template = {
  for: 'owner',
  fr: `
Dernier message dans cette boîte : vos messages arrivent désormais ailleurs

Ceci est le dernier message que vous recevez dans l’ancienne interface.

?at.switched Depuis le **{at.switched}**, tous les messages envoyés à **{address}** arrivent dans la nouvelle messagerie.
!at.switched Désormais, tous les messages envoyés à **{address}** arrivent dans la nouvelle messagerie.

?link.webmail [Ouvrir la nouvelle messagerie](link.webmail)

## Ce qu’il faut savoir
- Votre adresse électronique reste identique.
- Vos anciens messages restent lisibles ici.
?copied - Ils ont aussi été copiés dans la nouvelle boîte.
!copied - Ils sont en cours de copie dans la nouvelle boîte.
- Ce que vous écrivez ou classez encore ici ne sera plus repris.

> N’envoyez plus de messages à partir de l’ancienne interface : les réponses arriveraient dans la nouvelle.
`,
  nl: `
Laatste bericht in deze mailbox: uw berichten komen voortaan elders aan

Dit is het laatste bericht dat u in het oude mailsysteem ontvangt.

?at.switched Sinds **{at.switched}** komen alle berichten aan **{address}** in het nieuwe mailsysteem aan.
!at.switched Voortaan komen alle berichten aan **{address}** in het nieuwe mailsysteem aan.

?link.webmail [De nieuwe mailbox openen](link.webmail)

## Wat u moet weten
- Uw e-mailadres blijft hetzelfde.
- Uw oude berichten blijven hier leesbaar.
?copied - Ze zijn ook naar de nieuwe mailbox gekopieerd.
!copied - Ze worden nog naar de nieuwe mailbox gekopieerd.
- Wat u hier nog schrijft of opbergt, wordt niet meer overgenomen.

> Verstuur geen berichten meer vanuit het oude mailsysteem: de antwoorden komen in het nieuwe aan.
`,
  de: `
Letzte Nachricht in diesem Postfach: Ihre Nachrichten kommen nun woanders an

Dies ist die letzte Nachricht, die Sie im alten E-Mail-System erhalten.

?at.switched Seit **{at.switched}** kommen alle Nachrichten an **{address}** im neuen System an.
!at.switched Von nun an kommen alle Nachrichten an **{address}** im neuen System an.

?link.webmail [Das neue Postfach öffnen](link.webmail)

## Was Sie wissen müssen
- Ihre E-Mail-Adresse bleibt dieselbe.
- Ihre alten Nachrichten bleiben hier lesbar.
?copied - Sie wurden auch in das neue Postfach kopiert.
!copied - Sie werden noch in das neue Postfach kopiert.
- Was Sie hier noch schreiben oder ablegen, wird nicht mehr übernommen.

> Senden Sie keine Nachrichten mehr aus dem alten System: Die Antworten kämen im neuen an.
`,
  en: `
Last message in this mailbox: your mail now arrives elsewhere

This is the last message that you receive in the old mail system.

?at.switched Since **{at.switched}**, all messages sent to **{address}** have been arriving in the new mail system.
!at.switched From now on, all messages sent to **{address}** arrive in the new mail system.

?link.webmail [Open the new mailbox](link.webmail)

## What you should know
- Your email address stays the same.
- Your old messages can still be read here.
?copied - They have also been copied to the new mailbox.
!copied - They are still being copied to the new mailbox.
- Whatever you still write or file here will no longer be taken over.

> Do not send messages from the old system any more: the replies would arrive in the new one.
`,
}
