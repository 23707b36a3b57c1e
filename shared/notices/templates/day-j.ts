import type { Template } from './template.ts'

/** A15, A16, A46: the first day: sign in, change the password, set up programs as far as the licence allows, import what was exported. */
export const dayJ: Template = {
  for: 'owner',
  fr: `
C’est aujourd’hui : utilisez votre nouvelle messagerie

La nouvelle boîte **{address}** vous est ouverte. Êtes-vous {prêt·e|prêt} ? Voici comment procéder, dans l’ordre.

1. Connectez-vous à la nouvelle messagerie dans un navigateur.
!password-unchanged 2. Changez votre mot de passe : au moins douze caractères, que vous n’utilisez nulle part ailleurs.
?browser-only 3. Servez-vous de la messagerie **dans le navigateur uniquement** : votre licence ne comprend pas les logiciels installés sur l’ordinateur.
!browser-only 3. Configurez vos logiciels, sur l’ordinateur et sur le téléphone, à l’aide des tutoriels. Supprimez d’abord l’ancien compte du téléphone.
?calendars-stay 4. Importez les contacts et les agendas que vous avez exportés.
5. Envoyez-vous un message pour vérifier que tout fonctionne.

?link.webmail [Ouvrir la nouvelle messagerie](link.webmail)

> Vos anciens messages arrivent au fur et à mesure, les plus récents d’abord. La copie peut durer plusieurs heures, voire quelques jours. Ne les déplacez pas d’un compte à l’autre vous-même : ils seraient en double.

{{tutorials}}
!browser-only {{settings}}
`,
  nl: `
Vandaag is het zover: gebruik uw nieuwe mailbox

De nieuwe mailbox **{address}** staat voor u open. Dit doet u, in deze volgorde.

1. Meld u in een browser aan bij het nieuwe mailsysteem.
!password-unchanged 2. Wijzig uw wachtwoord: minstens twaalf tekens, die u nergens anders gebruikt.
?browser-only 3. Gebruik uw mailbox **alleen in de browser**: uw licentie omvat geen programma’s die op de computer zijn geïnstalleerd.
!browser-only 3. Stel uw programma’s in, op de computer en op de telefoon, met de handleidingen. Verwijder eerst het oude account van de telefoon.
?calendars-stay 4. Importeer de contacten en agenda’s die u hebt geëxporteerd.
5. Stuur uzelf een bericht om na te gaan of alles werkt.

?link.webmail [De nieuwe mailbox openen](link.webmail)

> Uw oude berichten komen geleidelijk binnen, de recentste eerst. Het kopiëren kan enkele uren of zelfs enkele dagen duren. Verplaats ze niet zelf van het ene account naar het andere: dan staan ze er dubbel.

{{tutorials}}
!browser-only {{settings}}
`,
  de: `
Heute ist es so weit: Benutzen Sie Ihr neues Postfach

Das neue Postfach **{address}** steht Ihnen offen. Das ist zu tun, in dieser Reihenfolge.

1. Melden Sie sich in einem Browser am neuen E-Mail-System an.
!password-unchanged 2. Ändern Sie Ihr Kennwort: mindestens zwölf Zeichen, die Sie sonst nirgends verwenden.
?browser-only 3. Benutzen Sie Ihr Postfach **nur im Browser**: Ihre Lizenz umfasst keine auf dem Computer installierten Programme.
!browser-only 3. Richten Sie Ihre Programme auf dem Computer und auf dem Telefon mit Hilfe der Anleitungen ein. Entfernen Sie zuerst das alte Konto vom Telefon.
?calendars-stay 4. Importieren Sie die Kontakte und Kalender, die Sie exportiert haben.
5. Schicken Sie sich selbst eine Nachricht, um zu prüfen, dass alles funktioniert.

?link.webmail [Das neue Postfach öffnen](link.webmail)

> Ihre alten Nachrichten treffen nach und nach ein, die neuesten zuerst. Die Kopie kann mehrere Stunden oder sogar einige Tage dauern. Verschieben Sie sie nicht selbst von einem Konto ins andere: Sonst sind sie doppelt vorhanden.

{{tutorials}}
!browser-only {{settings}}
`,
  en: `
Today is the day: use your new mailbox

The new mailbox **{address}** is open to you. This is what to do, in this order.

1. Sign in to the new mail system in a browser.
!password-unchanged 2. Change your password: at least twelve characters that you use nowhere else.
?browser-only 3. Use your mailbox **in the browser only**: your licence does not include programs installed on the computer.
!browser-only 3. Set up your programs, on the computer and on the telephone, with the help of the tutorials. Remove the old account from the telephone first.
?calendars-stay 4. Import the contacts and calendars that you exported.
5. Send yourself a message to check that everything works.

?link.webmail [Open the new mailbox](link.webmail)

> Your old messages arrive little by little, the newest first. The copy may take several hours, or even some days. Do not move them from one account to the other yourself: they would be there twice.

{{tutorials}}
!browser-only {{settings}}
`,
}
