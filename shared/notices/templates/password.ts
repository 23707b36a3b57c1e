import type { Template } from './template.ts'

/** F12: the way to the first password. The password itself stands in it only where somebody accepted that risk (`passwords.mode: mail`). */
export const password: Template = {
  for: 'owner',
  fr: `
Votre premier mot de passe pour la nouvelle messagerie

Votre boîte **{address}** est prête dans la nouvelle messagerie. Un premier mot de passe a été préparé pour vous.

?link.password ## Obtenir votre mot de passe
?link.password 1. Ouvrez la page ci-dessous à l’abri des regards.
?link.password ?password-code 2. Saisissez le code de huit chiffres qui vous est communiqué par téléphone ou par la personne chargée de vous le remettre.
?link.password 2. Cliquez sur le bouton qui affiche le mot de passe. **Il ne s’affiche qu’une seule fois.**
?link.password !pass 3. Connectez-vous à la nouvelle messagerie et choisissez aussitôt votre propre mot de passe.
?link.password ?pass 3. Connectez-vous à la nouvelle messagerie. Ce mot de passe est un passe d’accès temporaire : enregistrez aussitôt votre propre moyen de connexion.

?link.password [Afficher mon mot de passe](link.password)

| Identifiant | {sign-in}
?password-until | Lien valable jusqu’au | {password-until}
?password | Mot de passe provisoire | {password}

?link.password > Ne transférez pas ce message : le lien n’est que pour vous. Personne ne vous demandera votre mot de passe, ni par courriel ni par téléphone. Si la page dit que le mot de passe a déjà été affiché et que ce n’était pas vous, prévenez-nous tout de suite.
?password > Ce mot de passe est provisoire : choisissez le vôtre dès votre première connexion, puis supprimez ce message. Personne ne vous demandera votre mot de passe.

?link.webmail [Ouvrir la nouvelle messagerie](link.webmail)
`,
  nl: `
Uw eerste wachtwoord voor het nieuwe mailsysteem

Uw mailbox **{address}** staat klaar in het nieuwe mailsysteem. Er is een eerste wachtwoord voor u klaargezet.

?link.password ## Uw wachtwoord ophalen
?link.password 1. Open de onderstaande pagina wanneer niemand meekijkt.
?link.password ?password-code 2. Voer de code van acht cijfers in die u per telefoon krijgt of van de persoon die hem u bezorgt.
?link.password 2. Klik op de knop die het wachtwoord toont. **Het wordt maar één keer getoond.**
?link.password !pass 3. Meld u aan bij het nieuwe mailsysteem en kies meteen een eigen wachtwoord.
?link.password ?pass 3. Meld u aan bij het nieuwe mailsysteem. Dit wachtwoord is een tijdelijke toegangspas: registreer meteen uw eigen aanmeldmethode.

?link.password [Mijn wachtwoord tonen](link.password)

| Aanmeldnaam | {sign-in}
?password-until | Link geldig tot | {password-until}
?password | Voorlopig wachtwoord | {password}

?link.password > Stuur dit bericht niet door: de link is alleen voor u. Niemand zal u naar uw wachtwoord vragen, niet per e-mail en niet per telefoon. Zegt de pagina dat het wachtwoord al getoond is en was u dat niet, verwittig ons dan meteen.
?password > Dit wachtwoord is voorlopig: kies bij uw eerste aanmelding een eigen wachtwoord en verwijder daarna dit bericht. Niemand zal u naar uw wachtwoord vragen.

?link.webmail [De nieuwe mailbox openen](link.webmail)
`,
  de: `
Ihr erstes Kennwort für das neue E-Mail-System

Ihr Postfach **{address}** steht im neuen E-Mail-System bereit. Ein erstes Kennwort ist für Sie hinterlegt.

?link.password ## Ihr Kennwort abrufen
?link.password 1. Öffnen Sie die folgende Seite, wenn niemand mitliest.
?link.password ?password-code 2. Geben Sie den achtstelligen Code ein, den Sie am Telefon oder von der Person erhalten, die ihn Ihnen übergibt.
?link.password 2. Klicken Sie auf die Schaltfläche, die das Kennwort anzeigt. **Es wird nur ein einziges Mal angezeigt.**
?link.password !pass 3. Melden Sie sich am neuen System an und wählen Sie sofort ein eigenes Kennwort.
?link.password ?pass 3. Melden Sie sich am neuen System an. Dieses Kennwort ist ein befristeter Zugriffspass: Richten Sie sofort Ihre eigene Anmeldemethode ein.

?link.password [Mein Kennwort anzeigen](link.password)

| Anmeldename | {sign-in}
?password-until | Link gültig bis | {password-until}
?password | Vorläufiges Kennwort | {password}

?link.password > Leiten Sie diese Nachricht nicht weiter: Der Link ist nur für Sie. Niemand wird Sie nach Ihrem Kennwort fragen, weder per E-Mail noch am Telefon. Sagt die Seite, das Kennwort sei schon angezeigt worden, und waren Sie es nicht, so melden Sie sich sofort bei uns.
?password > Dieses Kennwort ist vorläufig: Wählen Sie bei der ersten Anmeldung ein eigenes und löschen Sie danach diese Nachricht. Niemand wird Sie nach Ihrem Kennwort fragen.

?link.webmail [Das neue Postfach öffnen](link.webmail)
`,
  en: `
Your first password for the new mail system

Your mailbox **{address}** is ready in the new mail system. A first password has been prepared for you.

?link.password ## Getting your password
?link.password 1. Open the page below when nobody can look over your shoulder.
?link.password ?password-code 2. Enter the eight-digit code that you are told by telephone or by the person who hands it to you.
?link.password 2. Click the button that shows the password. **It is shown only once.**
?link.password !pass 3. Sign in to the new mail system and choose a password of your own at once.
?link.password ?pass 3. Sign in to the new mail system. This password is a temporary access pass: register a sign-in method of your own at once.

?link.password [Show my password](link.password)

| Sign-in name | {sign-in}
?password-until | Link valid until | {password-until}
?password | Temporary password | {password}

?link.password > Do not forward this message: the link is for you alone. Nobody will ask you for your password, by email or by telephone. If the page says that the password has already been shown, and it was not you, tell us at once.
?password > This password is temporary: choose your own when you first sign in, then delete this message. Nobody will ask you for your password.

?link.webmail [Open the new mailbox](link.webmail)
`,
}
