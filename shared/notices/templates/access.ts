import type { Template } from './template.ts'

/** F13: the confirmed date, the way to the new mailbox, and the tutorials. */
export const access: Template = {
  for: 'owner',
  fr: `
Votre nouvelle messagerie est accessible

?at.switched Votre boîte **{address}** a été transférée. Depuis le {at.switched}, vos nouveaux messages arrivent dans la nouvelle messagerie.
!at.switched Votre boîte **{address}** est transférée vers la nouvelle messagerie le {day}.
?at.open Vous y avez accès à partir du {at.open}.

?link.webmail [Ouvrir la nouvelle messagerie](link.webmail)

## Vous connecter
?new-login - Votre identifiant : **{new-login}**.
!new-login - Votre identifiant : votre adresse **{address}**.
?password-unchanged - Votre mot de passe reste celui que vous connaissez.
!password-unchanged - Votre mot de passe vous parvient par une autre voie ; vous devrez le changer à la première connexion.
?quota - Votre espace de stockage : {quota}.

## L’ancienne messagerie
- L’ancienne interface ne reçoit plus de nouveaux messages.
- Les anciens messages continuent d’être copiés ; nous vous écrirons quand la copie sera terminée.

{{tutorials}}
{{settings}}
`,
  nl: `
Uw nieuwe mailbox is toegankelijk

?at.switched Uw mailbox **{address}** is overgezet. Sinds {at.switched} komen uw nieuwe berichten in het nieuwe mailsysteem aan.
!at.switched Uw mailbox **{address}** wordt op {day} overgezet naar het nieuwe mailsysteem.
?at.open U hebt er toegang toe vanaf {at.open}.

?link.webmail [De nieuwe mailbox openen](link.webmail)

## Aanmelden
?new-login - Uw aanmeldnaam: **{new-login}**.
!new-login - Uw aanmeldnaam: uw adres **{address}**.
?password-unchanged - Uw wachtwoord blijft het wachtwoord dat u kent.
!password-unchanged - Uw wachtwoord krijgt u langs een andere weg; u moet het bij de eerste aanmelding wijzigen.
?quota - Uw opslagruimte: {quota}.

## De oude mailbox
- De oude mailbox ontvangt geen nieuwe berichten meer.
- De oude berichten worden nog gekopieerd; wij schrijven u wanneer dat klaar is.

{{tutorials}}
{{settings}}
`,
  de: `
Ihr neues Postfach ist zugänglich

?at.switched Ihr Postfach **{address}** ist umgezogen. Seit {at.switched} kommen Ihre neuen Nachrichten im neuen E-Mail-System an.
!at.switched Ihr Postfach **{address}** zieht am {day} in das neue E-Mail-System um.
?at.open Sie haben Zugang ab {at.open}.

?link.webmail [Das neue Postfach öffnen](link.webmail)

## Anmelden
?new-login - Ihr Anmeldename: **{new-login}**.
!new-login - Ihr Anmeldename: Ihre Adresse **{address}**.
?password-unchanged - Ihr Kennwort bleibt das, das Sie kennen.
!password-unchanged - Ihr Kennwort erhalten Sie auf einem anderen Weg; Sie müssen es bei der ersten Anmeldung ändern.
?quota - Ihr Speicherplatz: {quota}.

## Das alte Postfach
- Das alte Postfach empfängt keine neuen Nachrichten mehr.
- Die alten Nachrichten werden noch kopiert; wir schreiben Ihnen, wenn das abgeschlossen ist.

{{tutorials}}
{{settings}}
`,
  en: `
Your new mailbox can be used

?at.switched Your mailbox **{address}** has been moved. Since {at.switched}, your new messages have been arriving in the new mail system.
!at.switched Your mailbox **{address}** moves to the new mail system on {day}.
?at.open You have access to it from {at.open}.

?link.webmail [Open the new mailbox](link.webmail)

## Signing in
?new-login - Your sign-in name: **{new-login}**.
!new-login - Your sign-in name: your address **{address}**.
?password-unchanged - Your password stays the one you know.
!password-unchanged - Your password reaches you in another way; you will have to change it when you first sign in.
?quota - Your storage space: {quota}.

## The old mailbox
- The old mailbox no longer receives new messages.
- The old messages are still being copied; we will write to you when that is complete.

{{tutorials}}
{{settings}}
`,
}
