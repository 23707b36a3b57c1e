import type { Template } from './template.ts'

/** F13: the confirmed date, the way to the new mailbox, and the tutorials. */
export const access: Template = {
  for: 'owner',
  fr: `
Votre nouvelle messagerie est accessible

?at.switched Votre boîte **{address}** a été transférée. Depuis le {at.switched}, vos nouveaux messages arrivent dans la nouvelle messagerie.
!at.switched ?day Votre boîte **{address}** est transférée vers la nouvelle messagerie le {day}.
!at.switched !day Votre boîte **{address}** passe à la nouvelle messagerie.
?at.open Vous y avez accès à partir du {at.open}.

?link.webmail [Ouvrir la nouvelle messagerie](link.webmail)

## Vous connecter
?shared - Cette boîte est partagée : vous l’ouvrez depuis votre propre boîte, sans autre mot de passe.
!shared - Votre identifiant : **{sign-in}**
!shared ?password-unchanged - Votre mot de passe reste celui que vous connaissez.
!shared ?password-new - Votre mot de passe vous est communiqué séparément ; vous devrez le changer à la première connexion.
?quota - Votre espace de stockage : {quota}.

## L’ancienne messagerie
?at.switched - L’ancienne interface ne reçoit plus de nouveaux messages.
?copied - Vos anciens messages ont été copiés dans la nouvelle boîte.
!copied - Vos anciens messages sont en cours de copie ; ils apparaissent au fur et à mesure dans la nouvelle boîte.
?calendars-left - Les agendas, les contacts et les tâches n’ont pas été copiés : exportez-les de l’ancienne messagerie si vous en avez besoin.
?calendars-elsewhere - Les agendas, les contacts et les tâches sont repris séparément.

{{tutorials}}
!shared {{settings}}
`,
  nl: `
Uw nieuwe mailbox is toegankelijk

?at.switched Uw mailbox **{address}** is overgezet. Sinds {at.switched} komen uw nieuwe berichten in het nieuwe mailsysteem aan.
!at.switched ?day Uw mailbox **{address}** wordt op {day} overgezet naar het nieuwe mailsysteem.
!at.switched !day Uw mailbox **{address}** gaat over naar het nieuwe mailsysteem.
?at.open U hebt er toegang toe vanaf {at.open}.

?link.webmail [De nieuwe mailbox openen](link.webmail)

## Aanmelden
?shared - Deze mailbox is gedeeld: u opent ze vanuit uw eigen mailbox, zonder ander wachtwoord.
!shared - Uw aanmeldnaam: **{sign-in}**
!shared ?password-unchanged - Uw wachtwoord blijft het wachtwoord dat u kent.
!shared ?password-new - Uw wachtwoord krijgt u afzonderlijk; u moet het bij de eerste aanmelding wijzigen.
?quota - Uw opslagruimte: {quota}.

## De oude mailbox
?at.switched - De oude mailbox ontvangt geen nieuwe berichten meer.
?copied - Uw oude berichten zijn naar de nieuwe mailbox gekopieerd.
!copied - Uw oude berichten worden nog gekopieerd; ze verschijnen geleidelijk in de nieuwe mailbox.
?calendars-left - Agenda’s, contacten en taken zijn niet gekopieerd: exporteer ze uit het oude mailsysteem als u ze nodig hebt.
?calendars-elsewhere - Agenda’s, contacten en taken worden afzonderlijk overgenomen.

{{tutorials}}
!shared {{settings}}
`,
  de: `
Ihr neues Postfach ist zugänglich

?at.switched Ihr Postfach **{address}** ist umgezogen. Seit {at.switched} kommen Ihre neuen Nachrichten im neuen E-Mail-System an.
!at.switched ?day Ihr Postfach **{address}** zieht am {day} in das neue E-Mail-System um.
!at.switched !day Ihr Postfach **{address}** wechselt in das neue E-Mail-System.
?at.open Sie haben Zugang ab {at.open}.

?link.webmail [Das neue Postfach öffnen](link.webmail)

## Anmelden
?shared - Dieses Postfach ist freigegeben: Sie öffnen es aus Ihrem eigenen Postfach, ohne weiteres Kennwort.
!shared - Ihr Anmeldename: **{sign-in}**
!shared ?password-unchanged - Ihr Kennwort bleibt das, das Sie kennen.
!shared ?password-new - Ihr Kennwort erhalten Sie gesondert; Sie müssen es bei der ersten Anmeldung ändern.
?quota - Ihr Speicherplatz: {quota}.

## Das alte Postfach
?at.switched - Das alte Postfach empfängt keine neuen Nachrichten mehr.
?copied - Ihre alten Nachrichten wurden in das neue Postfach kopiert.
!copied - Ihre alten Nachrichten werden noch kopiert; sie erscheinen nach und nach im neuen Postfach.
?calendars-left - Kalender, Kontakte und Aufgaben wurden nicht kopiert: Exportieren Sie sie aus dem alten System, wenn Sie sie brauchen.
?calendars-elsewhere - Kalender, Kontakte und Aufgaben werden gesondert übernommen.

{{tutorials}}
!shared {{settings}}
`,
  en: `
Your new mailbox can be used

?at.switched Your mailbox **{address}** has been moved. Since {at.switched}, your new messages have been arriving in the new mail system.
!at.switched ?day Your mailbox **{address}** moves to the new mail system on {day}.
!at.switched !day Your mailbox **{address}** moves to the new mail system.
?at.open You have access to it from {at.open}.

?link.webmail [Open the new mailbox](link.webmail)

## Signing in
?shared - This mailbox is shared: you open it from your own mailbox, without another password.
!shared - Your sign-in name: **{sign-in}**
!shared ?password-unchanged - Your password stays the one you know.
!shared ?password-new - You receive your password separately; you will have to change it when you first sign in.
?quota - Your storage space: {quota}.

## The old mailbox
?at.switched - The old mailbox no longer receives new messages.
?copied - Your old messages have been copied to the new mailbox.
!copied - Your old messages are still being copied; they appear in the new mailbox little by little.
?calendars-left - Calendars, contacts and tasks have not been copied: export them from the old system if you need them.
?calendars-elsewhere - Calendars, contacts and tasks are taken over separately.

{{tutorials}}
!shared {{settings}}
`,
}
