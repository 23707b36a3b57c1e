import type { Language } from '../intake/words.ts'

/** The words of the letter that brings a password. */
export type LetterWords = {
  subject: string
  greeting: (name: string) => string
  account: string
  password: string
  typing: string
  first: string
  keep: string
  lost: string
  confidential: string
}

/** In each language. */
export const letterWords: Readonly<Record<Language, LetterWords>> = {
  fr: {
    subject: 'Votre accès à la nouvelle messagerie',
    greeting: name => `À l’attention de ${name}`,
    account: 'Adresse et identifiant',
    password: 'Mot de passe provisoire',
    typing: 'Uniquement des lettres minuscules et des chiffres. Les tirets font partie du mot de passe.',
    first: 'Lors de votre première connexion, il vous sera demandé de choisir un mot de passe personnel.',
    keep: 'Ne communiquez ce mot de passe à personne et détruisez cette lettre une fois que vous en aurez choisi un nouveau.',
    lost: 'Si vous avez un doute, ou si cette lettre vous est parvenue ouverte, demandez un nouveau mot de passe :',
    confidential: 'Personnel et confidentiel',
  },
  nl: {
    subject: 'Uw toegang tot de nieuwe mailbox',
    greeting: name => `Ter attentie van ${name}`,
    account: 'Adres en aanmeldnaam',
    password: 'Voorlopig wachtwoord',
    typing: 'Alleen kleine letters en cijfers. De streepjes horen bij het wachtwoord.',
    first: 'Bij uw eerste aanmelding wordt u gevraagd een eigen wachtwoord te kiezen.',
    keep: 'Geef dit wachtwoord aan niemand door en vernietig deze brief zodra u een nieuw hebt gekozen.',
    lost: 'Twijfelt u, of was deze brief al geopend, vraag dan een nieuw wachtwoord:',
    confidential: 'Persoonlijk en vertrouwelijk',
  },
  de: {
    subject: 'Ihr Zugang zum neuen Postfach',
    greeting: name => `Zu Händen von ${name}`,
    account: 'Adresse und Anmeldename',
    password: 'Vorläufiges Kennwort',
    typing: 'Nur Kleinbuchstaben und Ziffern. Die Bindestriche gehören zum Kennwort.',
    first: 'Bei der ersten Anmeldung werden Sie aufgefordert, ein eigenes Kennwort zu wählen.',
    keep: 'Geben Sie dieses Kennwort nicht weiter und vernichten Sie diesen Brief, sobald Sie ein neues gewählt haben.',
    lost: 'Wenn Sie Zweifel haben oder dieser Brief geöffnet ankam, verlangen Sie ein neues Kennwort:',
    confidential: 'Persönlich und vertraulich',
  },
  en: {
    subject: 'Your access to the new mailbox',
    greeting: name => `For the attention of ${name}`,
    account: 'Address and sign-in name',
    password: 'Temporary password',
    typing: 'Lower-case letters and digits only. The dashes are part of the password.',
    first: 'When you first sign in you will be asked to choose a password of your own.',
    keep: 'Tell nobody this password, and destroy this letter once you have chosen a new one.',
    lost: 'If you are in doubt, or if this letter reached you open, ask for a new password:',
    confidential: 'Personal and confidential',
  },
}
