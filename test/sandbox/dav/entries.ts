/** An event, a task, a card, as programs write them. */
export function event(uid: string, summary: string, ...more: string[]): string {
  return calendar('VEVENT', [
    `UID:${uid}`,
    `SUMMARY:${summary}`,
    'DTSTART;TZID=Europe/Brussels:20250702T140000',
    'DURATION:PT1H',
    ...more,
  ])
}

export function task(uid: string, summary: string, ...more: string[]): string {
  return calendar('VTODO', [`UID:${uid}`, `SUMMARY:${summary}`, ...more])
}

export function card(uid: string, name: string, ...more: string[]): string {
  return [`BEGIN:VCARD`, 'VERSION:3.0', `UID:${uid}`, `FN:${name}`, `N:${name};;;;`, ...more, 'END:VCARD', ''].join('\r\n')
}

function calendar(kind: string, lines: string[]): string {
  const whole = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Old//EN', `BEGIN:${kind}`, 'DTSTAMP:20250101T000000Z', ...lines]
  return [...whole, `END:${kind}`, 'END:VCALENDAR', ''].join('\r\n')
}
