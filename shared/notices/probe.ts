import type { Language } from '../intake/words.ts'
import { noticeHeader } from './header.ts'
import { composePlain, type PlainLetter } from './mime.ts'

/** What a probe says to whoever finds it in his mailbox. */
const words: Readonly<Record<Language, { subject: string; text: string }>> = {
  fr: {
    subject: 'Contrôle automatique du courrier',
    text: 'Votre boîte aux lettres déménage. Ce message automatique vérifie où arrivent vos nouveaux messages. Vous n’avez rien à faire et pouvez le supprimer.',
  },
  nl: {
    subject: 'Automatische controle van de e-mail',
    text: 'Uw mailbox verhuist. Dit automatische bericht gaat na waar uw nieuwe berichten aankomen. U hoeft niets te doen en mag het verwijderen.',
  },
  de: {
    subject: 'Automatische Prüfung der E-Mail',
    text: 'Ihr Postfach zieht um. Diese automatische Nachricht prüft, wo Ihre neuen Nachrichten ankommen. Sie brauchen nichts zu tun und können sie löschen.',
  },
  en: {
    subject: 'Automatic mail check',
    text: 'Your mailbox is moving. This automatic message checks where your new messages arrive. You need not do anything and may delete it.',
  },
}

/** A letter to a mailbox that shows where its new mail arrives. Neither side copies it, and nothing answers it. */
export function probeLetter(
  envelope: Omit<PlainLetter, 'subject' | 'text' | 'headers'>,
  languages: readonly Language[],
): Promise<Buffer> {
  return composePlain({
    ...envelope,
    subject: languages.map(language => words[language].subject).join(' – '),
    text: `${languages.map(language => words[language].text).join('\r\n\r\n')}\r\n`,
    headers: {
      [noticeHeader]: 'probe',
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': languages.join(', '),
    },
  })
}
