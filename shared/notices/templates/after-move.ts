import type { Template } from './template.ts'

/** P13, P14: the move is complete, and what is left to do on telephone and computer. */
export const afterMove: Template = {
  for: 'owner',
  fr: `
Votre boîte aux lettres est migrée : ce qu’il vous reste à faire

La migration de votre boîte **{address}** est terminée. Votre adresse n’a pas changé.
?password-unchanged !shared Votre mot de passe n’a pas changé non plus.
?shared Cette boîte est une boîte partagée : elle n’a pas de mot de passe à elle. Chaque personne qui y a accès l’ouvre à partir de son propre compte.

!shared ## Sur votre téléphone ou votre tablette
!shared 1. Supprimez l’ancien compte de messagerie dans les réglages.
!shared 2. Ajoutez-le à nouveau, avec la même adresse, comme compte « Exchange ».
!shared 3. Attendez que les messages s’affichent : cela peut prendre quelques minutes.

!shared ## Sur votre ordinateur
!shared 1. Fermez Outlook, puis ouvrez-le à nouveau. Le plus souvent, il trouve de lui-même la nouvelle messagerie.
!shared 2. Si ce n’est pas le cas, ajoutez-y à nouveau votre compte, avec la même adresse.
!shared 3. Si vous lisez vos messages dans un navigateur, fermez-le entièrement, puis ouvrez-le à nouveau.

?shared ## Ouvrir la boîte partagée sur votre ordinateur
?shared 1. Fermez Outlook, puis ouvrez-le à nouveau : la boîte s’affiche sous la vôtre. Cela peut prendre une heure.
?shared 2. Dans un navigateur, fermez-le entièrement, ouvrez-le à nouveau et connectez-vous à votre propre boîte ; choisissez d’ouvrir une autre boîte aux lettres et saisissez l’adresse de celle-ci.
?shared ## Sur votre téléphone ou votre tablette
?shared 1. Supprimez le compte de cette boîte, s’il y était réglé.
?shared 2. Ajoutez-la dans l’application Outlook, comme boîte partagée de votre propre compte.
?shared > Si la boîte ne s’affiche pas, demandez-nous de vous y donner accès.

?link.webmail [Ouvrir la messagerie dans le navigateur](link.webmail)

!shared > Ne supprimez pas votre compte sur l’ordinateur si Outlook fonctionne après ce redémarrage.

?calendars-left > Seuls les messages ont été repris. Les agendas, les contacts et les tâches de l’ancienne messagerie ne l’ont pas été : exportez-les là-bas, puis importez-les dans la nouvelle.
?calendars-elsewhere Les agendas, les contacts et les tâches sont repris séparément. S’il en manque, prévenez-nous.

{{renamed-folders}}
{{tutorials}}
!shared {{settings}}
`,
  nl: `
Uw mailbox is gemigreerd: wat u nog moet doen

De migratie van uw mailbox **{address}** is klaar. Uw adres is niet veranderd.
?password-unchanged !shared Ook uw wachtwoord is niet veranderd.
?shared Dit is een gedeelde mailbox: ze heeft geen eigen wachtwoord. Wie er toegang toe heeft, opent ze vanuit zijn of haar eigen account.

!shared ## Op uw telefoon of tablet
!shared 1. Verwijder het oude mailaccount in de instellingen.
!shared 2. Voeg het opnieuw toe, met hetzelfde adres, als account van het type “Exchange”.
!shared 3. Wacht tot de berichten verschijnen: dat kan enkele minuten duren.

!shared ## Op uw computer
!shared 1. Sluit Outlook en open het opnieuw. Meestal vindt Outlook het nieuwe mailsysteem vanzelf.
!shared 2. Is dat niet zo, voeg uw account er dan opnieuw aan toe, met hetzelfde adres.
!shared 3. Leest u uw berichten in een browser, sluit die dan helemaal af en open hem opnieuw.

?shared ## De gedeelde mailbox openen op uw computer
?shared 1. Sluit Outlook en open het opnieuw: de mailbox verschijnt onder uw eigen mailbox. Dat kan een uur duren.
?shared 2. Sluit uw browser helemaal af, open hem opnieuw en meld u aan bij uw eigen mailbox; open daar een andere mailbox en voer dit adres in.
?shared ## Op uw telefoon of tablet
?shared 1. Verwijder het account van deze mailbox, als het daar was ingesteld.
?shared 2. Voeg de mailbox toe in de app Outlook, als gedeelde mailbox van uw eigen account.
?shared > Verschijnt de mailbox niet, vraag ons dan om u toegang te geven.

?link.webmail [De mailbox openen in de browser](link.webmail)

!shared > Verwijder uw account op de computer niet als Outlook na die herstart werkt.

?calendars-left > Alleen de berichten zijn overgenomen. Agenda’s, contacten en taken uit het oude mailsysteem niet: exporteer ze daar en importeer ze daarna in het nieuwe.
?calendars-elsewhere Agenda’s, contacten en taken worden afzonderlijk overgenomen. Ontbreekt er iets, verwittig ons dan.

{{renamed-folders}}
{{tutorials}}
!shared {{settings}}
`,
  de: `
Ihr Postfach ist umgezogen: was noch zu tun ist

Der Umzug Ihres Postfachs **{address}** ist abgeschlossen. Ihre Adresse hat sich nicht geändert.
?password-unchanged !shared Auch Ihr Kennwort hat sich nicht geändert.
?shared Dies ist ein freigegebenes Postfach: Es hat kein eigenes Kennwort. Wer Zugriff darauf hat, öffnet es über das eigene Konto.

!shared ## Auf Ihrem Telefon oder Tablet
!shared 1. Löschen Sie das alte E-Mail-Konto in den Einstellungen.
!shared 2. Fügen Sie es mit derselben Adresse als Konto vom Typ „Exchange“ wieder hinzu.
!shared 3. Warten Sie, bis die Nachrichten erscheinen: Das kann einige Minuten dauern.

!shared ## Auf Ihrem Computer
!shared 1. Schließen Sie Outlook und öffnen Sie es wieder. Meist findet es das neue System von selbst.
!shared 2. Ist das nicht der Fall, so fügen Sie dort Ihr Konto mit derselben Adresse neu hinzu.
!shared 3. Wenn Sie Ihre Nachrichten in einem Browser lesen, schließen Sie ihn ganz und öffnen Sie ihn wieder.

?shared ## Das freigegebene Postfach auf Ihrem Computer öffnen
?shared 1. Schließen Sie Outlook und öffnen Sie es wieder: Das Postfach erscheint unter Ihrem eigenen. Das kann eine Stunde dauern.
?shared 2. Schließen Sie Ihren Browser ganz, öffnen Sie ihn wieder und melden Sie sich an Ihrem eigenen Postfach an; öffnen Sie dort ein weiteres Postfach und geben Sie diese Adresse ein.
?shared ## Auf Ihrem Telefon oder Tablet
?shared 1. Löschen Sie das Konto dieses Postfachs, falls es dort eingerichtet war.
?shared 2. Fügen Sie es in der App Outlook als freigegebenes Postfach Ihres eigenen Kontos hinzu.
?shared > Erscheint das Postfach nicht, so bitten Sie uns um Zugriff.

?link.webmail [Das Postfach im Browser öffnen](link.webmail)

!shared > Löschen Sie Ihr Konto auf dem Computer nicht, wenn Outlook nach diesem Neustart funktioniert.

?calendars-left > Nur die Nachrichten wurden übernommen. Kalender, Kontakte und Aufgaben aus dem alten System nicht: Exportieren Sie sie dort und importieren Sie sie danach in das neue.
?calendars-elsewhere Kalender, Kontakte und Aufgaben werden gesondert übernommen. Fehlt etwas, so melden Sie sich bei uns.

{{renamed-folders}}
{{tutorials}}
!shared {{settings}}
`,
  en: `
Your mailbox has moved: what you still have to do

The move of your mailbox **{address}** is complete. Your address has not changed.
?password-unchanged !shared Your password has not changed either.
?shared This is a shared mailbox: it has no password of its own. Everybody who may use it opens it from their own account.

!shared ## On your telephone or tablet
!shared 1. Delete the old mail account in the settings.
!shared 2. Add it again, with the same address, as an account of the type “Exchange”.
!shared 3. Wait until the messages appear: this can take some minutes.

!shared ## On your computer
!shared 1. Close Outlook, then open it again. Most often it finds the new mail system by itself.
!shared 2. If it does not, add your account there again, with the same address.
!shared 3. If you read your messages in a browser, close it completely, then open it again.

?shared ## Opening the shared mailbox on your computer
?shared 1. Close Outlook, then open it again: the mailbox appears below your own. This can take an hour.
?shared 2. Close your browser completely, open it again and sign in to your own mailbox; choose to open another mailbox there, and enter this address.
?shared ## On your telephone or tablet
?shared 1. Delete the account of this mailbox, if it was set up there.
?shared 2. Add it in the Outlook app, as a shared mailbox of your own account.
?shared > If the mailbox does not appear, ask us to give you access to it.

?link.webmail [Open the mailbox in the browser](link.webmail)

!shared > Do not delete your account on the computer if Outlook works after this restart.

?calendars-left > Only the messages have been taken over. Calendars, contacts and tasks of the old system have not: export them there, then import them into the new one.
?calendars-elsewhere Calendars, contacts and tasks are taken over separately. If anything is missing, tell us.

{{renamed-folders}}
{{tutorials}}
!shared {{settings}}
`,
}
