import type { Template } from './template.ts'

/** P13, P14: the move is complete, and what is left to do on telephone and computer. */
export const afterMove: Template = {
  for: 'owner',
  fr: `
Votre boîte aux lettres est migrée : ce qu’il vous reste à faire

La migration de votre boîte **{address}** est terminée. Votre adresse n’a pas changé.
?password-unchanged Votre mot de passe n’a pas changé non plus.

## Sur votre téléphone ou votre tablette
1. Supprimez l’ancien compte de messagerie dans les réglages.
2. Ajoutez-le à nouveau, avec la même adresse, comme compte « Exchange ».
3. Attendez que les messages s’affichent : cela peut prendre quelques minutes.

## Sur votre ordinateur
1. Fermez Outlook, puis ouvrez-le à nouveau. Le plus souvent, il trouve de lui-même la nouvelle messagerie.
2. Si ce n’est pas le cas, ajoutez-y à nouveau votre compte, avec la même adresse.
3. Si vous lisez vos messages dans un navigateur, fermez-le entièrement, puis ouvrez-le à nouveau.

?link.webmail [Ouvrir la messagerie dans le navigateur](link.webmail)

> Ne supprimez pas votre compte sur l’ordinateur si Outlook fonctionne après ce redémarrage.

{{tutorials}}
{{settings}}
`,
  nl: `
Uw mailbox is gemigreerd: wat u nog moet doen

De migratie van uw mailbox **{address}** is klaar. Uw adres is niet veranderd.
?password-unchanged Ook uw wachtwoord is niet veranderd.

## Op uw telefoon of tablet
1. Verwijder het oude mailaccount in de instellingen.
2. Voeg het opnieuw toe, met hetzelfde adres, als account van het type “Exchange”.
3. Wacht tot de berichten verschijnen: dat kan enkele minuten duren.

## Op uw computer
1. Sluit Outlook en open het opnieuw. Meestal vindt Outlook het nieuwe mailsysteem vanzelf.
2. Is dat niet zo, voeg uw account er dan opnieuw aan toe, met hetzelfde adres.
3. Leest u uw berichten in een browser, sluit die dan helemaal af en open hem opnieuw.

?link.webmail [De mailbox openen in de browser](link.webmail)

> Verwijder uw account op de computer niet als Outlook na die herstart werkt.

{{tutorials}}
{{settings}}
`,
  de: `
Ihr Postfach ist umgezogen: was noch zu tun ist

Der Umzug Ihres Postfachs **{address}** ist abgeschlossen. Ihre Adresse hat sich nicht geändert.
?password-unchanged Auch Ihr Kennwort hat sich nicht geändert.

## Auf Ihrem Telefon oder Tablet
1. Löschen Sie das alte E-Mail-Konto in den Einstellungen.
2. Fügen Sie es mit derselben Adresse als Konto vom Typ „Exchange“ wieder hinzu.
3. Warten Sie, bis die Nachrichten erscheinen: Das kann einige Minuten dauern.

## Auf Ihrem Computer
1. Schließen Sie Outlook und öffnen Sie es wieder. Meist findet es das neue System von selbst.
2. Ist das nicht der Fall, so fügen Sie dort Ihr Konto mit derselben Adresse neu hinzu.
3. Wenn Sie Ihre Nachrichten in einem Browser lesen, schließen Sie ihn ganz und öffnen Sie ihn wieder.

?link.webmail [Das Postfach im Browser öffnen](link.webmail)

> Löschen Sie Ihr Konto auf dem Computer nicht, wenn Outlook nach diesem Neustart funktioniert.

{{tutorials}}
{{settings}}
`,
  en: `
Your mailbox has moved: what you still have to do

The move of your mailbox **{address}** is complete. Your address has not changed.
?password-unchanged Your password has not changed either.

## On your telephone or tablet
1. Delete the old mail account in the settings.
2. Add it again, with the same address, as an account of the type “Exchange”.
3. Wait until the messages appear: this can take some minutes.

## On your computer
1. Close Outlook, then open it again. Most often it finds the new mail system by itself.
2. If it does not, add your account there again, with the same address.
3. If you read your messages in a browser, close it completely, then open it again.

?link.webmail [Open the mailbox in the browser](link.webmail)

> Do not delete your account on the computer if Outlook works after this restart.

{{tutorials}}
{{settings}}
`,
}
