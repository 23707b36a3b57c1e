import type { Template } from './template.ts'

/** A15, A16, A46: the first day: sign in, change the password, set up programs as far as the licence allows, import what was exported. */
export const dayJ: Template = {
  for: 'owner',
  fr: `
C’est aujourd’hui : utilisez votre nouvelle messagerie

La nouvelle boîte **{address}** vous est ouverte. Êtes-vous {prêt·e|prêt} ? Voici comment procéder, dans l’ordre.

!shared 1. Connectez-vous à la nouvelle messagerie dans un navigateur.
?shared 1. Cette boîte est partagée et n’a pas de mot de passe : connectez-vous à votre propre boîte.
?shared 2. Dans le navigateur, choisissez d’ouvrir une autre boîte aux lettres et indiquez **{address}** ; dans Outlook, elle s’ajoute d’elle-même.
!shared ?password-new 2. Changez votre mot de passe : choisissez-en un d’au moins douze caractères, que vous n’utilisez nulle part ailleurs.
?browser-only 3. Servez-vous de la messagerie **dans le navigateur uniquement** : votre licence ne comprend pas les logiciels installés sur l’ordinateur.
!shared !browser-only 3. Configurez vos logiciels, sur l’ordinateur et sur le téléphone. Supprimez d’abord l’ancien compte du téléphone.
?calendars-stay 4. Importez les contacts et les agendas que vous avez exportés.
5. Envoyez-vous un message pour vérifier que tout fonctionne.

?link.webmail [Ouvrir la nouvelle messagerie](link.webmail)

!copied > S’il vous manque encore d’anciens messages, patientez : ils arrivent au fur et à mesure, et la copie peut durer plusieurs heures, voire quelques jours. Ne les déplacez pas vous-même d’un compte à l’autre : ils seraient en double.

{{tutorials}}
!shared !browser-only {{settings}}
`,
  nl: `
Vandaag is het zover: gebruik uw nieuwe mailbox

De nieuwe mailbox **{address}** staat voor u open. Dit doet u, in deze volgorde.

!shared 1. Meld u in een browser aan bij het nieuwe mailsysteem.
?shared 1. Deze mailbox is gedeeld en heeft geen wachtwoord: meld u aan bij uw eigen mailbox.
?shared 2. Kies in de browser om een andere mailbox te openen en geef **{address}** op; in Outlook verschijnt ze vanzelf.
!shared ?password-new 2. Wijzig uw wachtwoord: kies er een van minstens twaalf tekens, dat u nergens anders gebruikt.
?browser-only 3. Gebruik uw mailbox **alleen in de browser**: uw licentie omvat geen programma’s die op de computer zijn geïnstalleerd.
!shared !browser-only 3. Stel uw programma’s in, op de computer en op de telefoon. Verwijder eerst het oude account van de telefoon.
?calendars-stay 4. Importeer de contacten en agenda’s die u hebt geëxporteerd.
5. Stuur uzelf een bericht om na te gaan of alles werkt.

?link.webmail [De nieuwe mailbox openen](link.webmail)

!copied > Mist u nog oude berichten, heb dan even geduld: ze komen geleidelijk binnen, en het kopiëren kan enkele uren of zelfs enkele dagen duren. Verplaats ze niet zelf van het ene account naar het andere: dan staan ze er dubbel.

{{tutorials}}
!shared !browser-only {{settings}}
`,
  de: `
Heute ist es so weit: Benutzen Sie Ihr neues Postfach

Das neue Postfach **{address}** steht Ihnen offen. Das ist zu tun, in dieser Reihenfolge.

!shared 1. Melden Sie sich in einem Browser am neuen E-Mail-System an.
?shared 1. Dieses Postfach ist freigegeben und hat kein Kennwort: Melden Sie sich an Ihrem eigenen Postfach an.
?shared 2. Öffnen Sie im Browser ein weiteres Postfach und geben Sie **{address}** an; in Outlook erscheint es von selbst.
!shared ?password-new 2. Ändern Sie Ihr Kennwort: Wählen Sie eines mit mindestens zwölf Zeichen, das Sie sonst nirgends verwenden.
?browser-only 3. Benutzen Sie Ihr Postfach **nur im Browser**: Ihre Lizenz umfasst keine auf dem Computer installierten Programme.
!shared !browser-only 3. Richten Sie Ihre Programme auf dem Computer und auf dem Telefon ein. Entfernen Sie zuerst das alte Konto vom Telefon.
?calendars-stay 4. Importieren Sie die Kontakte und Kalender, die Sie exportiert haben.
5. Schicken Sie sich selbst eine Nachricht, um zu prüfen, dass alles funktioniert.

?link.webmail [Das neue Postfach öffnen](link.webmail)

!copied > Fehlen Ihnen noch alte Nachrichten, so haben Sie bitte Geduld: Diese treffen nach und nach ein, und die Kopie kann mehrere Stunden oder sogar einige Tage dauern. Verschieben Sie sie nicht selbst von einem Konto ins andere: Sonst sind sie doppelt vorhanden.

{{tutorials}}
!shared !browser-only {{settings}}
`,
  en: `
Today is the day: use your new mailbox

The new mailbox **{address}** is open to you. This is what to do, in this order.

!shared 1. Sign in to the new mail system in a browser.
?shared 1. This mailbox is shared and has no password: sign in to your own mailbox.
?shared 2. In the browser, choose to open another mailbox and enter **{address}**; in Outlook it appears by itself.
!shared ?password-new 2. Change your password: choose one of at least twelve characters that you use nowhere else.
?browser-only 3. Use your mailbox **in the browser only**: your licence does not include programs installed on the computer.
!shared !browser-only 3. Set up your programs, on the computer and on the telephone. Remove the old account from the telephone first.
?calendars-stay 4. Import the contacts and calendars that you exported.
5. Send yourself a message to check that everything works.

?link.webmail [Open the new mailbox](link.webmail)

!copied > If you are still missing old messages, please be patient: they arrive little by little, and the copy may take several hours, or even some days. Do not move them from one account to the other yourself: they would be there twice.

{{tutorials}}
!shared !browser-only {{settings}}
`,
}
