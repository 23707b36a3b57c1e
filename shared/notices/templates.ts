import { access } from './templates/access.ts'
import { accessCut } from './templates/access-cut.ts'
import { accounts } from './templates/accounts.ts'
import { acknowledgement } from './templates/acknowledgement.ts'
import { acknowledgementReminder } from './templates/acknowledgement-reminder.ts'
import { afterMove } from './templates/after-move.ts'
import { answersOverdue } from './templates/answers-overdue.ts'
import { answersReminder } from './templates/answers-reminder.ts'
import { closingReport } from './templates/closing-report.ts'
import { confirmDate } from './templates/confirm-date.ts'
import { dayBefore } from './templates/day-before.ts'
import { dayJ } from './templates/day-j.ts'
import { done } from './templates/done.ts'
import { inventory } from './templates/inventory.ts'
import { lastMail } from './templates/last-mail.ts'
import { movedBack } from './templates/moved-back.ts'
import { operatorHeld } from './templates/operator-held.ts'
import { password } from './templates/password.ts'
import { passwordUnopened } from './templates/password-unopened.ts'
import { planned } from './templates/planned.ts'
import { procedures } from './templates/procedures.ts'
import { rescheduled } from './templates/rescheduled.ts'
import type { Template } from './templates/template.ts'
import { unitAnnouncement } from './templates/unit-announcement.ts'
import { withdrawn } from './templates/withdrawn.ts'
import { yourDay } from './templates/your-day.ts'

/** Every template by name, each in every language. */
export const templates = {
  access,
  'access-cut': accessCut,
  accounts,
  acknowledgement,
  'acknowledgement-reminder': acknowledgementReminder,
  'after-move': afterMove,
  'answers-overdue': answersOverdue,
  'answers-reminder': answersReminder,
  'closing-report': closingReport,
  'confirm-date': confirmDate,
  'day-before': dayBefore,
  'day-j': dayJ,
  done,
  inventory,
  'last-mail': lastMail,
  'operator-held': operatorHeld,
  'moved-back': movedBack,
  password,
  'password-unopened': passwordUnopened,
  planned,
  procedures,
  rescheduled,
  'unit-announcement': unitAnnouncement,
  withdrawn,
  'your-day': yourDay,
} as const satisfies Readonly<Record<string, Template>>

export type TemplateName = keyof typeof templates

/** The template of a name, or undefined. */
export function templateOf(name: string): Template | undefined {
  return Object.hasOwn(templates, name) ? templates[name as TemplateName] : undefined
}
