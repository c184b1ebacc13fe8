// The part of the face that offices use: calendars under open dossiers, the head's board, hand-over of a post.

export { boardRows, type BoardRow, headsBoard } from './board.ts'
export { movesOf as calendarMoves } from './calendar-moves.ts'
export { type CalendarPreview, previewCalendar } from './calendar-preview.ts'
export { dossierHandovers } from './office-handover.ts'
export { type CaseAt, casesOf } from './cases-at.ts'
export { citizensAt, groundsOf, noteMoved } from './reorg-ground.ts'
export { dossiersReorg } from './reorg-part.ts'
